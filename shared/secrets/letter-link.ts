import { createHmac } from 'node:crypto';
import { PartyId } from '../domain/ids.ts';
import { isSameSecret } from './same-secret.ts';

/** What the link in a letter is good for: becoming a member, or confirming an address. */
export type LetterPurpose = 'invitation' | 'address';

/** What such a link names: something of a party, in the version that the letter was sent with. */
export interface LetterLink {
  readonly party: PartyId;
  /** an invitation's id, or an address's hash */
  readonly id: string;
  readonly version: number;
}

/** 128 bits, as in private links. */
const MAC_BYTES = 16;

/** The secret in a letter's link: what it names, and an HMAC over that and the purpose. Never stored. */
export function letterSecret(key: Buffer, purpose: LetterPurpose, { party, id, version }: LetterLink): string {
  const named = `${party}.${id}.${version}`;
  const mac = createHmac('sha256', key).update(`${purpose}/${named}`).digest().subarray(0, MAC_BYTES);
  return `${named}.${mac.toString('base64url')}`;
}

/** What a secret names, if it is one for this purpose; compared in constant time before anything is read. */
export function openLetterSecret(key: Buffer, purpose: LetterPurpose, secret: string): LetterLink | undefined {
  const match = /^([a-z0-9-]{2,40})\.([A-Za-z0-9_-]{10,22})\.(\d{1,4})\.[A-Za-z0-9_-]{22}$/.exec(secret);
  const party = PartyId.safeParse(match?.[1]).data;
  if (!match?.[2] || !match[3] || !party) return undefined;
  const link = { party, id: match[2], version: Number(match[3]) };
  return isSameSecret(secret, letterSecret(key, purpose, link)) ? link : undefined;
}
