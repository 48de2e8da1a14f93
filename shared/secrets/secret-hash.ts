import { createHash } from 'node:crypto';

/** Under what the table keeps what opens with a secret that nobody can guess: whoever reads the table alone opens nothing. */
export function secretHash(secret: string): string {
  return createHash('sha256').update(secret).digest('base64url');
}
