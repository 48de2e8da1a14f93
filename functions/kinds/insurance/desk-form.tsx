import { reviewRoster, rosterProblems, volunteersFromFile } from '../../../shared/case/roster.ts';
import type { FieldProblem } from '../../../shared/domain/errors.ts';
import type { Language } from '../../../shared/domain/language.ts';
import { readDay } from '../../../shared/domain/read/day.ts';
import { fieldText } from '../../../shared/i18n/errors.ts';
import { fill } from '../../../shared/i18n/lookup.ts';
import { rosterReadText, rosterSheetText, unreadableFileText } from '../../../shared/i18n/spreadsheet.ts';
import { InsuranceOnBehalfInput } from '../../../shared/kinds/insurance/input.ts';
import type { RosterRow } from '../../../shared/kinds/insurance/roster/read-roster-sheet.ts';
import { kindWords } from '../../../shared/kinds/words.ts';
import { UnreadableFile } from '../../../shared/spreadsheet/unreadable-file.ts';
import type { OwnField } from '../../forms/own.ts';
import { FileChoice } from '../../incoming/file-choice.tsx';
import { Hidden, TextArea } from '../../web/inputs.tsx';
import type { Form, Upload } from '../../web/read-form.ts';
import type { DeskBasis, DeskForms, DeskReceived } from '../pages.ts';
import { ColumnsByName, choiceIn, columnLabels } from './columns-by-name.tsx';
import { insuranceEntryText, rosterEntryText } from './desk-texts.ts';
import { LeftOutRows } from './left-out.tsx';
import { problemsByRow, RosterProblems } from './roster-problems.tsx';
import {
  leftOutFromText,
  leftOutToText,
  nameOfRow,
  rowsFromText,
  rowsToText,
  type TextRow,
  volunteersFromText,
} from './roster-text.ts';
import { rosterText } from './texts.ts';

/** A roster as text, a volunteer a row, or as a file that becomes such text. @param present how many there are already: an empty roster leaves them */
function rosterField({ rows = [] }: DeskBasis, present: number | undefined): OwnField {
  return {
    view({ form, language, scope = '' }) {
      const text = rosterEntryText[language];
      const name = `${scope}volunteers`;
      if (present !== undefined)
        return <TextArea form={form} name={name} rows={8} hint={fill(text.rosterStays, { count: present })} optional />;
      return (
        <>
          <p class="hint">{text.rosterHint}</p>
          <RosterProblems language={language} rows={rowsFromText(form.value(name))} fields={rows} />
          <FileChoice form={form} name="file" accept=".csv,.xlsx,.ods,.txt,.tsv" optional />
          <ColumnsByName form={form} />
          <TextArea form={form} name={name} rows={8} optional />
        </>
      );
    },
    read(typed, form) {
      const text = typed.value('volunteers');
      const isLeft = form === 'changes' && text.trim() === '';
      return { value: isLeft ? undefined : volunteersFromText(text), problems: [] };
    },
  };
}

/** Who was left out, and why: carried by the form, shown before it is sent, and sent along. */
const leftOutField: OwnField = {
  view({ form, language, scope = '' }) {
    const name = `${scope}leftOut`;
    const rows = leftOutFromText(form.value(name));
    if (rows.length === 0) return null;
    return (
      <>
        <h3>{kindWords[language].insurance.fields.leftOut.label}</h3>
        <LeftOutRows language={language} rows={rows} />
        <Hidden name={name} value={leftOutToText(rows)} />
      </>
    );
  },
  read(typed) {
    const rows = leftOutFromText(typed.value('leftOut'));
    return { value: rows.length > 0 ? rows : undefined, problems: [] };
  },
};

/** What is wrong with each row, for the days that the form has; nothing where it has none yet. */
function review(rows: readonly TextRow[], form: Form): FieldProblem[] {
  const [coverFrom, coverTo] = [readDay(form.get('coverFrom')), readDay(form.get('coverTo'))];
  if (!coverFrom || !coverTo) return [];
  const volunteers = rows.map(({ volunteer, place }) => ({ ...volunteer, ...place }));
  return rosterProblems(reviewRoster({ volunteers, coverFrom, coverTo }));
}

/** A row of a file as text. A number that a spreadsheet kept as one is written as one: no digit is made up that it lost. */
function textRow({ line, sheet, name, identityNumber, phone, digitsLost }: RosterRow): TextRow {
  const lost = digitsLost === true && /^\d+$/.test(identityNumber ?? '');
  const number = lost ? Number(identityNumber).toExponential().toUpperCase() : identityNumber;
  return { volunteer: { name, identityNumber: number, phone }, place: { line, ...(sheet !== undefined && { sheet }) } };
}

/** The rows of an uploaded roster as text for the form, where they can be mended, and what was read; or why the file cannot be used. */
async function fromFile(language: Language, file: Upload, form: Form): Promise<DeskReceived> {
  try {
    const sheet = await volunteersFromFile(file.bytes, choiceIn(form));
    if (!sheet.ok) return { why: rosterSheetText(language, sheet) };
    const rows = sheet.rows.map(textRow);
    const read = [fill(rosterText[language].readFile, { count: rows.length }), ...rosterReadText(language, sheet)];
    const typed = { volunteers: rowsToText(rows), leftOut: '' };
    return { typed, notice: read.join(' '), rows: review(rows, form) };
  } catch (error) {
    if (error instanceof UnreadableFile) return { why: unreadableFileText(language, error) };
    throw error;
  }
}

/** The form without the rows that have a problem: who is in them is kept with the reasons. */
function withoutBadRows(language: Language, form: Form): DeskReceived {
  const rows = rowsFromText(form.get('volunteers'));
  const bad = problemsByRow(review(rows, form));
  const reasonOf = (index: number) =>
    (bad.get(index) ?? []).map((problem) => fieldText(language, problem)).join(language === 'zh' ? '；' : '; ');
  const left = rows.flatMap((row, index) => {
    const { name = '' } = row.volunteer;
    if (!bad.has(index)) return [];
    return [{ row: nameOfRow(row, index), ...(name !== '' && { name }), reason: reasonOf(index) }];
  });
  const typed = {
    volunteers: rowsToText(rows.filter((_, index) => !bad.has(index))),
    leftOut: leftOutToText([...leftOutFromText(form.get('leftOut')), ...left]),
  };
  return { typed, notice: fill(rosterEntryText[language].leftOut, { count: left.length }), rows: [] };
}

/** A request for insurance as a coordinator enters it: its roster is typed as text, or read from a file. */
export const insuranceDesk: DeskForms<'insurance'> = {
  texts: insuranceEntryText,
  input: InsuranceOnBehalfInput,
  toldByRow: 'volunteers',
  own: (basis, subject) => ({
    own: { volunteers: rosterField(basis, subject?.roster.count), leftOut: leftOutField },
    labels: { file: rosterEntryText[basis.language].file, ...columnLabels(basis.language) },
  }),
  async receive(language, form) {
    const upload = form.file('file');
    if (upload) return fromFile(language, upload, form);
    return form.get('action') === 'leave-out' ? withoutBadRows(language, form) : undefined;
  },
};
