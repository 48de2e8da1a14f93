import type { Teller } from './teller.ts';

/** One thread of the story: begins at an hour, and waits by `at` for hours counted from its own beginning. */
export interface Scene {
  readonly hour: number;
  play(teller: Teller, at: (hours: number) => Promise<void>, now: () => number): Promise<void>;
}

interface Waiting {
  readonly hour: number;
  readonly order: number;
  go(): void;
}

/**
 * Plays scenes together, always the one whose hour is next, until all are over.
 * @returns when the last has ended
 */
export async function playScenes(teller: Teller, scenes: readonly Scene[], now: () => number): Promise<void> {
  const waiting: Waiting[] = [];
  let order = 0;
  let idle = () => {};
  const waitFor = (hour: number) =>
    new Promise<void>((go) => {
      waiting.push({ hour, order: order++, go });
      idle();
    });
  const failures: unknown[] = [];
  let playing = scenes.length;
  for (const scene of scenes) {
    void (async () => {
      await waitFor(scene.hour);
      await scene.play(teller, (hours) => waitFor(scene.hour + hours), now);
    })()
      .catch((error: unknown) => failures.push(error))
      .finally(() => {
        playing--;
        idle();
      });
  }
  while (playing > 0) {
    waiting.sort((a, b) => a.hour - b.hour || a.order - b.order);
    const next = waiting.shift();
    if (!next) break;
    await teller.until(next.hour);
    const resting = new Promise<void>((resolve) => {
      idle = resolve;
    });
    next.go();
    // the scene goes on until it waits again or is over
    await resting;
    idle = () => {};
  }
  if (failures.length > 0) {
    throw new AggregateError(failures, `the demo story could not be told: ${failures.map(String).join('\n')}`);
  }
}
