import { columnUses, ImportChoices, type ImportPreview, namedEncodings } from '../../../shared/case/import.ts';
import { Rejected } from '../../../shared/domain/errors.ts';
import { foldWritten } from '../../../shared/domain/read/number.ts';
import type { Form } from '../../web/read-form.ts';

type SheetChoice = NonNullable<ImportChoices['sheets']>[number];

/** More rows than a person lists by hand. */
const MOST_ROWS = 20_000;

/** What was said of the file before. */
export function saidBefore({ choices }: ImportPreview): ImportChoices {
  return ImportChoices.safeParse(choices).data ?? {};
}

/** "5, 8-12": the rows that a person names. @throws {@link Rejected} `invalid` */
export function rowsNamed(text: string, field: 'without' | 'take'): number[] {
  const rows = new Set<number>();
  for (const part of foldWritten(text).split(/[,;、，\s]+/)) {
    if (part === '') continue;
    const [, from, to = from] = /^(\d{1,7})(?:[-~至](\d{1,7}))?$/.exec(part) ?? [];
    const [first, last] = [Number(from), Number(to)];
    if (!(first <= last) || last - first > MOST_ROWS)
      throw new Rejected('invalid', { fields: [{ pointer: `/${field}`, code: 'rows-unclear' }] });
    for (let row = first; row <= last; row += 1) rows.add(row);
  }
  return [...rows];
}

/** Rows as a person would name them: "5, 8-12". */
export function rowsText(rows: readonly number[]): string {
  const parts: [number, number][] = [];
  for (const row of rows.toSorted((one, other) => one - other)) {
    const last = parts.at(-1);
    if (last && row === last[1] + 1) last[1] = row;
    else parts.push([row, row]);
  }
  return parts.map(([from, to]) => (from === to ? String(from) : `${from}-${to}`)).join(', ');
}

/**
 * What a person says of a file on its page. Columns count only as long as the headings are where they were seen, and the words are in
 * the encoding in which they were seen.
 */
export function readMapping(form: Form, preview: ImportPreview): ImportChoices {
  const encoding = namedEncodings.find((name) => name === form.get('encoding'));
  const isOther = encoding !== undefined && encoding !== preview.encoding?.name;
  const sheets = preview.sheets.map((sheet, index): SheetChoice => {
    const headings = Number(foldWritten(form.get(`s${index}.headings`)) || sheet.headings);
    const columns = sheet.columns.map(({ column }) => {
      const said = form.get(`s${index}.${column}`);
      return [column, columnUses.find((use) => use === said) ?? null] as const;
    });
    const moved = headings !== sheet.headings;
    const organization = form.get(`s${index}.organization`).trim();
    const without = rowsNamed(form.get(`s${index}.without`), 'without');
    const take = rowsNamed(form.get(`s${index}.take`), 'take');
    return {
      name: sheet.name,
      ...(form.get(`s${index}.use`) === '' && { use: false }),
      headings,
      ...(!moved && !isOther && { columns: Object.fromEntries(columns) }),
      ...(organization !== '' && { organization }),
      ...(without.length > 0 && { without }),
      ...(take.length > 0 && { take }),
    };
  });
  return { ...(encoding && { encoding }), sheets };
}
