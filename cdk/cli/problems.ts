import type * as z from 'zod';

/** What a person typed is not what it must be: a line for each thing, with what would be right. */
export class Mistaken extends Error {
  override readonly name = 'Mistaken';
  constructor(lines: readonly string[]) {
    super(lines.join('\n'));
  }
}

/** A place in a file as a person finds it: `members[2].roles[0]`. */
function placeOf(path: readonly PropertyKey[]): string {
  return path
    .map((key) => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`))
    .join('')
    .replace(/^\./, '');
}

/** What is wrong with the content of a file, a line each. */
export function linesOf(file: string, { issues }: z.ZodError): string[] {
  return issues.map(({ path, message }) => `${file}: ${[placeOf(path), message].filter(Boolean).join(': ')}`);
}
