import { checkAndStage, reviewRoster, volunteersFromFile } from '../../shared/case/roster.ts';
import { type FieldProblem, Rejected } from '../../shared/domain/errors.ts';
import type { Language } from '../../shared/domain/language.ts';
import { maskName } from '../../shared/domain/mask.ts';
import { readDay, typedDay } from '../../shared/domain/read/day.ts';
import { fill } from '../../shared/i18n/lookup.ts';
import { rosterSheetText, unreadableFileText } from '../../shared/i18n/spreadsheet.ts';
import { InsuranceInput } from '../../shared/kinds/insurance/input.ts';
import { maskIdentityNumber } from '../../shared/kinds/insurance/roster/identity-number.ts';
import { UnreadableFile } from '../../shared/spreadsheet/unreadable-file.ts';
import type { Hub } from '../../shared/store/hub.ts';
import { DateInput, TextInput } from '../web/inputs.tsx';
import type { Form } from '../web/read-form.ts';
import { type Answers, type Row, rowsOf, withRows } from './answers.ts';
import { type Application, drafted, type PageView, type Received, type Step } from './application.ts';
import { isGoodRow, RosterView } from './roster-view.tsx';
import { formText } from './texts/forms.ts';
import { plainRows, whoBody, whoFields, whoStep } from './who.tsx';

export const volunteerList = { name: 'volunteers', columns: ['name', 'identityNumber', 'phone'] } as const;

/** The volunteers as typed; digits that a spreadsheet lost are shown as lost. */
export function volunteersBody(answers: Answers) {
  return rowsOf(answers, volunteerList).map((row) => ({
    name: row.name ?? '',
    identityNumber: row.identityNumber ?? '',
    phone: row.phone ?? '',
  }));
}

async function problemsOf(check: () => Promise<unknown>): Promise<readonly FieldProblem[]> {
  try {
    await check();
    return [];
  } catch (error) {
    if (error instanceof Rejected && error.fields.length > 0) return error.fields;
    throw error;
  }
}

/** What is wrong with the days of cover, and, when asked thoroughly, with each row of the roster. */
export async function coverProblems(
  hub: Hub,
  answers: Answers,
  today: string,
  thorough: boolean,
): Promise<FieldProblem[]> {
  const coverFrom = readDay(answers.get('coverFrom') ?? '');
  const coverTo = readDay(answers.get('coverTo') ?? '');
  if (!coverFrom || !coverTo) return [];
  // without rows this checks the days and stages nothing
  const period = await problemsOf(() => checkAndStage(hub, { volunteers: [], coverFrom, coverTo }, today));
  if (period.length > 0 || !thorough) return [...period];
  const rows = reviewRoster({ volunteers: volunteersBody(answers), coverFrom, coverTo }, today);
  return rows.flatMap((row) =>
    row.ok
      ? []
      : row.problems.map(({ field, code, firstLine, age }) => ({
          pointer: `/volunteers/${row.line - 1}/${field}`,
          code,
          params: { ...(firstLine !== undefined && { line: firstLine }), ...(age !== undefined && { age }) },
        })),
  );
}

/** Digits beyond the fifteenth are not what was typed: the row stays wrong until somebody types them. */
function typedNumber(row: { identityNumber?: string | undefined; digitsLost?: boolean | undefined }): string {
  const number = row.identityNumber ?? '';
  return row.digitsLost ? `${number.slice(0, 15)}***` : number;
}

async function upload(language: Language, answers: Answers, bytes: Uint8Array): Promise<Received> {
  const text = formText[language];
  try {
    const sheet = await volunteersFromFile(bytes);
    if (!sheet.ok) return { answers, stay: true, said: [{ name: 'file', text: rosterSheetText(language, sheet) }] };
    const rows: Row[] = sheet.rows.map((row) => ({
      name: row.name ?? '',
      identityNumber: typedNumber(row),
      phone: row.phone ?? '',
    }));
    const replaced = rowsOf(answers, volunteerList).length > 0 ? ` ${text.replaced}` : '';
    const notice = `${fill(text.readFile, { count: rows.length })}${replaced}`;
    return { answers: withRows(answers, volunteerList, rows), stay: true, notice };
  } catch (error) {
    if (!(error instanceof UnreadableFile)) throw error;
    return { answers, stay: true, said: [{ name: 'file', text: unreadableFileText(language, error) }] };
  }
}

/** What the roster's own buttons do: read a file, leave out the rows with a problem. */
export async function receiveRoster(
  language: Language,
  form: Form,
  answers: Answers,
  action: string,
  problems: () => Promise<readonly FieldProblem[]>,
): Promise<Received> {
  const file = form.file('file');
  if (file && ['upload', 'continue', 'save'].includes(action)) return upload(language, answers, file.bytes);
  if (action === 'upload')
    return { answers, stay: true, said: [{ name: 'file', text: formText[language].fileMissing }] };
  if (action !== 'leave-out') return { answers };
  const bad = new Set((await problems()).flatMap(({ pointer }) => /^\/volunteers\/(\d+)\//.exec(pointer)?.[1] ?? []));
  const good = rowsOf(answers, volunteerList).filter((_, index) => !bad.has(String(index)));
  return { answers: withRows(answers, volunteerList, good) };
}

export function CoverView({ form, language, today }: PageView) {
  const text = formText[language];
  return (
    <>
      <TextInput form={form} name="activity" hint={text.activityHint} />
      <fieldset class="group">
        <p class="hint">{text.coverHint}</p>
        <div class="columns two">
          <DateInput form={form} name="coverFrom" min={today} />
          <DateInput form={form} name="coverTo" min={today} />
        </div>
      </fieldset>
    </>
  );
}

function coverStep(language: Language): Step {
  return {
    id: 'cover',
    title: formText[language].steps.cover,
    asks: ['activity', 'coverFrom', 'coverTo'],
    view: (page) => <CoverView {...page} />,
    summary: ({ form }) => plainRows(form, ['activity', 'coverFrom', 'coverTo']),
  };
}

function People({ language, answers }: { readonly language: Language; readonly answers: Answers }) {
  const rows = volunteersBody(answers);
  const text = formText[language];
  return (
    <details>
      <summary>
        {fill(text.people, { count: rows.length })} · {text.showPeople}
      </summary>
      <ol>
        {rows.map((row) => (
          <li>
            {maskName(row.name)} · <span class="code">{maskIdentityNumber(row.identityNumber)}</span>
          </li>
        ))}
      </ol>
    </details>
  );
}

function volunteersStep(language: Language): Step {
  return {
    id: 'volunteers',
    title: formText[language].steps.volunteers,
    asks: ['volunteers', 'file'],
    view: (page) => <RosterView {...page} />,
    shows: (page, name) => name.startsWith('volunteers.') && !isGoodRow(page, Number(name.split('.')[1])),
    summary: ({ answers }) => [
      { label: formText[language].steps.volunteers, value: <People language={language} answers={answers} /> },
    ],
  };
}

/** The form for insuring volunteers: who, what and when, whom. */
export function insuranceApplication(language: Language, today: string, hub: Hub): Application {
  const draft: Application['draft'] = async (answers, thorough) => {
    const answer = (name: string) => answers.get(name) ?? '';
    const body = {
      ...whoBody(answers, language),
      activity: answer('activity'),
      coverFrom: typedDay(answer('coverFrom')),
      coverTo: typedDay(answer('coverTo')),
      volunteers: volunteersBody(answers),
    };
    return drafted(InsuranceInput, body, await coverProblems(hub, answers, today, thorough));
  };
  return {
    kind: 'insurance',
    path: '/insurance/new',
    questions: { single: [...whoFields, 'activity', 'coverFrom', 'coverTo'], list: volunteerList },
    defaults: new Map(),
    files: true,
    steps: [whoStep(language, 'insurance'), coverStep(language), volunteersStep(language)],
    receive: (form, answers, action) =>
      receiveRoster(language, form, answers, action, async () => (await draft(answers, true)).problems),
    draft,
  };
}
