import { type RejectionCode, rejectionCodes } from '../../../shared/domain/errors.ts';
import type { Job, RowKind, RowResult } from '../../../shared/domain/jobs/job.ts';
import type { RowOf } from '../../../shared/domain/jobs/kinds.ts';
import type { Language } from '../../../shared/domain/language.ts';
import { fieldText, refusalText } from '../../../shared/i18n/errors.ts';
import { readImportNeeds } from '../../../shared/store/imports.ts';
import { rowsNamed, saidBy } from '../../../shared/store/job-rows.ts';
import type { StagedRow } from '../../../shared/store/jobs.ts';
import type { Table } from '../../../shared/store/table.ts';
import { jobsText } from '../texts/jobs.ts';

/** What a row of each kind is called, for whoever staged it. */
const names: { readonly [K in RowKind]: (table: Table, row: RowOf<K>) => Promise<string> } = {
  'import-needs': async (table, { plan, need }) => {
    const [planned] = await readImportNeeds(table, plan, need, 1);
    return planned ? [planned.organization, planned.district].filter(Boolean).join(' · ') : '–';
  },
};

function isCode(code: string): code is RejectionCode {
  return Object.hasOwn(rejectionCodes, code);
}

/** Why a row was not done, in the reader's language. */
function Why({ language, result }: { readonly language: Language; readonly result: RowResult | undefined }) {
  const text = jobsText[language];
  if (result?.state === 'failed') return <>{text.fault}</>;
  if (result?.state !== 'refused') return <>–</>;
  const { code, fields, caseId } = result;
  const said = fields.map(({ params = {}, ...field }) => fieldText(language, { ...field, params })).join(' ');
  return (
    <>
      {caseId ? text.open : said || (isCode(code) ? refusalText(language, code) : code)}{' '}
      {caseId && (
        <a class="number" href={`/console/cases/${caseId}`}>
          {caseId}
        </a>
      )}
    </>
  );
}

async function named<K extends RowKind>(table: Table, kind: K, { item }: StagedRow): Promise<string> {
  return names[kind](table, saidBy(kind, item));
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
  const called = await Promise.all(found.map((row) => named(table, kind, row)));
  return (
    <table class="list stacked">
      <thead>
        <tr>
          <th scope="col" class="numeric">
            {text.row}
          </th>
          <th scope="col">{text.which}</th>
          <th scope="col">{text.why}</th>
        </tr>
      </thead>
      <tbody>
        {found.map(({ row, result }, index) => (
          <tr>
            <td class="numeric" data-label={text.row}>
              {row}
            </td>
            <td>
              <strong>{called[index]}</strong>
            </td>
            <td data-label={text.why}>
              <Why language={language} result={result} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
