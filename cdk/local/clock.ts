import { createDueHeap, type Due } from './clock/due-heap.ts';
import { machineNow } from './clock/local-date.ts';
import { readOffset, writeOffset } from './clock/offset-file.ts';
import { createUnderWay } from './clock/under-way.ts';
import type { Clock, Millis } from './types.ts';

export { installClock } from './clock/local-date.ts';

export interface LocalClock extends Clock {
  /** The offset for `installClock`, here and in other threads. */
  readonly shared: SharedArrayBuffer;
  /** How many milliseconds the clock is ahead of the machine; negative while it is behind. */
  offset(): Millis;
  /** What keeps time from moving on just now, for whoever wonders why it does not. */
  underWay(): readonly string[];
  /** Forgets all timers and lets the process end. */
  stop(): void;
}

/** setTimeout takes no more than this many milliseconds (about 24.8 days). */
const LONGEST_TIMEOUT: Millis = 2 ** 31 - 1;

export interface ClockOptions {
  readonly file: string;
  /** Where a clock begins that has no file yet, in milliseconds from the machine's time: negative begins in the past. */
  readonly begin?: Millis;
}

/**
 * The clock whose offset `file` keeps. Real time passes on it as well; `advance` adds to that. Two moves at once are
 * done one after the other. Throws if the file holds something else.
 */
export function createClock({ file, begin = 0 }: ClockOptions): LocalClock {
  const shared = new SharedArrayBuffer(8);
  const cell = new BigInt64Array(shared);
  const heap = createDueHeap();
  const underWay = createUnderWay();
  const stored = readOffset(file);
  let offset = stored ?? begin;
  // written at once: a kill before the first move must not make it begin anew
  if (stored === undefined && begin !== 0) writeOffset(file, begin, true);
  let latest: Millis = 0;
  let order = 0;
  let armed: { readonly at: Millis; readonly timeout: NodeJS.Timeout } | undefined;
  let moving: Promise<unknown> = Promise.resolve();
  let stopped = false;
  Atomics.store(cell, 0, BigInt(offset));

  // The machine's time may be set back; this clock stands still until it has caught up.
  const now = (): Millis => {
    latest = Math.max(latest, machineNow() + offset);
    return latest;
  };

  const disarm = (): void => {
    if (armed !== undefined) clearTimeout(armed.timeout);
    armed = undefined;
  };

  const fire = (until: Millis): void => {
    for (let due = heap.takeUntil(until); due !== undefined; due = heap.takeUntil(until)) {
      try {
        due.run();
      } catch (error) {
        // One owner's failure must not keep the others' timers from firing; it surfaces as an uncaught exception.
        queueMicrotask(() => {
          throw error;
        });
      }
    }
  };

  const arm = (): void => {
    const next = heap.first();
    if (armed !== undefined && (next === undefined || armed.at > next.at)) disarm();
    if (next === undefined || armed !== undefined || stopped) return;
    const timeout = setTimeout(
      () => {
        armed = undefined;
        fire(now());
        arm();
      },
      Math.min(Math.max(0, next.at - now()), LONGEST_TIMEOUT),
    );
    armed = { at: next.at, timeout };
  };

  const move = (to: Millis, flush: boolean): void => {
    const moved = offset + Math.max(0, to - now());
    // What cannot be written has not happened: the time stays what it was for all who read it.
    writeOffset(file, moved, flush);
    offset = moved;
    Atomics.store(cell, 0, BigInt(offset));
    disarm();
    arm();
  };

  const settled = async (): Promise<void> => {
    await underWay.settled();
    for (let next = heap.first(); next !== undefined && next.at <= now() && !stopped; next = heap.first()) {
      fire(now());
      await underWay.settled();
    }
  };

  const advance = async (by: Millis): Promise<void> => {
    if (!Number.isSafeInteger(by) || by < 0) throw new RangeError('A clock moves forward, by whole milliseconds.');
    await underWay.settled();
    const target = now() + by;
    for (let next = heap.first(); next !== undefined && next.at <= target && !stopped; next = heap.first()) {
      // Written before anything sees the new time: whoever is killed here must not wake up earlier than that.
      if (next.at > now()) move(next.at, false);
      fire(next.at);
      await underWay.settled();
    }
    move(target, true);
    await settled();
  };

  return {
    shared,
    now,
    at(at, run) {
      order += 1;
      const due: Due = { at, order, run, state: 'set' };
      heap.add(due);
      arm();
      return {
        cancel() {
          heap.cancel(due);
          arm();
        },
      };
    },
    busy: underWay.busy,
    settled,
    advance(by) {
      const moved = moving.then(() => advance(by));
      moving = moved.catch(() => undefined);
      return moved;
    },
    offset: () => offset,
    underWay: underWay.list,
    stop() {
      stopped = true;
      disarm();
    },
  };
}
