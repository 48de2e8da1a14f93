import { createHash } from 'node:crypto';

/** What a mail is known by: the same whenever it is about the same for the same reader, and not to be guessed back. */
export function nameOf(...what: readonly (string | number)[]): string {
  return createHash('sha256').update(what.join('\n')).digest('base64url');
}
