/** The column, counted from 0, of `AB12`; undefined when it is no address. */
export function columnOf(address: string): number | undefined {
  const letters = /^\$?([A-Z]{1,3})\$?\d/.exec(address)?.[1];
  if (!letters) return undefined;
  let column = 0;
  for (const letter of letters) column = column * 26 + letter.charCodeAt(0) - 64;
  return column - 1;
}

/** The letters of a column that is counted from 0: `AB` for 27. */
export function columnLetters(index: number): string {
  const last = String.fromCharCode(65 + (index % 26));
  return index < 26 ? last : columnLetters(Math.floor(index / 26) - 1) + last;
}
