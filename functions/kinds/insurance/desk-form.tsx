import { volunteersFromFile } from '../../../shared/case/roster.ts';
import type { Language } from '../../../shared/domain/language.ts';
import { fieldText } from '../../../shared/i18n/errors.ts';
import { fill } from '../../../shared/i18n/lookup.ts';
import { rosterSheetText, unreadableFileText } from '../../../shared/i18n/spreadsheet.ts';
import { InsuranceOnBehalfInput } from '../../../shared/kinds/insurance/input.ts';
import { placeOf } from '../../../shared/kinds/insurance/roster/read-roster-sheet.ts';
import { UnreadableFile } from '../../../shared/spreadsheet/unreadable-file.ts';
import type { OwnField } from '../../forms/own.ts';
import { FileInput, TextArea } from '../../web/inputs.tsx';
import type { DeskBasis, DeskForms } from '../pages.ts';
import { insuranceEntryText, rosterEntryText } from './desk-texts.ts';
import { RosterProblems } from './roster-problems.tsx';
import { volunteersFromText, volunteersToText } from './roster-text.ts';

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
          <RosterProblems language={language} volunteers={volunteersFromText(form.value(name))} fields={rows} />
          <FileInput form={form} name="file" accept=".csv,.xlsx,.txt,.tsv" optional />
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

/** The rows of an uploaded roster as text for the form, where they can be mended; or why the file cannot be used. */
async function typedRoster(language: Language, bytes: Uint8Array) {
  const text = rosterEntryText[language];
  try {
    const sheet = await volunteersFromFile(bytes);
    if (!sheet.ok) return { why: rosterSheetText(language, sheet) };
    const lost = sheet.rows.find((row) => row.digitsLost);
    if (lost) {
      const problem = fieldText(language, { pointer: '', code: 'identity-digits-lost' });
      return { why: `${fill(text.row, { row: placeOf(lost) })}: ${problem}` };
    }
    const rows = sheet.rows.map(({ name, identityNumber, phone }) => ({ name, identityNumber, phone }));
    return { typed: { volunteers: volunteersToText(rows) } };
  } catch (error) {
    if (error instanceof UnreadableFile) return { why: unreadableFileText(language, error) };
    throw error;
  }
}

/** A request for insurance as a coordinator enters it: its roster is typed as text, or read from a file. */
export const insuranceDesk: DeskForms<'insurance'> = {
  texts: insuranceEntryText,
  input: InsuranceOnBehalfInput,
  toldByRow: 'volunteers',
  own: (basis, subject) => ({
    own: { volunteers: rosterField(basis, subject?.roster.count) },
    labels: { file: rosterEntryText[basis.language].file },
  }),
  readFile: typedRoster,
};
