import { createHmac } from 'node:crypto';

/** Finds what belongs to a mail address without storing the address: a keyed hash, useless without the key. */
export function mailHash(key: Buffer, email: string): string {
  return createHmac('sha256', key).update(`mail ${email.trim().toLowerCase()}`).digest('base64url').slice(0, 22);
}
