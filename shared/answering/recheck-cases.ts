import type { TransactWriteItem } from '@aws-sdk/client-dynamodb';
import type { Member } from '../domain/party.ts';
import type { Instant } from '../domain/time.ts';
import { endStages } from '../kinds/lifecycle.ts';
import { everyKeyOfParty } from '../store/case-item.ts';
import { indexKeys } from '../store/keys.ts';
import { listCasesOf } from '../store/owner-cases.ts';
import { type Recheck, requestRecheck, saveRecheck } from '../store/recheck.ts';
import type { Table } from '../store/table.ts';
import { handOver } from './hand-over.ts';

/**
 * The writes that order a recheck of an organization's cases, and of cases that came under its name, after somebody joined or
 * left it. People of an organization may not answer about its cases for a funder, an insurer or the hub. No writes for other parties.
 */
export function requestOwnRechecks(table: Table, member: Member, at: Instant): TransactWriteItem[] {
  if (member.partyType !== 'organization') return [];
  const whose = [indexKeys.ofOrganization(member.party), ...everyKeyOfParty(member)];
  return whose.map((each) => requestRecheck(table, each, at));
}

/**
 * Checks again who may answer the open tasks of an organization's cases, the latest case first, and saves how far it came. Cost:
 * for each 25 cases a Query, a read a case and a write, and the cost of {@link handOver} for each case that has not ended.
 * @param most cases that are checked, in whole pages: the sweep goes on with the others
 * @returns how many cases were checked
 * @throws the first error of a case that could not be handed over, after all other cases of the page were
 */
export async function recheckCases(table: Table, recheck: Recheck, most: number): Promise<number> {
  let seen = 0;
  const failed: unknown[] = [];
  let cursor = recheck.cursor;
  while (seen < most) {
    const page = await listCasesOf(table, recheck.whose, cursor);
    for (const { id, stage } of page.items) {
      if (!endStages.has(stage)) await handOver(table, id).catch((error: unknown) => failed.push(error));
    }
    await saveRecheck(table, recheck, page.nextCursor);
    seen += Math.max(page.items.length, 1);
    if (page.nextCursor === null) break;
    cursor = page.nextCursor;
  }
  if (failed.length > 0) throw failed[0];
  return seen;
}
