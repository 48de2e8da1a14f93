import type { Language } from '../../../shared/domain/language.ts';
import { nameIn } from '../../../shared/i18n/names.ts';
import { listParties } from '../../../shared/store/parties.ts';
import type { Table } from '../../../shared/store/table.ts';

/** The names of all parties in the reader's language. Cost: one Query; a hub has tens of parties. */
export async function namesOfParties(table: Table, language: Language): Promise<ReadonlyMap<string, string>> {
  const parties = await listParties(table);
  return new Map(parties.map((party) => [party.id, nameIn(language, party)]));
}
