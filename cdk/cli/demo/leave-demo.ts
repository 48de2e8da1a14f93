import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { voidLink } from '../../../shared/case/revoke-link.ts';
import { kinds, MemberId } from '../../../shared/domain/ids.ts';
import { takeOutMember } from '../../../shared/people/take-out-member.ts';
import { listCases } from '../../../shared/store/cases.ts';
import { listParties, membershipsOf } from '../../../shared/store/parties.ts';
import { endSessionsOf } from '../../../shared/store/sessions.ts';
import type { Table } from '../../../shared/store/table.ts';
import { Mistaken } from '../problems.ts';
import type { RunningStack } from '../stack.ts';
import { demoPeople, newcomers } from './people.ts';

/** Where the demo issuer keeps its keys and who is signed in: a folder that has it was a demo. */
const DEMO_ISSUER = 'oidc';

/** Whether the demo issuer has run with a data folder: whoever it let in had no password. */
export function wasDemo(dataDir: string): boolean {
  return existsSync(join(dataDir, DEMO_ISSUER));
}

/** Makes every private link void that was given out so far: in a demo they stand in its mailbox, which anybody could read. */
async function voidLinks(table: Table): Promise<number> {
  let voided = 0;
  for (const { id: party, type } of await listParties(table)) {
    for (const kind of type === 'hub' ? kinds : []) {
      let cursor: string | null | undefined;
      do {
        const page = await listCases(table, { as: 'hub', party, kind, limit: 100, ...(cursor && { cursor }) });
        for (const { id } of page.items) await voidLink(table, id);
        voided += page.items.length;
        cursor = page.nextCursor;
      } while (cursor);
    }
  }
  return voided;
}

/**
 * Takes out of a stack what the demo has made and what would open something to others: memberships of those who signed in without a
 * password, with their sessions and open invitations, the private links of its cases, the mailbox, and the demo issuer. Nobody may reach the stack meanwhile.
 * @param remove whether its owner has said so; nothing is changed without
 * @throws {@link Mistaken} with the names, when there are such members and `remove` was not given
 */
export async function leaveDemo(
  { cloud, table }: RunningStack,
  { dataDir, remove, say }: { readonly dataDir: string; readonly remove: boolean; say(line: string): void },
): Promise<void> {
  const people = [...demoPeople.members.map(({ id }) => id), ...newcomers.map(({ sub }) => MemberId.parse(sub))];
  const members = (await Promise.all(people.map((id) => membershipsOf(table, id)))).flat();
  const names = members.map(({ id, party }) => `${id} (${party})`).join(', ');
  if (members.length > 0 && !remove) {
    throw new Mistaken([
      `${dataDir} was a demo, and these people of the demo are still members: ${names}. With a public URL it does not start ` +
        'until --remove-demo-members was given once: their memberships, sessions and invitations end, private links are void, and the mailbox is emptied.',
    ]);
  }
  for (const member of members) await takeOutMember(table, member);
  for (const id of people) await endSessionsOf(table, id);
  const voided = await voidLinks(table);
  cloud.emptyMailbox();
  rmSync(join(dataDir, DEMO_ISSUER), { recursive: true });
  if (names !== '') say(`No longer members, since they came with the demo: ${names}.`);
  if (voided > 0) say(`Private links that are void: ${voided}. Whoever needs theirs asks for it at /track/again.`);
}
