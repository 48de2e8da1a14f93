/** The column, counted from 0, of `AB12`; undefined when it is no address. */
export function columnOf(address: string): number | undefined {
  const letters = /^\$?([A-Z]{1,3})\$?\d/.exec(address)?.[1];
  if (!letters) return undefined;
  let column = 0;
  for (const letter of letters) column = column * 26 + letter.charCodeAt(0) - 64;
  return column - 1;
}
