import type { RowKind } from '../domain/jobs/job.ts';
import type { RowOf } from '../domain/jobs/kinds.ts';
import { readImportNeeds } from '../store/imports.ts';
import { saidBy } from '../store/job-rows.ts';
import type { StagedRow } from '../store/jobs.ts';
import type { Table } from '../store/table.ts';

/** What a row of each kind is called, for whoever staged it. */
const names: { readonly [K in RowKind]: (table: Table, row: RowOf<K>) => Promise<string> } = {
  'import-needs': async (table, { plan, need }) => {
    const [planned] = await readImportNeeds(table, plan, need, 1);
    return planned ? [planned.organization, planned.district].filter(Boolean).join(' · ') : '–';
  },
};

/** What a row is called, for whoever staged it. Cost: what naming a row of its kind costs, a read. */
export async function rowName<K extends RowKind>(table: Table, kind: K, { item }: StagedRow): Promise<string> {
  return names[kind](table, saidBy(kind, item));
}
