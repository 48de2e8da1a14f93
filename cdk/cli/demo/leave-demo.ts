import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { MemberId } from '../../../shared/domain/ids.ts';
import { takeOutMember } from '../../../shared/people/take-out-member.ts';
import { membershipsOf } from '../../../shared/store/parties.ts';
import { endSessionsOf } from '../../../shared/store/sessions.ts';
import { Mistaken } from '../problems.ts';
import type { RunningStack } from '../stack.ts';
import { demoPeople, newcomers } from './people.ts';

/** Where the demo issuer keeps its keys and who is signed in: a folder that has it was a demo. */
const DEMO_ISSUER = 'oidc';

/** Whether the demo issuer has run with a data folder: whoever it let in had no password. */
export function wasDemo(dataDir: string): boolean {
  return existsSync(join(dataDir, DEMO_ISSUER));
}

/**
 * Takes out of a stack what the demo has made and what would open something to others: memberships of those who signed in without a
 * password, with their sessions and open invitations, the mailbox with its links, and the demo issuer. Nobody may reach the stack meanwhile.
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
        'until --remove-demo-members was given once: their memberships, sessions and invitations end, and the mailbox is emptied.',
    ]);
  }
  for (const member of members) await takeOutMember(table, member);
  for (const id of people) await endSessionsOf(table, id);
  cloud.emptyMailbox();
  rmSync(join(dataDir, DEMO_ISSUER), { recursive: true });
  if (names !== '') say(`No longer members, since they came with the demo: ${names}.`);
}
