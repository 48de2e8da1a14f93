import { createHash } from 'node:crypto';
import type { MemberId } from '../domain/ids.ts';

/** What a person is called where one is chosen from a list: pages and answers do not show the ids that people sign in with. */
export function personKey(member: MemberId): string {
  return createHash('sha256').update(member).digest('base64url').slice(0, 16);
}
