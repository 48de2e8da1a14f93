import type { PartyId } from '../domain/ids.ts';
import type { Party } from '../domain/party.ts';
import { listParties } from './parties.ts';
import type { Table } from './table.ts';

/** Hubs seldom change places: for so long, in milliseconds, a process believes what it read. */
const BELIEVED = 30_000;

const trees = new WeakMap<Table, { readonly until: number; readonly parties: Promise<readonly Party[]> }>();

function parties(table: Table): Promise<readonly Party[]> {
  const now = performance.now();
  const known = trees.get(table);
  if (known && now < known.until) return known.parties;
  const read = listParties(table);
  trees.set(table, { until: now + BELIEVED, parties: read });
  // what could not be read is not believed
  read.catch(() => trees.delete(table));
  return read;
}

/** The parties that lie below `party` by their parents, in order of their ids; a circle ends where it began. */
export function descendants(all: readonly Party[], party: PartyId): PartyId[] {
  const found = new Set<PartyId>();
  const visit = (above: PartyId) => {
    for (const { id, parent } of all) {
      if (parent !== above || id === party || found.has(id)) continue;
      found.add(id);
      visit(id);
    }
  };
  visit(party);
  return [...found].sort();
}

/** The hubs below a hub, whose cases it sees. Cost: one Query of all parties in half a minute. */
export async function hubsBelow(table: Table, party: PartyId): Promise<ReadonlySet<PartyId>> {
  return new Set(descendants(await parties(table), party));
}

/** The hubs above a hub, the nearest first; a circle ends where it began. Cost: as {@link hubsBelow}. */
export async function hubsAbove(table: Table, hub: PartyId): Promise<PartyId[]> {
  const parentOf = new Map((await parties(table)).map(({ id, parent }) => [id, parent]));
  const found: PartyId[] = [];
  for (let next = parentOf.get(hub); next && next !== hub && !found.includes(next); next = parentOf.get(next))
    found.push(next);
  return found;
}

/** Every hub of the installation. Cost: as {@link hubsBelow}. */
export async function hubParties(table: Table): Promise<Party[]> {
  return (await parties(table)).filter(({ type }) => type === 'hub');
}

/** The same by id. */
export async function everyHub(table: Table): Promise<PartyId[]> {
  return (await hubParties(table)).map(({ id }) => id);
}
