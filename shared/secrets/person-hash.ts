import { createHmac } from 'node:crypto';

/** Finds a person by identity number without storing the number: a keyed hash, useless without the key. */
export function personHash(key: Buffer, identityNumber: string): string {
  return createHmac('sha256', key).update(identityNumber.toUpperCase()).digest('base64url').slice(0, 32);
}
