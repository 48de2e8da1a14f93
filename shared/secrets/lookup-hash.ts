import { createHmac } from 'node:crypto';

/** What a person, or what is theirs, can be looked up by. */
export const lookupKinds = ['mail', 'phone', 'identity'] as const;
export type LookupKind = (typeof lookupKinds)[number];

/** Spellings of one value are alike: letters without case, numbers without signs and without the country's code. */
function plain(kind: LookupKind, value: string): string {
  if (kind === 'phone') return value.replace(/\D/g, '').replace(/^(00)?86(?=\d{10,})/, '');
  return value.trim().toLowerCase();
}

/** Finds what is kept about a person without storing by whom: a keyed hash of 132 bits, useless without the key. */
export function lookupHash(key: Buffer, kind: LookupKind, value: string): string {
  return createHmac('sha256', key)
    .update(`person ${kind} ${plain(kind, value)}`)
    .digest('base64url')
    .slice(0, 22);
}
