import { timingSafeEqual } from 'node:crypto';

/** Whether what was given is the right secret, compared in constant time: the one way in which secrets are compared. */
export function isSameSecret(given: string, right: string): boolean {
  const [one, other] = [Buffer.from(given), Buffer.from(right)];
  return one.length === other.length && timingSafeEqual(one, other);
}
