import type { TransactWriteItem } from '@aws-sdk/client-dynamodb';
import * as z from 'zod';
import { CaseId, MemberId, PartyId, ReferralId, Slug } from '../domain/ids.ts';
import { type Key, keys } from './keys.ts';
import { batchDelete, batchPut, type Item, put, queryAll, type Table } from './table.ts';

const Hashes = z.array(z.string());
/** Hashes go into items of this many, far below an item's 400 KB. */
const AN_ITEM = 500;

/**
 * Remembers, by keyed hashes, whose data a case holds from a version on: so that it is found when the person asks, and so
 * that it can be forgotten without knowing who they were. Cost: one write a person and one for five hundred of them.
 */
export async function rememberPeople(
  table: Table,
  id: CaseId,
  version: number,
  hashes: readonly string[],
): Promise<void> {
  const lists: Item[] = [];
  for (let start = 0; start < hashes.length; start += AN_ITEM)
    lists.push({
      ...keys.peopleOf(id, version, lists.length),
      entity: 'people',
      hashes: hashes.slice(start, start + AN_ITEM),
    });
  // the list first: what is not in it could not be found again to be forgotten
  await batchPut(table, lists);
  await batchPut(
    table,
    hashes.map((hash) => ({ ...keys.person(hash, id), entity: 'person' })),
  );
}

/** Where there may be something about a person. */
export type PersonPlace =
  | { readonly type: 'case'; readonly id: CaseId }
  | { readonly type: 'draft'; readonly party: PartyId; readonly id: Slug }
  | { readonly type: 'referral'; readonly id: ReferralId }
  | { readonly type: 'member'; readonly party: PartyId; readonly member: MemberId }
  | { readonly type: 'invitation'; readonly party: PartyId; readonly id: Slug }
  | { readonly type: 'address'; readonly party: PartyId; readonly hash: string };

function placeIn({ sk }: Item): PersonPlace {
  const [type, first, ...rest] = String(sk).split('#');
  const second = rest.join('#');
  if (type === 'DRAFT') return { type: 'draft', party: PartyId.parse(first), id: Slug.parse(second) };
  if (type === 'MEMBER') return { type: 'member', party: PartyId.parse(first), member: MemberId.parse(second) };
  if (type === 'INVITATION') return { type: 'invitation', party: PartyId.parse(first), id: Slug.parse(second) };
  if (type === 'ADDRESS') return { type: 'address', party: PartyId.parse(first), hash: second };
  if (type === 'REFERRAL') return { type: 'referral', id: ReferralId.parse(first) };
  return { type: 'case', id: CaseId.parse(first) };
}

/** Where there may be something about a person. Cost: one Query. */
export async function placesOf(table: Table, hash: string): Promise<PersonPlace[]> {
  return (await queryAll(table, keys.personPlaces(hash))).map(placeIn);
}

/**
 * Remembers, by keyed hashes, whom a draft names, for as long as it is kept: a pointer to one that is gone leads nowhere.
 * Cost: one write a person.
 */
export async function rememberInDraft(
  table: Table,
  place: string,
  hashes: readonly string[],
  expires: number,
): Promise<void> {
  await batchPut(
    table,
    hashes.map((hash) => ({ ...keys.personElsewhere(hash, place), entity: 'person', expires })),
  );
}

/**
 * The write that remembers somebody, by keyed hash, in a place of a party's. Cost: one item in a transaction.
 * @param vouched whether a mail or the issuer showed that the mailbox is theirs
 */
export function pointing(table: Table, hash: string, place: string, vouched = false): TransactWriteItem {
  return put(table, { ...keys.personElsewhere(hash, place), entity: 'person', ...(vouched && { vouched: 'yes' }) });
}

/** The accounts that were shown to have the mailbox with this hash, also those that are no members any more. Cost: one Query. */
export async function accountsWithMailbox(table: Table, hash: string): Promise<MemberId[]> {
  const items = (await queryAll(table, keys.personPlaces(hash))).filter(({ vouched }) => vouched !== undefined);
  return items.map(placeIn).flatMap((place) => (place.type === 'member' ? [place.member] : []));
}

/** The keys of everything that {@link rememberPeople} wrote about a case: the lists first, so that they can go last. Cost: one Query. */
export async function rememberedKeys(table: Table, id: CaseId): Promise<Key[]> {
  const lists = await queryAll(table, keys.peopleOf(id, 0, 0).pk);
  const people = lists.flatMap((item) => Hashes.parse(item.hashes).map((hash) => keys.person(hash, id)));
  return [...lists.map(({ pk, sk }) => ({ pk: String(pk), sk: String(sk) })), ...people];
}

/** Forgets whose data a case would have held that came to nothing. Cost: a Query and a write a person. */
export async function forgetPeople(table: Table, id: CaseId): Promise<void> {
  await batchDelete(table, await rememberedKeys(table, id));
}
