/** One line of the report: a figure, what one would use instead beside it, and what was aimed at. */
export interface Figure {
  readonly what: string;
  readonly value: number;
  readonly unit?: string;
  /** the same measured of something else in the same run */
  readonly beside?: { readonly what: string; readonly value: number };
  /** the most (or with `least` the least) that was aimed at: of the value, or with `ratio` of its ratio to the other */
  readonly target?: { readonly most?: number; readonly least?: number; readonly ratio?: true };
}

export interface Section {
  readonly title: string;
  readonly figures: readonly Figure[];
  readonly notes?: readonly string[];
}

function shown(value: number): string {
  const digits = Math.abs(value) >= 100 || Number.isInteger(value) ? 0 : Math.abs(value) >= 10 ? 1 : 2;
  return value.toLocaleString('en', { minimumFractionDigits: digits, maximumFractionDigits: digits });
}

function targetOf({ value, beside, target }: Figure): string {
  if (!target) return '';
  const measured = target.ratio && beside ? value / beside.value : value;
  const unit = target.ratio ? '×' : '';
  const met = measured <= (target.most ?? Number.POSITIVE_INFINITY) && measured >= (target.least ?? 0);
  const aim = target.most === undefined ? `≥ ${shown(target.least ?? 0)}` : `≤ ${shown(target.most)}`;
  return `${aim}${unit} ${met ? 'met' : 'NOT MET'}`;
}

/** Prints a section as a table; a figure that takes long to come can be printed as soon as it is there. */
export function print({ title, figures, notes = [] }: Section): void {
  const rows = figures.map((figure) => [
    figure.what,
    `${shown(figure.value)}${figure.unit ? ` ${figure.unit}` : ''}`,
    figure.beside ? `${shown(figure.beside.value)}  ${figure.beside.what}` : '',
    figure.beside ? `${shown(figure.value / figure.beside.value)}×` : '',
    targetOf(figure),
  ]);
  const heads = [title, 'here', 'beside', 'ratio', 'target'];
  const widths = heads.map((head, column) => Math.max(head.length, ...rows.map((row) => row[column]?.length ?? 0)));
  const line = (row: readonly string[]) =>
    row
      .map((cell, column) =>
        column === 1 || column === 3 ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[column] ?? 0),
      )
      .join('  ')
      .trimEnd();
  console.log(`\n${line(heads)}\n${widths.map((width) => '─'.repeat(width)).join('  ')}`);
  for (const row of rows) console.log(line(row));
  for (const note of notes) console.log(`  ${note}`);
}
