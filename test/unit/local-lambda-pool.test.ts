import { describe, expect, test } from 'vitest';
import type { FailedStart, Instance } from '../../cdk/local/lambda/instance.ts';
import { createPool } from '../../cdk/local/lambda/pool.ts';
import { createSeats } from '../../cdk/local/lambda/seats.ts';

const slow: FailedStart = {
  failure: { errorType: 'Sandbox.Timedout', errorMessage: 'Error: Init timed out' },
  slow: true,
  initMs: 10_000,
};
const instance: Instance = {
  initMs: 12_000,
  run: async () => ({ payload: '"done"', status: 'success', durationMs: 1, maxMemoryMb: 64 }),
  utilization: () => 0,
  ended: () => false,
  end: async () => undefined,
};

/** A pool whose environments come up as `starts` says, one after the other; and how long each was given. */
function poolOf(starts: readonly (Instance | FailedStart)[]) {
  const limits: number[] = [];
  const pool = createPool({
    timeoutSeconds: 60,
    maxInstances: 1,
    idleMs: 1_000,
    seats: createSeats(4, () => [pool]),
    async start(limitMs) {
      limits.push(limitMs);
      return starts[limits.length - 1] ?? slow;
    },
  });
  return { pool, limits };
}

describe('a function that takes long to load', () => {
  test('gets ten seconds, then once more as long as its own timeout, and answers with how long that took', async () => {
    const { pool, limits } = poolOf([slow, instance]);
    const outcome = await pool.run({ requestId: 'r-1', payload: '{}' });
    expect(limits).toEqual([10_000, 60_000]);
    expect(outcome).toMatchObject({ payload: '"done"', initMs: 12_000 });
    await pool.stop();
  });

  test('and does not come up then either, fails its event as one that took too long; the next tries anew', async () => {
    const { pool, limits } = poolOf([slow, slow, instance]);
    const outcome = await pool.run({ requestId: 'r-1', payload: '{}' });
    expect(outcome).toMatchObject({
      status: 'timeout',
      failure: {
        errorType: 'Sandbox.Timedout',
        errorMessage: 'RequestId: r-1 Error: Task timed out after 60.00 seconds',
      },
    });
    expect(await pool.run({ requestId: 'r-2', payload: '{}' })).toMatchObject({ payload: '"done"' });
    expect(limits).toEqual([10_000, 60_000, 10_000]);
    await pool.stop();
  });
});
