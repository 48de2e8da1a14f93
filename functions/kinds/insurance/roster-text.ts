import type { VolunteerInput } from '../../../shared/kinds/insurance/input.ts';
import { placeOf, type RosterRow } from '../../../shared/kinds/insurance/roster/read-roster-sheet.ts';

/** A row of a roster that is text: who, and where they stood in a file that they were read from. */
export interface TextRow {
  readonly volunteer: VolunteerInput;
  readonly place?: Pick<RosterRow, 'line' | 'sheet'>;
}

/** Where a row stood, as its last cell has it: `#13`, or `#13 (第二组)`. */
const PLACE = /^#(\d{1,6})(?: \((.*)\))?$/;

function rowFrom(row: string): TextRow {
  const apart = /[\t,，;；|]/.test(row);
  const cells = apart ? row.split(/[\t,，;；|]/).map((cell) => cell.trim()) : row.split(/\s+/);
  // names may have spaces in them, numbers do not
  const [name, identityNumber, phone, last = ''] = apart
    ? cells
    : [cells.slice(0, Math.max(1, cells.length - 2)).join(' '), ...cells.slice(Math.max(1, cells.length - 2))];
  const [, line, sheet] = PLACE.exec(last) ?? [];
  return {
    volunteer: { ...(name && { name }), ...(identityNumber && { identityNumber }), ...(phone && { phone }) },
    ...(line !== undefined && { place: { line: Number(line), ...(sheet && { sheet }) } }),
  };
}

/** Typed volunteers, one a row: name, identity number and telephone, apart by tabs, commas or spaces. */
export function rowsFromText(text: string): TextRow[] {
  return text
    .split('\n')
    .map((row) => row.trim())
    .filter((row) => row !== '')
    .map(rowFrom);
}

/** The volunteers of {@link rowsFromText}. */
export function volunteersFromText(text: string): VolunteerInput[] {
  return rowsFromText(text).map(({ volunteer }) => volunteer);
}

/** The same rows as text, to be corrected in the form. */
export function rowsToText(rows: readonly TextRow[]): string {
  return rows
    .map(({ volunteer: { name = '', identityNumber = '', phone = '' }, place }) =>
      [name, identityNumber, phone, ...(place ? [`#${placeOf(place)}`] : [])].join('\t'),
    )
    .join('\n');
}

/** What a row is called: as in its file, else by its place in the text from 1. */
export function nameOfRow({ place }: TextRow, index: number): string {
  return placeOf(place ?? { line: index + 1 });
}

/** A row that was left out, and why. */
export interface LeftOutRow {
  readonly row: string;
  readonly name?: string;
  readonly reason: string;
}

/** Rows that were left out as a form carries them. */
export function leftOutToText(rows: readonly LeftOutRow[]): string {
  return rows.map(({ row, name = '', reason }) => [row, name, reason].join('\t')).join('\n');
}

export function leftOutFromText(text: string): LeftOutRow[] {
  return text.split(/\r?\n/).flatMap((each) => {
    const [row = '', name = '', reason = ''] = each.split('\t');
    return row === '' ? [] : [{ row, ...(name !== '' && { name }), reason }];
  });
}
