import type { Clock, Millis } from '../types.ts';

/** setTimeout takes no more than this. */
const LONGEST_TIMEOUT = 2 ** 31 - 1;

/** The machine's own time, for running alone: it cannot be moved. */
export function realClock(): Clock {
  let under = 0;
  let waiting: (() => void)[] = [];
  return {
    now: () => Date.now(),
    at(at, due) {
      let handle: NodeJS.Timeout;
      const wait = (): void => {
        const left = at - Date.now();
        handle = left > LONGEST_TIMEOUT ? setTimeout(wait, LONGEST_TIMEOUT) : setTimeout(due, Math.max(left, 0));
      };
      wait();
      return { cancel: () => clearTimeout(handle) };
    },
    busy() {
      under += 1;
      let finished = false;
      return () => {
        if (finished) return;
        finished = true;
        under -= 1;
        if (under > 0) return;
        for (const resolve of waiting) resolve();
        waiting = [];
      };
    },
    settled: () => (under === 0 ? Promise.resolve() : new Promise((resolve) => waiting.push(resolve))),
    advance: (by: Millis) => Promise.reject(new Error(`this clock is the machine's and cannot be moved by ${by} ms`)),
  };
}
