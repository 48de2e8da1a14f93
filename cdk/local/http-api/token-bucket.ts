import type { Millis } from '../types.ts';
import type { Throttling } from './definition.ts';

/** Gives one token, or says that none is left. */
export type TokenBucket = (now: Millis) => boolean;

/** A bucket that holds `burst` tokens and gets `rate` a second. */
export function createTokenBucket({ burst, rate }: Throttling): TokenBucket {
  let tokens = burst;
  let filled: Millis | undefined;
  return (now) => {
    tokens = Math.min(burst, tokens + (Math.max(0, now - (filled ?? now)) / 1_000) * rate);
    filled = now;
    if (tokens < 1) return false;
    tokens -= 1;
    return true;
  };
}
