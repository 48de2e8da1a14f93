import type { Pool } from './pool.ts';

/** How many threads all functions of a deployment may have together. */
export interface Seats {
  /** Takes one if there is one, or if the asking function has no thread at all: it must not wait for ever. */
  take(hasNone: boolean): boolean;
  free(): void;
}

/** Hands out `most` seats; before it refuses one it ends an idle thread of some function. */
export function createSeats(most: number, pools: () => Iterable<Pool>): Seats {
  let taken = 0;
  const endSomeIdle = (): boolean => {
    for (const pool of pools()) if (pool.endIdle()) return true;
    return false;
  };
  return {
    take(hasNone) {
      const room = taken < most || endSomeIdle() || hasNone;
      if (room) taken += 1;
      return room;
    },
    free() {
      taken -= 1;
      // Not at once: the seat may have been freed for the one who is just taking it.
      queueMicrotask(() => {
        for (const pool of pools()) pool.poke();
      });
    },
  };
}
