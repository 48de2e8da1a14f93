import * as fc from 'fast-check';

/**
 * How long all fuzzing of one file may take, in seconds: `JIELI_FUZZ_SECONDS`, for a night of it. Everyday runs are short.
 */
const seconds = Number(process.env.JIELI_FUZZ_SECONDS ?? 5);
/** Give a failed run's seed as `JIELI_FUZZ_SEED` to have the same requests again. */
const seed = Number(process.env.JIELI_FUZZ_SEED ?? Math.floor(Math.random() * 2 ** 31));

console.info(`fuzz: JIELI_FUZZ_SEED=${seed} JIELI_FUZZ_SECONDS=${seconds}`);

/**
 * Tries a property once, however long that takes, and then again and again for its part of the time.
 * @param share of the time of the file, 1 for all of it
 * @throws with the values that it does not hold for
 */
export async function fuzz<Values extends [unknown, ...unknown[]]>(
  property: fc.IAsyncPropertyWithHooks<Values>,
  share: number,
): Promise<void> {
  // a failure is worth looking for its smallest form, within reason
  const common = { seed, endOnFailure: seconds > 120 };
  // with another seed: the same values a second time carry a key that is used up
  await fc.assert(property, { ...common, seed: seed ^ 1, numRuns: 1 });
  const interruptAfterTimeLimit = seconds * share * 1000;
  const ended = await fc.check(property, { ...common, numRuns: 1_000_000, interruptAfterTimeLimit });
  // on a busy machine the time may be over before the next try has ended
  if (ended.failed && !(ended.interrupted && ended.numRuns === 0)) {
    throw new Error((await fc.asyncDefaultReportMessage(ended)) ?? 'the property does not hold');
  }
}

/** What vitest gives such a test: the time, and more for a busy machine. */
export const patience = seconds * 1000 + 120_000;

let underWay: Promise<unknown> = Promise.resolve();

/**
 * A property whose last try is let finish: when the time is over fast-check goes on at once, and what that try still
 * does to the table would be held against the next test. Wait for {@link lastTry} after each test.
 */
export function finishing<Values extends unknown[]>(
  attempt: (...values: Values) => Promise<void>,
): (...values: Values) => Promise<void> {
  return (...values) => {
    const going = attempt(...values);
    underWay = going.catch(() => undefined);
    return going;
  };
}

export const lastTry = (): Promise<unknown> => underWay;
