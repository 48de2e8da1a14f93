import { type ActingMember, may } from '../answering/acting.ts';
import { fold } from '../domain/same/fold.ts';
import type { Case } from '../kinds/case.ts';
import { casesOfOrganization } from '../store/cases.ts';
import type { Table } from '../store/table.ts';
import { kindsOf, listVisible } from './visible-cases.ts';

/** Cases that one search looks at, and pages of the list that it reads for them. */
const MOST_CASES = 1000;
const A_PAGE = 100;
/** Cases that one search shows. */
const MOST_FOUND = 50;

/** What a search found, and how far it came. */
export interface Found {
  readonly cases: readonly Case[];
  /** how many cases were looked at */
  readonly looked: number;
  /** where it goes on, or null when all were looked at */
  readonly nextCursor: string | null;
}

/**
 * The cases that a member sees whose organization's name has what was typed in it, however either is spelt (see {@link fold}):
 * first those with the very name, then those with a part of it. It looks through the member's own list, as far as its
 * budget goes, and says how far that was. Cost: two Queries and a read for each case of the very name; a Query a hundred cases
 * and a read a case, {@link MOST_CASES} at most.
 * @param cursor where an earlier search left off
 * @throws Rejected `invalid` for what is no cursor
 */
export async function findCases(
  table: Table,
  acting: ActingMember,
  typed: string,
  cursor: string | undefined,
): Promise<Found> {
  const part = fold(typed);
  if (part === '') return { cases: [], looked: 0, nextCursor: null };
  const whole = cursor ? [] : (await casesOfOrganization(table, typed)).filter((one) => may(acting, 'read-case', one));
  const found = new Map(whole.map((one) => [one.id, one]));
  const kinds = kindsOf[acting.member.partyType];
  let at = cursor;
  let looked = 0;
  do {
    const page = await listVisible(table, acting, { kinds, cursor: at, limit: A_PAGE });
    looked += page.items.length;
    for (const one of page.items) if (fold(one.organization).includes(part)) found.set(one.id, one);
    at = page.nextCursor ?? undefined;
  } while (at !== undefined && looked < MOST_CASES && found.size < MOST_FOUND);
  return { cases: [...found.values()], looked, nextCursor: at ?? null };
}
