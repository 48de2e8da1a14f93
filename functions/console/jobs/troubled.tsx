import type { Job, RowKind, RowResult } from '../../../shared/domain/jobs/job.ts';
import type { Language } from '../../../shared/domain/language.ts';
import { rowRefusalText } from '../../../shared/i18n/jobs.ts';
import { rowName } from '../../../shared/jobs/row-name.ts';
import { rowsNamed } from '../../../shared/store/job-rows.ts';
import type { Table } from '../../../shared/store/table.ts';
import { ListTable } from '../../web/list-table.tsx';
import { jobsText } from '../texts/jobs.ts';

/** Why a row was not done, in the reader's language. */
function Why({ language, result }: { readonly language: Language; readonly result: RowResult | undefined }) {
  if (result === undefined) return <>–</>;
  const caseId = result.state === 'refused' ? result.caseId : undefined;
  return (
    <>
      {rowRefusalText(language, result)}{' '}
      {caseId && (
        <a class="number" href={`/console/cases/${caseId}`}>
          {caseId}
        </a>
      )}
    </>
  );
}

interface TroubledProps {
  readonly table: Table;
  readonly language: Language;
  readonly job: Job;
  readonly kind: RowKind;
  /** the numbers of the rows that are shown */
  readonly rows: readonly number[];
}

/** Rows that were not done, each with why. Cost: two reads a row. */
export async function Troubled({ table, language, job, kind, rows }: TroubledProps) {
  const text = jobsText[language];
  const found = await rowsNamed(table, job.id, rows);
  const called = await Promise.all(found.map((row) => rowName(table, kind, row)));
  return (
    <ListTable
      rows={found}
      columns={[
        { head: text.row, class: 'numeric', cell: ({ row }) => row },
        { head: text.which, bare: true, cell: (_, index) => <strong>{called[index]}</strong> },
        { head: text.why, cell: ({ result }) => <Why language={language} result={result} /> },
      ]}
    />
  );
}
