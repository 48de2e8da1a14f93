import type { SQLOutputValue } from 'node:sqlite';

/** A row as the file gives it. */
export type Row = Readonly<Record<string, SQLOutputValue>>;

/** The whole number in a column. Throws when it holds something else. */
export function numberIn(row: Row, column: string): number {
  const value = row[column];
  if (typeof value !== 'number') throw new Error(`There is no number in ${column}.`);
  return value;
}

/** The text in a column. Throws when it holds something else. */
export function textIn(row: Row, column: string): string {
  const value = row[column];
  if (typeof value !== 'string') throw new Error(`There is no text in ${column}.`);
  return value;
}

/** The text in a column; undefined where it holds nothing. */
export function textOrNothing(row: Row, column: string): string | undefined {
  return row[column] === null ? undefined : textIn(row, column);
}

/** The bytes in a column. Throws when it holds something else. */
export function bytesIn(row: Row, column: string): Uint8Array {
  const value = row[column];
  if (!(value instanceof Uint8Array)) throw new Error(`There are no bytes in ${column}.`);
  return value;
}
