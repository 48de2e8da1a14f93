import type { FieldProblem } from '../../../shared/domain/errors.ts';
import type { Language } from '../../../shared/domain/language.ts';
import { fieldText } from '../../../shared/i18n/errors.ts';
import { fill } from '../../../shared/i18n/lookup.ts';
import type { VolunteerInput } from '../../../shared/kinds/insurance/input.ts';
import { kindWords } from '../../../shared/kinds/words.ts';
import { ScrollBox } from '../../web/scroll-box.tsx';
import { rosterEntryText } from './desk-texts.ts';

const ROW = /^\/(?:[a-z]+\/)?volunteers\/(\d+)(?:\/|$)/;

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
  readonly volunteers: readonly VolunteerInput[];
  readonly fields: readonly FieldProblem[];
}

/** Every row that is wrong with its reasons, beside the good ones. */
export function RosterProblems({ language, volunteers, fields }: RosterProblemsProps) {
  const text = rosterEntryText[language];
  const person = kindWords[language].insurance.fields.volunteers.parts;
  const bad = problemsByRow(fields);
  if (bad.size === 0) return null;
  return (
    <>
      <p class="field-error">{fill(text.badRows, { count: bad.size, good: volunteers.length - bad.size })}</p>
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
            {volunteers.map(({ name, identityNumber, phone }, row) => {
              const problems = bad.get(row) ?? [];
              return (
                <tr class={problems.length > 0 ? 'bad' : undefined}>
                  <td>{row + 1}</td>
                  <td>{name}</td>
                  <td>{identityNumber}</td>
                  <td>{phone}</td>
                  <td>
                    {problems.length === 0
                      ? text.ok
                      : problems.map((problem) => <div>{fieldText(language, problem)}</div>)}
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </ScrollBox>
    </>
  );
}
