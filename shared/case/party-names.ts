import type { PartyId } from '../domain/ids.ts';
import type { Language } from '../domain/language.ts';
import { nameIn } from '../i18n/names.ts';
import { readParty } from '../store/parties.ts';
import type { Table } from '../store/table.ts';

/** What parties are called in the reader's language, by id. Cost: one read a party, whoever is named more than once. */
export async function partyNames(
  table: Table,
  ids: Iterable<PartyId>,
  language: Language,
): Promise<Map<PartyId, string>> {
  const parties = await Promise.all([...new Set(ids)].map((id) => readParty(table, id)));
  return new Map(parties.flatMap((party) => (party ? [[party.id, nameIn(language, party)] as const] : [])));
}
