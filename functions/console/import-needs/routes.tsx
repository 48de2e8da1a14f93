import {
  type ImportPreview,
  planImport,
  planImportAgain,
  readImport,
  startImport,
} from '../../../shared/case/import.ts';
import { Rejected } from '../../../shared/domain/errors.ts';
import type { Language } from '../../../shared/domain/language.ts';
import type { Member } from '../../../shared/domain/party.ts';
import { fieldText, refusalText } from '../../../shared/i18n/errors.ts';
import { fill } from '../../../shared/i18n/lookup.ts';
import { unreadableFileText } from '../../../shared/i18n/spreadsheet.ts';
import { UnreadableFile } from '../../../shared/spreadsheet/unreadable-file.ts';
import { FileForm } from '../../incoming/file-form.tsx';
import { isNameOf, newFileName } from '../../incoming/file-name.ts';
import { FORM_SECONDS } from '../../incoming/incoming.ts';
import { countText } from '../../web/amounts.tsx';
import { ErrorSummary } from '../../web/error-summary.tsx';
import { formView } from '../../web/form-view.ts';
import { FileInput, Hidden } from '../../web/inputs.tsx';
import { Notice } from '../../web/notice.tsx';
import { originOf } from '../../web/origin.ts';
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

/** Whose the file is that an import is made of. */
function importerOf({ id, party }: Member): string {
  return `import ${party} ${id}`;
}

async function uploadPage(c: ConsoleContext, door: Door, problem?: string, mapping?: string) {
  const { language, member } = c.get('visit');
  const file = await newFileName(door.hub, importerOf(member));
  const signed = await door.incoming.form(file, `${originOf(c, door)}/console/import/sent/${file}`);
  // a page that stays open comes anew before its form is too old to be sent
  c.header('refresh', `${FORM_SECONDS / 2}; url=/console/import`);
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
        <FileForm form={signed}>
          <FileInput form={form} name="file" hint={text.fileHint} accept=".csv,.xlsx,.ods,.txt,.tsv" />
          <Submit text={text.check} />
        </FileForm>
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

/** Where a spreadsheet is chosen. It says, too, that the one before was too large. */
export function importPage(c: ConsoleContext, door: Door) {
  const { language } = c.get('visit');
  const tooLarge = c.req.query('refused') === 'too-large';
  return uploadPage(c, door, tooLarge ? unreadableFileText(language, new UnreadableFile('too-large')) : undefined);
}

/**
 * Looks through the spreadsheet that the form sent to the bucket; what it will make is on a page of its own. The file goes once it was read: what
 * could not be read stays for its day, so that this page can come again in the other language.
 */
export async function importSent(c: ConsoleContext, door: Door) {
  const { language, member } = c.get('visit');
  const file = c.req.param('file') ?? '';
  const came = (await isNameOf(door.hub, file, importerOf(member))) ? await door.incoming.read(file) : 'gone';
  if (came === 'gone') return uploadPage(c, door, importText[language].fileGone);
  if (came === 'too-large') return c.redirect('/console/import?refused=too-large', 303);
  if (came.length === 0) return uploadPage(c, door, fieldText(language, { pointer: '/file', code: 'required' }));
  try {
    const { id } = await planImport(door.hub, member, came);
    await door.incoming.remove(file);
    return c.redirect(`/console/import/${id}`, 303);
  } catch (error) {
    const said = whyNot(language, error);
    if (said === undefined) throw error;
    return uploadPage(c, door, said, importIn(error));
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
