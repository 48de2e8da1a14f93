import { kinds, PartyId } from '../../shared/domain/ids.ts';
import { roles } from '../../shared/domain/party.ts';
import { foldMailbox } from '../../shared/domain/same/mailbox.ts';
import { accountsOf, linkingAccounts } from '../../shared/store/accounts.ts';
import { caseIdsOf } from '../../shared/store/chains.ts';
import { listParties, membersOf, readParty } from '../../shared/store/parties.ts';
import { nameIn, readRekeying, rekeyCases, rekeyInterests, saveRekeying } from '../../shared/store/rekeying.ts';
import { type Item, type Table, transact } from '../../shared/store/table.ts';
import { logLine } from '../log/log-line.ts';

/** Cases that one run looks at, well within its five minutes; the next goes on. */
const A_RUN = 2_000;

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

/** Cases, from where the last run came to. @returns where this one came to; undefined when all were looked at */
async function bringCases(
  table: Table,
  after: string | undefined,
): Promise<{ place: string | undefined; moved: number }> {
  let [seen, moved] = [0, 0];
  const hubs = (await listParties(table)).filter(({ type }) => type === 'hub').map(({ id }) => id);
  for (const place of hubs.flatMap((hub) => kinds.map((kind) => `${hub} ${kind}`)).sort()) {
    if (after !== undefined && place < after) continue;
    if (seen >= A_RUN) return { place, moved };
    const [hub, kind] = place.split(' ');
    for await (const ids of caseIdsOf(table, PartyId.parse(hub), kinds.find((one) => one === kind) ?? 'need')) {
      for (let start = 0; start < ids.length; start += 100)
        moved += await rekeyCases(table, ids.slice(start, start + 100));
      seen += ids.length;
    }
  }
  return { place: undefined, moved };
}

/**
 * Brings what is found by a fold of names along to today's, a slice a run, until all is: cases by their organization, interests in
 * organizations, and members who are one person. Both keys are found meanwhile. Cost: one read when it is done.
 * @returns how much was brought along
 */
export async function bringAlong(table: Table): Promise<number> {
  const mark = await readRekeying(table);
  if (mark.done) return 0;
  const people = mark.place === undefined ? await bringPeople(table) : 0;
  const { place, moved } = await bringCases(table, mark.place);
  await saveRekeying(
    table,
    place === undefined ? { version: mark.version, done: true } : { version: mark.version, place },
  );
  if (moved > 0) logLine('brought-along', { cases: moved });
  return people + moved;
}
