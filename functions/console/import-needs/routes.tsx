import {
  type ImportPreview,
  planImport,
  planImportAgain,
  readImport,
  startImport,
} from '../../../shared/case/import.ts';
import { Rejected } from '../../../shared/domain/errors.ts';
import type { Language } from '../../../shared/domain/language.ts';
import { fieldText, refusalText } from '../../../shared/i18n/errors.ts';
import { fill } from '../../../shared/i18n/lookup.ts';
import { unreadableFileText } from '../../../shared/i18n/spreadsheet.ts';
import { sheetLimits } from '../../../shared/spreadsheet/limits.ts';
import { UnreadableFile } from '../../../shared/spreadsheet/unreadable-file.ts';
import { countText } from '../../web/amounts.tsx';
import { ErrorSummary } from '../../web/error-summary.tsx';
import { formView } from '../../web/form-view.ts';
import { FileInput, Hidden } from '../../web/inputs.tsx';
import { Notice } from '../../web/notice.tsx';
import { Submit } from '../../web/submit.tsx';
import type { ConsoleContext, Door } from '../door.ts';
import { showPage } from '../frame.tsx';
import { slugIn } from '../path.ts';
import { frameText } from '../texts/frame.ts';
import { importText } from '../texts/import.ts';
import { jobsText } from '../texts/jobs.ts';
import { columnLabel } from './column-label.ts';
import { Mapping } from './mapping.tsx';
import { readMapping } from './mapping-form.ts';
import { Figures, PlannedNeeds, Remarks } from './preview.tsx';

/** What stood in the way of reading the file, in the reader's language. */
function whyNot(language: Language, error: unknown): string | undefined {
  if (error instanceof UnreadableFile) return unreadableFileText(language, error);
  if (!(error instanceof Rejected) || error.code === 'forbidden') return undefined;
  const said = error.fields.map((field) => {
    const { columns = '', use } = field.params ?? {};
    const named = String(columns).split(', ');
    const shown = use === undefined ? named.map((name) => columnLabel(language, name)) : named;
    const params = {
      columns: shown.join(frameText[language].list),
      ...(use !== undefined && { use: columnLabel(language, String(use)) }),
    };
    return fieldText(language, { ...field, params });
  });
  return said.join(' ') || refusalText(language, error.code, error.params);
}

function uploadPage(c: ConsoleContext, problem?: string, mapping?: string) {
  const { language, csrf } = c.get('visit');
  const text = importText[language];
  const said = problem === undefined ? [] : [{ name: 'file', text: problem }];
  const form = formView({ language, labels: { file: text.file }, said });
  return showPage(c, {
    title: text.title,
    room: 'import',
    status: problem === undefined ? 200 : 422,
    children: (
      <div class="narrow">
        <h1>{text.title}</h1>
        <p>{text.lead}</p>
        <ErrorSummary form={form} />
        {mapping && (
          <p>
            <a class="button second" href={`/console/import/${mapping}#mapping`}>
              {text.sayColumns}
            </a>
          </p>
        )}
        <form class="panel" method="post" action="/console/import" enctype="multipart/form-data">
          <Hidden name="csrf" value={csrf} />
          <FileInput form={form} name="file" hint={text.fileHint} accept=".csv,.xlsx,.ods,.txt,.tsv" />
          <Submit text={text.check} />
        </form>
        <p>
          <a href="/console/jobs">{jobsText[language].all}</a>
        </p>
      </div>
    ),
  });
}

/** What importing the sheet would make. */
export async function importPreview(c: ConsoleContext, door: Door) {
  return previewPage(c, await readImport(door.hub, c.get('visit').member, slugIn(c)));
}

function previewPage(c: ConsoleContext, preview: ImportPreview, problem?: string, typed?: (name: string) => string) {
  const { language, csrf } = c.get('visit');
  const text = importText[language];
  const { needs } = preview.totals;
  return showPage(c, {
    title: text.previewTitle,
    room: 'import',
    status: problem === undefined ? 200 : 422,
    children: (
      <>
        <h1>{text.previewTitle}</h1>
        {problem !== undefined && <Notice tone="warning">{problem}</Notice>}
        <Figures language={language} preview={preview} />
        {needs === 0 && <Notice tone="warning">{text.nothing}</Notice>}
        <form class="actions" method="post" action={`/console/import/${preview.id}/run`}>
          <Hidden name="csrf" value={csrf} />
          {needs > 0 && <Submit text={fill(text.confirm, { count: countText(needs) })} />}
          <a href="/console/import">{text.again}</a>
        </form>
        <div class="bench">
          <div>
            <Remarks language={language} title={text.rejectedTitle} remarks={preview.rejected} />
            <Remarks
              language={language}
              title={text.noticesTitle}
              remarks={preview.notices}
              more={preview.moreNotices}
            />
            <PlannedNeeds language={language} preview={preview} />
          </div>
          <Mapping language={language} preview={preview} csrf={csrf} typed={typed} />
        </div>
      </>
    ),
  });
}

/** Where a spreadsheet is sent. */
export function importPage(c: ConsoleContext) {
  return uploadPage(c);
}

/** Looks through the spreadsheet; what it will make is on a page of its own. */
export async function importForm(c: ConsoleContext, door: Door) {
  const { language, member } = c.get('visit');
  const file = c.get('form').file('file');
  if (!file) return uploadPage(c, fieldText(language, { pointer: '/file', code: 'required' }));
  try {
    if (file.bytes.length > sheetLimits.bytes) throw new UnreadableFile('too-large');
    const { id } = await planImport(door.hub, member, file.bytes);
    return c.redirect(`/console/import/${id}`, 303);
  } catch (error) {
    const said = whyNot(language, error);
    if (said === undefined) throw error;
    return uploadPage(c, said, importIn(error));
  }
}

/** The import that is kept of a file whose columns were not found. */
function importIn(error: unknown): string | undefined {
  const id = error instanceof Rejected ? error.params.import : undefined;
  return id === undefined ? undefined : String(id);
}

/** Reads the file again as a person says how; the page of what comes of it. */
export async function importMapping(c: ConsoleContext, door: Door) {
  const { language, member } = c.get('visit');
  const before = await readImport(door.hub, member, slugIn(c));
  try {
    const { id } = await planImportAgain(door.hub, member, before.id, readMapping(c.get('form'), before));
    return c.redirect(`/console/import/${id}`, 303);
  } catch (error) {
    const again = importIn(error);
    if (again !== undefined) return c.redirect(`/console/import/${again}#mapping`, 303);
    const said = whyNot(language, error);
    if (said === undefined || (error instanceof Rejected && error.code === 'not-found')) throw error;
    return previewPage(c, before, said, c.get('form').get);
  }
}

/** What was looked at is confirmed: a job makes it, and goes on when nobody looks. */
export async function importRun(c: ConsoleContext, door: Door) {
  const { member } = c.get('visit');
  const { id } = await startImport(door.hub, { member, door: 'console' }, slugIn(c));
  return c.redirect(`/console/jobs/${id}`, 303);
}

/** How far the making has come is on the job's own page. */
export async function importProgress(c: ConsoleContext, door: Door) {
  // another hub's is not there
  const { id } = await readImport(door.hub, c.get('visit').member, slugIn(c));
  return c.redirect(`/console/jobs/${id}`);
}
