import { createHmac } from 'node:crypto';
import { FOLD_VERSION } from '../domain/same/fold.ts';
import { foldMailbox } from '../domain/same/mailbox.ts';

/** What a person, or what is theirs, can be looked up by. */
export const lookupKinds = ['mail', 'phone', 'identity'] as const;
export type LookupKind = (typeof lookupKinds)[number];

function hmac(key: Buffer, text: string): string {
  return createHmac('sha256', key).update(`person ${text}`).digest('base64url').slice(0, 22);
}

/** Spellings of one value are alike: mailboxes as `foldMailbox` says, numbers without signs and without the country's code. */
function plain(kind: LookupKind, value: string): string {
  if (kind === 'phone') return value.replace(/\D/g, '').replace(/^(00)?86(?=\d{10,})/, '');
  if (kind === 'mail') return `${FOLD_VERSION} ${foldMailbox(value)}`;
  return value.trim().toLowerCase();
}

/** Finds what is kept about a person without storing by whom: a keyed hash of 132 bits, useless without the key. */
export function lookupHash(key: Buffer, kind: LookupKind, value: string): string {
  return hmac(key, `${kind} ${plain(kind, value)}`);
}

/**
 * The same for one mail address, spelt as it is but for case: what somebody gets by an address (a case, a link) they get by the
 * very one. People were found by this too before mailboxes were folded, and may still be, see `shared/rekeying/`.
 */
export function mailAddressHash(key: Buffer, address: string): string {
  return hmac(key, `mail ${address.trim().toLowerCase()}`);
}
