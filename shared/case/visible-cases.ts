import * as z from 'zod';
import { type ActingMember, may } from '../answering/acting.ts';
import { Kind, kinds, PartyId } from '../domain/ids.ts';
import type { PartyType } from '../domain/party.ts';
import type { Case } from '../kinds/case.ts';
import { kindsOfCase } from '../kinds/index.ts';
import { type CaseQuery, type List, listCases } from '../store/cases.ts';
import { fromCursor, notACursor, toCursor } from '../store/cursor.ts';
import { everyHub } from '../store/hub-tree.ts';
import { listOwnCases, placeOfOwn } from '../store/owner-cases.ts';
import type { Table } from '../store/table.ts';

/** What of the cases that somebody sees is asked for. */
export interface Wanted {
  /** those that can have what is asked for, in the order of the list */
  readonly kinds: readonly Kind[];
  readonly stage?: string | undefined;
  /** of one hub alone */
  readonly hub?: PartyId | undefined;
  readonly cursor?: string | undefined;
  /** at most this many, 1–100 */
  readonly limit: number;
}

/** Lists that are looked through for one page; after that many empty ones a page ends, with a cursor. */
const MOST_LISTS = 40;
/** Pages of an organization's cases that are looked through for one page of what is asked for. */
const MOST_PAGES = 8;

/** The kinds of case that a party of this type can have part in. */
export const kindsOf: Readonly<Record<PartyType, readonly Kind[]>> = {
  organization: kinds,
  funder: kinds.filter((kind) => kindsOfCase[kind].partnerType === 'funder'),
  hub: kinds,
  insurer: kinds.filter((kind) => kindsOfCase[kind].partnerType === 'insurer'),
  auditor: kinds,
  operator: [],
};

const Place = z.object({ kind: Kind, party: PartyId, after: z.string().optional() });

type Source = Pick<CaseQuery, 'as' | 'party'>;

/** The hubs whose cases a member sees through a list of theirs; none for those who see cases as a partner. */
export async function hubsSeen(table: Table, { member, below }: ActingMember): Promise<PartyId[]> {
  if (member.partyType === 'auditor') return everyHub(table);
  if (member.partyType === 'hub') return [member.party, ...(below ?? [])];
  return [];
}

async function sourcesOf(table: Table, acting: ActingMember, only: PartyId | undefined): Promise<Source[]> {
  const { partyType, party } = acting.member;
  if (partyType === 'funder' || partyType === 'insurer') return [{ as: 'partner', party }];
  const hubs = await hubsSeen(table, acting);
  return hubs.filter((hub) => !only || hub === only).map((hub) => ({ as: 'hub', party: hub }));
}

function placeOf(cursor: string | undefined): z.infer<typeof Place> | undefined {
  const found = fromCursor(cursor);
  if (!found) return undefined;
  const place = Place.safeParse(found);
  if (!place.success) throw notACursor();
  return place.data;
}

/** The organization's own, the latest first, whatever their kinds. */
async function listOwn(table: Table, acting: ActingMember, wanted: Wanted): Promise<List<Case>> {
  const { kinds: of, stage, hub, limit } = wanted;
  const items: Case[] = [];
  let cursor: string | null = wanted.cursor ?? null;
  for (let pages = 0; pages < MOST_PAGES; pages++) {
    const page: List<Case> = await listOwnCases(table, acting.member.party, cursor ?? undefined);
    const asked = page.items.filter(
      (one) => of.includes(one.kind) && (!stage || one.stage === stage) && (!hub || one.hub === hub),
    );
    items.push(...asked.filter((one) => may(acting, 'read-case', one)));
    const last = items[limit - 1];
    if (last && items.length > limit) return { items: items.slice(0, limit), nextCursor: placeOfOwn(last) };
    cursor = page.nextCursor;
    if (!cursor || items.length === limit) break;
  }
  return { items, nextCursor: cursor };
}

/**
 * The cases that a member sees, those of an organization the latest first; the others': kind after kind, and of each kind hub after hub where they see several: a parent hub those
 * of the hubs below it, an auditor all of the installation. The cursor says where the list goes on. Cost: one Query of keys
 * for each kind and hub looked through, {@link MOST_LISTS} a page at most, and one read a case; for an organization one for 25
 * of its cases, {@link MOST_PAGES} at most.
 * @throws Rejected `invalid` for what is no cursor of such a list
 */
export async function listVisible(table: Table, acting: ActingMember, wanted: Wanted): Promise<List<Case>> {
  if (acting.member.partyType === 'organization') return listOwn(table, acting, wanted);
  const sources = await sourcesOf(table, acting, wanted.hub);
  const lists = wanted.kinds.flatMap((kind) => sources.map((source) => ({ ...source, kind })));
  const place = placeOf(wanted.cursor);
  const start = place ? lists.findIndex(({ kind, party }) => kind === place.kind && party === place.party) : 0;
  if (start < 0) return { items: [], nextCursor: null };
  const items: Case[] = [];
  let after = place?.after;
  for (const [index, list] of lists.slice(start).entries()) {
    const { kind, party } = list;
    const room = wanted.limit - items.length;
    if (room === 0 || index === MOST_LISTS) return { items, nextCursor: toCursor({ kind, party }) };
    const page = await listCases(table, { ...list, stage: wanted.stage, cursor: after, limit: room });
    after = undefined;
    items.push(...page.items.filter((subject) => may(acting, 'read-case', subject)));
    if (page.nextCursor) return { items, nextCursor: toCursor({ kind, party, after: page.nextCursor }) };
  }
  return { items, nextCursor: null };
}
