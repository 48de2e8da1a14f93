import type { FieldProblem } from '../../../shared/domain/errors.ts';
import type { Language } from '../../../shared/domain/language.ts';
import { fieldText } from '../../../shared/i18n/errors.ts';
import { fill } from '../../../shared/i18n/lookup.ts';
import { MAX_LEFT_OUT } from '../../../shared/kinds/insurance/input.ts';
import { kindWords } from '../../../shared/kinds/words.ts';
import { ScrollBox } from '../../web/scroll-box.tsx';
import { Submit } from '../../web/submit.tsx';
import { rosterEntryText } from './desk-texts.ts';
import { nameOfRow, type TextRow } from './roster-text.ts';
import { rosterText } from './texts.ts';

const ROW = /^\/(?:[a-z]+\/)?volunteers\/(\d+)(?:\/|$)/;
/** Rows that the table has at most; the rest of them comes after these. */
const SHOWN = 100;

/** The problems of single rows, by row from 0. */
export function problemsByRow(fields: readonly FieldProblem[]): ReadonlyMap<number, readonly FieldProblem[]> {
  const rows = new Map<number, FieldProblem[]>();
  for (const field of fields) {
    const row = ROW.exec(field.pointer)?.[1];
    if (row !== undefined) rows.set(Number(row), [...(rows.get(Number(row)) ?? []), field]);
  }
  return rows;
}

interface RosterProblemsProps {
  readonly language: Language;
  readonly rows: readonly TextRow[];
  readonly fields: readonly FieldProblem[];
}

/** Every row that is wrong with its reasons, and a button that leaves them out. */
export function RosterProblems({ language, rows, fields }: RosterProblemsProps) {
  const text = rosterEntryText[language];
  const person = kindWords[language].insurance.fields.volunteers.parts;
  const bad = problemsByRow(fields);
  if (bad.size === 0) return null;
  const good = rows.length - bad.size;
  return (
    <>
      <p class="field-error">{fill(text.badRows, { count: bad.size, good })}</p>
      <ScrollBox label={text.roster}>
        <table class="roster">
          <thead>
            <tr>
              <th scope="col">#</th>
              <th scope="col">{person.name.label}</th>
              <th scope="col">{person.identityNumber.label}</th>
              <th scope="col">{person.phone.label}</th>
              <th scope="col" />
            </tr>
          </thead>
          <tbody>
            {rows
              .flatMap((row, index) => (bad.has(index) ? [[row, index] as const] : []))
              .slice(0, SHOWN)
              .map(([row, index]) => (
                <tr class="bad">
                  <td>{nameOfRow(row, index)}</td>
                  <td>{row.volunteer.name}</td>
                  <td>{row.volunteer.identityNumber}</td>
                  <td>{row.volunteer.phone}</td>
                  <td>
                    {bad.get(index)?.map((problem) => (
                      <div>{fieldText(language, problem)}</div>
                    ))}
                  </td>
                </tr>
              ))}
          </tbody>
        </table>
      </ScrollBox>
      {bad.size > SHOWN && <p class="hint">{fill(rosterText[language].firstOnes, { count: SHOWN })}</p>}
      {good > 0 && bad.size <= MAX_LEFT_OUT && (
        <p>
          <Submit text={fill(text.leaveOut, { count: bad.size })} look="second" name="action" value="leave-out" />
        </p>
      )}
    </>
  );
}
