import { checkAndStage, type RosterReading, volunteersFromFile } from '../../../shared/case/roster.ts';
import { type FieldProblem, Rejected } from '../../../shared/domain/errors.ts';
import type { Language } from '../../../shared/domain/language.ts';
import { maskName } from '../../../shared/domain/mask.ts';
import { readDay } from '../../../shared/domain/read/day.ts';
import { fieldText } from '../../../shared/i18n/errors.ts';
import { fill } from '../../../shared/i18n/lookup.ts';
import { rosterReadText, rosterSheetText, unreadableFileText } from '../../../shared/i18n/spreadsheet.ts';
import type { InsuranceCase } from '../../../shared/kinds/insurance/case.ts';
import { InsuranceInput } from '../../../shared/kinds/insurance/input.ts';
import { maskIdentityNumber } from '../../../shared/kinds/insurance/roster/identity-number.ts';
import { rosterTemplate } from '../../../shared/kinds/insurance/roster/read-roster-sheet.ts';
import { kindWords } from '../../../shared/kinds/words.ts';
import { UnreadableFile } from '../../../shared/spreadsheet/unreadable-file.ts';
import type { Hub } from '../../../shared/store/hub.ts';
import { type Answers, type Row, withRows } from '../../forms/answers.ts';
import type { PageView, Received } from '../../forms/application.ts';
import type { OwnField } from '../../forms/own.ts';
import type { Typed } from '../../forms/read-fields.ts';
import type { Form, Upload as UploadedFile } from '../../web/read-form.ts';
import type { KindForms } from '../pages.ts';
import { choiceIn, columnLabels, columnsNamed } from './columns-by-name.tsx';
import { LeftOutRows } from './left-out.tsx';
import { type LongRoster, longRoster } from './long-roster.ts';
import { isDrawn, RosterView } from './roster-view.tsx';
import { insuranceFormText, rosterText } from './texts.ts';
import { leftOutOf, volunteerList, volunteerRows } from './volunteer-rows.ts';

const { columns } = volunteerList;

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
async function coverProblems(
  hub: Hub,
  roster: LongRoster,
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
  return [...(await roster.problems(answers, coverFrom, coverTo))];
}

async function upload(
  language: Language,
  answers: Answers,
  file: UploadedFile,
  choice: RosterReading,
): Promise<Received> {
  const text = rosterText[language];
  const refused = (why: string): Received => ({
    // which column is which was typed too
    answers: new Map([...answers, ...columnsNamed(choice)]),
    stay: true,
    said: [{ name: 'file', text: why }],
  });
  try {
    const sheet = await volunteersFromFile(file.bytes, choice);
    if (!sheet.ok) return refused(rosterSheetText(language, sheet));
    const rows: Row[] = sheet.rows.map((row) => ({
      name: row.name ?? '',
      identityNumber: row.identityNumber ?? '',
      phone: row.phone ?? '',
      line: String(row.line),
      sheet: row.sheet ?? '',
      lost: row.digitsLost ? (row.identityNumber ?? '') : '',
    }));
    const replaced = volunteerRows(answers).length > 0 ? ` ${text.replaced}` : '';
    const notice = [fill(text.readFile, { count: rows.length }) + replaced, ...rosterReadText(language, sheet)].join(
      ' ',
    );
    return { answers: withRows(answers, volunteerList, rows), stay: true, notice };
  } catch (error) {
    if (!(error instanceof UnreadableFile)) throw error;
    return refused(unreadableFileText(language, error));
  }
}

/** What the roster's own buttons do: read a file, leave out the rows with a problem. */
async function receiveRoster(
  language: Language,
  form: Form,
  answers: Answers,
  action: string,
  problems: () => Promise<readonly FieldProblem[]>,
): Promise<Received> {
  const file = form.file('file');
  if (file && ['upload', 'continue', 'save'].includes(action)) return upload(language, answers, file, choiceIn(form));
  if (action === 'upload')
    return { answers, stay: true, said: [{ name: 'file', text: rosterText[language].fileMissing }] };
  if (action !== 'leave-out') return { answers };
  const reasons = Map.groupBy(await problems(), ({ pointer }) => /^\/volunteers\/(\d+)\//.exec(pointer)?.[1] ?? '');
  // kept with the reason: who is not insured must not be forgotten
  const rows = volunteerRows(answers).map((row, index) => {
    const found = reasons.get(String(index)) ?? [];
    const out = found.map((problem) => fieldText(language, problem)).join(language === 'zh' ? '；' : '; ');
    return found.length > 0 ? { ...row, out: out.slice(0, 400) } : row;
  });
  return { answers: withRows(answers, volunteerList, rows) };
}

interface PeopleProps {
  readonly language: Language;
  readonly count: number;
  readonly first: readonly Row[];
}

function People({ language, count, first }: PeopleProps) {
  const text = rosterText[language];
  return (
    <details>
      <summary>
        {fill(text.people, { count })} · {text.showPeople}
      </summary>
      <ol>
        {first.map(({ name = '', identityNumber = '' }) => (
          <li>
            {maskName(name)} · <span class="code">{maskIdentityNumber(identityNumber)}</span>
          </li>
        ))}
      </ol>
      {count > first.length && <p>{fill(text.others, { count: count - first.length })}</p>}
    </details>
  );
}

/** The roster of a form; of changes to `subject` it is another one, and the present one stays where none is given. */
function rosterField(roster: LongRoster, subject: InsuranceCase | undefined): OwnField {
  return {
    columns,
    also: ['file'],
    view: (page) => (subject ? <AnotherRoster page={page} subject={subject} /> : <RosterView {...page} />),
    shows: (page, name) => isDrawn(page, Number(name.split('.')[1])),
    read(typed, form) {
      // rows that are kept beside the form are asked for when it is sent
      if (isKeptAway(typed)) return { value: [{}], problems: [] };
      const rows = typed.rows('volunteers', columns).flatMap((row) => {
        const cell = (column: 'name' | 'identityNumber' | 'phone' | 'out') =>
          typed.value(`volunteers.${row}.${column}`);
        if (cell('out') !== '') return [];
        return [{ name: cell('name'), identityNumber: cell('identityNumber'), phone: cell('phone') }];
      });
      return { value: form === 'changes' && rows.length === 0 ? undefined : rows, problems: [] };
    },
    show: ({ language, answers }) => [
      {
        label: kindWords[language].insurance.fields.volunteers.label,
        value: <People language={language} {...roster.told(answers)} />,
      },
    ],
  };
}

function isKeptAway(typed: Typed): boolean {
  return typed.value('volunteers.kept') !== '' && typed.rows('volunteers', columns).length === 0;
}

/** Who was left out, and why: shown before it is sent, to be taken away as a file, and sent along. */
function leftOutField(roster: LongRoster): OwnField {
  return {
    view: () => null,
    read(typed) {
      const cell = (index: number, column: string) => typed.value(`volunteers.${index}.${column}`);
      const row = (index: number): Row =>
        cell(index, 'out') === '' ? {} : Object.fromEntries(columns.map((column) => [column, cell(index, column)]));
      const rows = leftOutOf(typed.rows('volunteers', columns).map(row));
      return { value: rows.length > 0 ? rows : undefined, problems: [] };
    },
    show({ language, answers }) {
      const rows = roster.told(answers).leftOut;
      if (rows.length === 0) return [];
      return [
        {
          label: kindWords[language].insurance.fields.leftOut.label,
          value: <LeftOutRows language={language} rows={rows} />,
        },
      ];
    },
  };
}

function AnotherRoster({ page, subject }: { readonly page: PageView; readonly subject: InsuranceCase }) {
  const text = rosterText[page.language];
  const isBegun = page.checked || page.answers.has('volunteers.0.name') || page.form.error('file') !== undefined;
  return (
    <>
      <h2>{kindWords[page.language].insurance.fields.volunteers.label}</h2>
      <p>{fill(text.keepRoster, { count: subject.roster.count })}</p>
      <details open={isBegun}>
        <summary>{text.newRoster}</summary>
        <RosterView {...page} />
      </details>
    </>
  );
}

/** The form for insuring volunteers: who, what and when, whom. */
export const insuranceForms: KindForms<'insurance'> = {
  texts: insuranceFormText,
  path: '/insurance/new',
  input: InsuranceInput,
  ofProgramme: false,
  sheet: { path: '/insurance/roster', heading: rosterTemplate },
  tells: 'activity',
  own({ language, today, hub }, subject) {
    const roster = longRoster(hub, today);
    return {
      own: { volunteers: rosterField(roster, subject), leftOut: leftOutField(roster) },
      labels: {
        file: rosterText[language].file,
        ...columnLabels(language),
      },
      files: true,
      long: roster,
      receive: (form, answers, action, problems) => receiveRoster(language, form, answers, action, problems),
      check: (answers, thorough) =>
        coverProblems(hub, roster, answers, today, subject ? volunteerRows(answers).length > 0 : thorough),
    };
  },
};
