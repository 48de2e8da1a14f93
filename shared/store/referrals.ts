import type { TransactWriteItem } from '@aws-sdk/client-dynamodb';
import type { PartyId, ReferralId } from '../domain/ids.ts';
import { ReferralId as Id } from '../domain/ids.ts';
import { keptUntil, Referral } from '../domain/referral/referral.ts';
import type { List } from './cases.ts';
import { fromCursor, notACursor, toCursor } from './cursor.ts';
import { expiresAfter } from './expiry.ts';
import { keys } from './keys.ts';
import { dataOf, wholeOf } from './personal-item.ts';
import { batchGet, get, type Item, put, putOver, query, type Table, toItem } from './table.ts';

function referralItem(referral: Referral): Item {
  const data = Referral.parse(referral);
  const until = keptUntil(data);
  const expires = until === undefined ? {} : { expires: expiresAfter(until, 0) };
  return {
    ...keys.referral(data.id),
    entity: 'referral',
    version: data.version,
    ...expires,
    ...dataOf(Referral, data),
  };
}

/** Undefined for one past its days, which the table has not removed yet. */
function fromItem(item: Item | undefined): Referral | undefined {
  const referral = item && wholeOf(Referral, item);
  return referral && (keptUntil(referral) ?? Infinity) > Date.now() ? referral : undefined;
}

/** Cost: one consistent read. */
export async function readReferral(table: Table, id: ReferralId): Promise<Referral | undefined> {
  return fromItem(await get(table, keys.referral(id)));
}

/** Writes of a new referral, listed for who made it and for who is asked. Cost: three items in a transaction. */
export function savingReferral(table: Table, referral: Referral): TransactWriteItem[] {
  const listed = (party: PartyId) =>
    put(table, { ...keys.referralOf(party, referral.madeAt, referral.id), entity: 'referral-of' });
  return [put(table, referralItem(referral), true), listed(referral.from), listed(referral.to)];
}

/** The write of a referral that is still in the version that was read. Cost: one item in a transaction. */
export function replacingReferral(table: Table, before: Referral, after: Referral): TransactWriteItem {
  return putOver(table, referralItem(after), before.version);
}

const PLACE = /^\d{4}-\d\d-\d\dT[\d:.]{12}Z#R[0-9A-Z]{9}$/;
const PAGE = 25;

/** Referrals that a party made or was asked to take, newest first. Cost: one Query of keys and one read a referral. */
export async function listReferrals(table: Table, party: PartyId, cursor?: string): Promise<List<Referral>> {
  const after = fromCursor(cursor)?.after;
  if (cursor !== undefined && !PLACE.test(after ?? '')) throw notACursor();
  const page = await query(table, {
    KeyConditionExpression: after ? 'pk = :pk AND sk < :after' : 'pk = :pk',
    ExpressionAttributeValues: toItem({ ':pk': keys.referralsOf(party), ':after': after }),
    ScanIndexForward: false,
    Limit: PAGE + 1,
  });
  const shown = page.items.slice(0, PAGE);
  const ids = shown.map(({ sk }) => Id.parse(String(sk).split('#')[1]));
  const found = new Map((await batchGet(table, ids.map(keys.referral))).map((item) => [item.pk, item]));
  const items = ids.flatMap((id) => fromItem(found.get(keys.referral(id).pk)) ?? []);
  const last = page.items.length > PAGE ? shown.at(-1) : undefined;
  return { items, nextCursor: last ? toCursor({ after: String(last.sk) }) : null };
}
