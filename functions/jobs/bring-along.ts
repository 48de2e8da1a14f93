import * as z from 'zod';
import { bringCoverAlong } from '../../shared/case/covered-volunteers.ts';
import { kinds, PartyId } from '../../shared/domain/ids.ts';
import type { JobStep } from '../../shared/domain/jobs/kinds.ts';
import { roles } from '../../shared/domain/party.ts';
import { foldMailbox } from '../../shared/domain/same/mailbox.ts';
import { accountsOf, linkingAccounts } from '../../shared/store/accounts.ts';
import { keepNamed } from '../../shared/store/alike-cases.ts';
import { readCases } from '../../shared/store/cases.ts';
import { caseIdsFrom } from '../../shared/store/chains.ts';
import type { Hub } from '../../shared/store/hub.ts';
import { listParties, membersOf, readParty } from '../../shared/store/parties.ts';
import { nameIn, rekeyCases, rekeyInterests, saveRekeying } from '../../shared/store/rekeying.ts';
import { type Item, type Table, transact } from '../../shared/store/table.ts';
import { logLine } from '../log/log-line.ts';

/** Cases that one step looks at; the next goes on. */
const A_STEP = 500;
/** Cases that are read at a time. */
const A_READ = 100;

type Keyed = Pick<Hub, 'table' | 'macKeyId'>;

/** Where it has come to, after the people. */
const Place = z.object({
  /** the hub and kind, in their order; left out, at the first */
  at: z.string().optional(),
  /** after which case of them */
  after: z.string().optional(),
});

/** The names of an organization that an interest is about: declared, and of the parties whose member somebody is. */
function namesWith(table: Table) {
  return async (item: Item): Promise<string[]> => {
    const parties = item.memberOf instanceof Set ? [...item.memberOf] : [];
    const known = await Promise.all(parties.map((id) => readParty(table, PartyId.parse(id))));
    return [...nameIn(item), ...known.flatMap((party) => (party ? [party.name, party.nameEn ?? party.name] : []))];
  };
}

/** Those who can decide anything, with the interests that keep them away; who has two accounts becomes one person. */
async function bringPeople(table: Table): Promise<number> {
  const parties = await listParties(table);
  const members = (await Promise.all(parties.map(({ id }) => membersOf(table, id, roles)))).flat();
  let moved = 0;
  for (const id of new Set(members.map((one) => one.id))) moved += await rekeyInterests(table, id, namesWith(table));
  for (const same of Map.groupBy(members, ({ email }) => foldMailbox(email)).values()) {
    const [first, ...others] = [...new Set(same.map(({ id }) => id))];
    if (!first || others.length === 0) continue;
    const known = (await accountsOf(table, [first]))(first);
    const fresh = others.filter((one) => !known.includes(one));
    if (fresh.length > 0) await transact(table, linkingAccounts(table, first, fresh));
  }
  return moved;
}

/** The next cases after a place, and where they end; undefined when there are no more. */
async function bringCases(
  { table, macKeyId }: Keyed,
  { at, after }: z.infer<typeof Place>,
  most: number,
): Promise<{ next: z.infer<typeof Place> | undefined; moved: number }> {
  const hubs = (await listParties(table)).filter(({ type }) => type === 'hub').map(({ id }) => id);
  const places = hubs.flatMap((hub) => kinds.map((kind) => ({ hub, kind, name: `${hub} ${kind}` })));
  const left = places.toSorted((a, b) => (a.name < b.name ? -1 : 1)).filter(({ name }) => name >= (at ?? ''));
  const [here, then] = left;
  if (!here) return { next: undefined, moved: 0 };
  const page = await caseIdsFrom(table, here.hub, here.kind, here.name === at ? after : undefined, most);
  let moved = 0;
  for (let start = 0; start < page.ids.length; start += A_READ) {
    const ids = page.ids.slice(start, start + A_READ);
    moved += await rekeyCases(table, ids);
    for (const subject of await readCases(table, ids)) await keepNamed({ table, macKeyId }, subject);
    if (here.kind === 'insurance') moved += await bringCoverAlong({ table, macKeyId }, ids);
  }
  if (page.next !== undefined) return { next: { at: here.name, after: page.next }, moved };
  return { next: then && { at: then.name }, moved };
}

/**
 * Goes on to bring what is found by a fold of names along to today's: first interests in organizations, and members who are one person; then cases by
 * their organization, and the days that approved requests for insurance hold. Both keys are found meanwhile, and a mark says when it is done. Cost: for the people a few reads each; for each case
 * that is looked at a read, and for one that is not where it is found today a transaction of one item.
 * @param most cases that are looked at
 */
export async function bringAlong(hub: Keyed, cursor: string | undefined, most = A_STEP): Promise<JobStep> {
  const { table } = hub;
  if (cursor === undefined) {
    const done = await bringPeople(table);
    return { done, failed: 0, cursor: JSON.stringify({}) };
  }
  const { next, moved } = await bringCases(hub, Place.parse(JSON.parse(cursor)), most);
  if (moved > 0) logLine('brought-along', { cases: moved });
  if (next === undefined) await saveRekeying(table, { done: true });
  return { done: moved, failed: 0, cursor: next === undefined ? null : JSON.stringify(next) };
}
