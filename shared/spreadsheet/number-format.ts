/** What a number in a cell is shown as. */
export type NumberKind = 'number' | 'date' | 'percent';

/** The numbers that stand for built-in date and time formats; 27 to 36 and 50 to 58 are those of East Asia (ECMA-376 part 1, 18.8.30). */
const BUILT_IN_DATES: readonly (readonly [from: number, to: number])[] = [
  [14, 22],
  [27, 36],
  [45, 47],
  [50, 58],
];

/** The kind of a built-in format. */
export function builtInKind(formatId: number): NumberKind {
  if (formatId === 9 || formatId === 10) return 'percent';
  return BUILT_IN_DATES.some(([from, to]) => formatId >= from && formatId <= to) ? 'date' : 'number';
}

/** A spreadsheet program takes no longer ones. */
const LONGEST_FORMAT = 255;

/** The kind of a format that the file itself defines, from its code: `yyyy"年"m"月"d"日"` is a date, `0.0%` a percentage. */
export function kindOfFormat(code: string): NumberKind {
  // Text in quotation marks, escaped and padding characters, colours and conditions are no part of the pattern.
  const pattern = code.slice(0, LONGEST_FORMAT).replace(/"[^"]*"|[\\_*].|\[[^\]]*\]/g, '');
  if (/[ymdhs]/i.test(pattern)) return 'date';
  return pattern.includes('%') ? 'percent' : 'number';
}
