import type { TransactWriteItem } from '@aws-sdk/client-dynamodb';
import type { PartyId, Slug } from '../domain/ids.ts';
import { DRAFT_DAYS, Draft, isLapsed } from '../kinds/draft.ts';
import { expiresAfter } from './expiry.ts';
import { keys } from './keys.ts';
import { dataOf, wholeOf } from './personal-item.ts';
import { get, type Item, queryAll, type Table, toItem } from './table.ts';

/** Undefined for a draft past its days, which the table has not removed yet. */
export function fromDraftItem(item: Item | undefined): Draft | undefined {
  const draft = item && wholeOf(Draft, item);
  return draft && !isLapsed(draft, Date.now()) ? draft : undefined;
}

/** Cost: one consistent read. */
export async function readDraft(table: Table, party: PartyId, id: Slug): Promise<Draft | undefined> {
  return fromDraftItem(await get(table, keys.draft(party, id)));
}

/** The drafts of an organization, the last saved first. Cost: one Query of all that is in them. */
export async function listDrafts(table: Table, party: PartyId): Promise<Draft[]> {
  const items = await queryAll(table, keys.drafts(party));
  return items.flatMap((item) => fromDraftItem(item) ?? []).sort((a, b) => (a.savedAt < b.savedAt ? 1 : -1));
}

/** When the table may remove a draft, in seconds. */
export function lapsesAt({ savedAt }: Draft): number {
  return expiresAfter(savedAt, DRAFT_DAYS);
}

/** Holds for the version that was read, and where a draft is gone, past its days, or was never saved. */
function asRead(table: Table, read: number) {
  return {
    TableName: table.name,
    ConditionExpression: 'attribute_not_exists(pk) OR version = :read OR #expires <= :now',
    ExpressionAttributeNames: { '#expires': 'expires' },
    ExpressionAttributeValues: toItem({ ':read': read, ':now': Math.floor(Date.now() / 1000) }),
    ReturnValuesOnConditionCheckFailure: 'ALL_OLD' as const,
  };
}

/** Writes a draft over the version that was read, 0 for none. Cost: one item in a transaction. */
export function savingDraft(table: Table, draft: Draft, read: number): TransactWriteItem {
  const { party, id, version } = draft;
  const expires = lapsesAt(draft);
  const item = { ...keys.draft(party, id), entity: 'draft', version, expires, ...dataOf(Draft, Draft.parse(draft)) };
  return { Put: { ...asRead(table, read), Item: toItem(item) } };
}

/** Removes the version of a draft that was read, 0 for none. Cost: one item in a transaction. */
export function removingDraft(table: Table, party: PartyId, id: Slug, read: number): TransactWriteItem {
  return { Delete: { ...asRead(table, read), Key: toItem({ ...keys.draft(party, id) }) } };
}
