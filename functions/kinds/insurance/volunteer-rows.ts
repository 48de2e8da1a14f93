import type { FieldProblem } from '../../../shared/domain/errors.ts';
import { type Answers, type Row, rowName, rowsOf } from '../../forms/answers.ts';

/**
 * What is typed of a person, then where the row was in a file, the number as a spreadsheet kept it that lost its last digits, and why
 * the row was left out.
 */
export const volunteerList = {
  name: 'volunteers',
  columns: ['name', 'identityNumber', 'phone', 'line', 'sheet', 'lost', 'out'],
} as const;

/** The volunteers as typed or read, without those who were left out; a number stays one that lost digits until somebody types another. */
export function volunteersIn(rows: readonly Row[]) {
  return rows.flatMap(
    ({ name = '', identityNumber = '', phone = '', line = '', sheet = '', lost = '', out = '' }, index) =>
      out !== ''
        ? []
        : [
            {
              name,
              identityNumber,
              phone,
              line: /^\d{1,6}$/.test(line) ? Number(line) : index + 1,
              ...(sheet !== '' && { sheet }),
              digitsLost: lost !== '' && lost === identityNumber,
            },
          ],
  );
}

/** Problems of the roster without the rows that were left out, by the rows' places among all of them. */
export function amongAll(rows: readonly Row[], found: readonly FieldProblem[]): FieldProblem[] {
  const places = rows.flatMap(({ out = '' }, index) => (out === '' ? [index] : []));
  return found.map((problem) => ({
    ...problem,
    pointer: problem.pointer.replace(/^\/volunteers\/(\d+)/, (_, at) => `/volunteers/${places[Number(at)] ?? at}`),
  }));
}

/** The rows that were left out, as whoever has the file open finds them. */
export function leftOutOf(rows: readonly Row[]) {
  return rows.flatMap((row, index) => {
    const { out = '', name = '' } = row;
    if (out === '') return [];
    const place = rowName(row, index).slice(0, 120);
    return [{ row: place, ...(name !== '' && { name: name.slice(0, 60) }), reason: out.slice(0, 400) }];
  });
}

const rowsIn = new WeakMap<Answers, readonly Row[]>();

/** All rows, those who were left out among them; taken out of the answers once. */
export function volunteerRows(answers: Answers): readonly Row[] {
  const rows = rowsIn.get(answers) ?? rowsOf(answers, volunteerList);
  rowsIn.set(answers, rows);
  return rows;
}
