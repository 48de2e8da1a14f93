import { createHmac } from 'node:crypto';
import { CASE_NUMBER, CaseId } from '../domain/ids.ts';
import { isSameSecret } from './same-secret.ts';

/** 128 bits: nobody guesses it, and the link stays short enough to be typed from paper. */
const MAC_BYTES = 16;

/** A secret that may be one: whose case it is, and a code. */
const SECRET = new RegExp(`^(${CASE_NUMBER})-[A-Za-z0-9_-]{22}$`);

function mac(key: Buffer, id: CaseId, version: number): Buffer {
  return createHmac('sha256', key).update(`${id}/${version}`).digest().subarray(0, MAC_BYTES);
}

/** The secret of a case's private link: its number and an HMAC over number and link version. Never stored. */
export function linkSecret(key: Buffer, id: CaseId, version: number): string {
  return `${id}-${mac(key, id, version).toString('base64url')}`;
}

/** The case number that a secret claims to be for, before anything is read; undefined when it is malformed. */
export function caseOfSecret(secret: string): CaseId | undefined {
  const match = SECRET.exec(secret);
  return match ? CaseId.parse(match[1]) : undefined;
}

/** So many links a case can have: who makes one void must wait for the next one's mail, and nobody does that so often. */
export const MOST_VERSIONS = 200;

/** Whether the secret is, letter by letter, the one for this case and link version; compared in constant time. */
export function isLinkSecret(key: Buffer, secret: string, id: CaseId, version: number): boolean {
  return isSameSecret(secret, linkSecret(key, id, version));
}

/**
 * The link version that a secret was made for, without anything being read: what nobody ever made costs the table nothing
 * and takes the same time whether or not there is such a case (a millisecond or two).
 */
export function linkVersionOf(key: Buffer, secret: string, id: CaseId): number | undefined {
  for (let version = 1; version <= MOST_VERSIONS; version++) if (isLinkSecret(key, secret, id, version)) return version;
  return undefined;
}
