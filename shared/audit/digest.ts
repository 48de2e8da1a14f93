import { createHash, createHmac, randomBytes } from 'node:crypto';
import { canonicalJson } from './canonical.ts';

/** What is hashed: a text for one purpose never has the hash of a text for another. */
type Purpose =
  | 'case'
  | 'child-case'
  | 'case-data'
  | 'case-personal'
  | 'event'
  | 'trace-chain'
  | 'trace'
  | 'party'
  | 'programme'
  | 'offer'
  | 'organization';

/** SHA-256 in 43 characters over the purpose and the canonical JSON of a value. */
export function digest(purpose: Purpose, value: unknown): string {
  return createHash('sha256')
    .update(`jieli ${purpose} 1\n${canonicalJson(value)}`)
    .digest('base64url');
}

/**
 * Binds a value without giving it away: whoever has not the salt cannot try what the value may have been, and when salt
 * and value are erased the digest stays and says nothing.
 */
export function saltedDigest(salt: string, value: unknown): string {
  return createHmac('sha256', Buffer.from(salt, 'base64url')).update(canonicalJson(value)).digest('base64url');
}

/** 128 random bits. */
export function newSalt(): string {
  return randomBytes(16).toString('base64url');
}
