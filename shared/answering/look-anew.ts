import type { TransactWriteItem } from '@aws-sdk/client-dynamodb';
import type { Member } from '../domain/party.ts';
import type { Instant } from '../domain/time.ts';
import { endStages } from '../kinds/lifecycle.ts';
import { everyKeyOfParty } from '../store/case-item.ts';
import { indexKeys } from '../store/keys.ts';
import { askingToLook, type Looking, lookedTo } from '../store/looking.ts';
import { listCasesOf } from '../store/owner-cases.ts';
import type { Table } from '../store/table.ts';
import { handOver } from './hand-over.ts';

/**
 * The writes that have the sweep look at an organization's cases, and at those that came under its name, since somebody
 * joined or left it: its people may not answer about them for a funder, an insurer or the hub. Nothing for other parties.
 */
export function lookingAtOwn(table: Table, member: Member, at: Instant): TransactWriteItem[] {
  if (member.partyType !== 'organization') return [];
  const whose = [indexKeys.ofOrganization(member.party), ...everyKeyOfParty(member)];
  return whose.map((each) => askingToLook(table, each, at));
}

/**
 * Looks anew whose the open questions of an organization's cases are, the latest case first, and keeps how far it has come:
 * whose address is the organization's, and who has an interest in it, may not answer about its cases. Cost: for each 25 cases a Query,
 * a read a case and a write, and what handing over costs for each that has not ended.
 * @param most cases that are looked at, in whole pages: the sweep goes on with the others
 * @returns how many cases there were
 * @throws the first of what kept cases from being placed, when the others are
 */
export async function lookAnew(table: Table, looking: Looking, most: number): Promise<number> {
  let seen = 0;
  const failed: unknown[] = [];
  let cursor = looking.cursor;
  while (seen < most) {
    const page = await listCasesOf(table, looking.whose, cursor);
    for (const { id, stage } of page.items) {
      if (!endStages.has(stage)) await handOver(table, id).catch((error: unknown) => failed.push(error));
    }
    await lookedTo(table, looking, page.nextCursor);
    seen += Math.max(page.items.length, 1);
    if (page.nextCursor === null) break;
    cursor = page.nextCursor;
  }
  if (failed.length > 0) throw failed[0];
  return seen;
}
