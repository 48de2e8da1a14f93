import { digest } from '../audit/digest.ts';
import { peopleChain, toldNow } from '../audit/record.ts';
import type { Party } from '../domain/party.ts';
import { enteringParty } from '../store/parties.ts';
import type { Table } from '../store/table.ts';
import { readTraces, transactTraced } from '../store/traces.ts';

/** What binds a party, its hub's parent too, to the trace of its entry. */
export function partyDigest(party: unknown): string {
  return digest('party', party);
}

/**
 * Enters a party that the installation's owner names, or what of it changed, with the trace that says so. One that is there
 * as it is named and has no trace (it was entered before there were any) gets it. Cost: a Query, and where something is new a
 * read and a transaction of three items.
 */
export async function enterParty(table: Table, party: Party): Promise<void> {
  const wanted = partyDigest(party);
  const entered = (await readTraces(table, peopleChain(party.id))).flatMap(({ trace }) =>
    trace.type === 'party-entered' ? [trace.digest] : [],
  );
  if (entered.at(-1) === wanted) return;
  const by = { type: 'workflow' } as const;
  const told = toldNow({ type: 'party-entered', by, door: 'command', party: party.id, digest: wanted });
  await transactTraced(table, [enteringParty(table, party)], told);
}
