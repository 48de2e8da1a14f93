import { mkdirSync, mkdtempSync, readFileSync, rmdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createClock, installClock, type LocalClock } from '../../cdk/local/clock.ts';

const minute = 60_000;
const day = 24 * 60 * minute;

describe('the local clock', () => {
  let folder: string;
  let clock: LocalClock;
  const fresh = (): LocalClock => createClock({ file: join(folder, 'clock.json') });

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'clock-'));
    clock = fresh();
  });
  afterEach(() => {
    clock.stop();
    rmSync(folder, { recursive: true });
  });

  it('follows the machine until it is moved, and then stays ahead by the move', async () => {
    expect(Math.abs(clock.now() - Date.now())).toBeLessThan(1_000);
    await clock.advance(3 * day);
    expect(Math.abs(clock.now() - Date.now() - 3 * day)).toBeLessThan(1_000);
  });

  it('is as far ahead after a restart as it was before', async () => {
    await clock.advance(5 * day);
    clock.stop();
    const before = clock.now();
    clock = fresh();
    expect(clock.now()).toBeGreaterThanOrEqual(before);
    expect(clock.now() - before).toBeLessThan(1_000);
  });

  it('may begin in the past, and goes on from there after a restart', async () => {
    const file = join(folder, 'past.json');
    const past = createClock({ file, begin: -40 * day });
    await past.advance(day);
    past.stop();
    const again = createClock({ file, begin: -40 * day });
    expect(Math.abs(again.now() - Date.now() + 39 * day)).toBeLessThan(1_000);
    again.stop();
  });

  it('never moves back and refuses to be told so', async () => {
    await expect(clock.advance(-1)).rejects.toThrow(RangeError);
    await expect(clock.advance(Number.NaN)).rejects.toThrow(RangeError);
  });

  it('stays where it is for everybody when the move cannot be written', async () => {
    const file = join(folder, 'full.json');
    const full = createClock({ file });
    mkdirSync(file);
    await expect(full.advance(day)).rejects.toThrow(/EISDIR/);
    expect([full.offset(), Math.abs(full.now() - Date.now()) < 1_000]).toEqual([0, true]);
    rmdirSync(file);
    await full.advance(day);
    expect(full.offset()).toBeGreaterThanOrEqual(day);
    full.stop();
  });

  it('refuses a file that does not hold an offset rather than starting at zero', () => {
    writeFileSync(join(folder, 'clock.json'), '{"offset":"5"}');
    expect(() => fresh()).toThrow(/clock\.json/);
  });

  it('has written the new time before a timer sees it', async () => {
    const seen: number[] = [];
    clock.at(clock.now() + day, () => {
      seen.push(JSON.parse(readFileSync(join(folder, 'clock.json'), 'utf8')).offset);
    });
    await clock.advance(2 * day);
    expect(seen[0]).toBeGreaterThan(day - minute);
    expect(seen[0]).toBeLessThanOrEqual(day);
  });

  it('fires what falls due in order, each at its own time, those of one moment as they were set', async () => {
    const hours = fc.integer({ min: 1, max: 240 }).map((count) => count * 60 * minute);
    await fc.assert(
      fc.asyncProperty(fc.array(hours, { maxLength: 30 }), async (delays) => {
        const start = clock.now();
        const fired: { index: number; late: number }[] = [];
        for (const [index, delay] of delays.entries()) {
          clock.at(start + delay, () => fired.push({ index, late: clock.now() - start - delay }));
        }
        await clock.advance(10 * day);
        const expected = [...delays.keys()].sort((a, b) => (delays[a] ?? 0) - (delays[b] ?? 0) || a - b);
        expect(fired.map(({ index }) => index)).toEqual(expected);
        for (const { late } of fired) {
          expect(late).toBeGreaterThanOrEqual(0);
          expect(late).toBeLessThan(5_000);
        }
      }),
      { numRuns: 25 },
    );
  });

  it('waits for what a timer began, which may set further timers inside the same move', async () => {
    const happened: string[] = [];
    const start = clock.now();
    clock.at(start + day, () => {
      const done = clock.busy('a reminder');
      setImmediate(() => {
        happened.push('reminded');
        clock.at(start + 2 * day, () => happened.push('escalated'));
        done();
      });
    });
    clock.at(start + 3 * day, () => happened.push('expired'));
    await clock.advance(4 * day);
    expect(happened).toEqual(['reminded', 'escalated', 'expired']);
  });

  it('does not call it settled while one thing ends and the next begins some turns later', async () => {
    let finished = false;
    const afterTurns = (turns: number, then: () => void): void => {
      if (turns === 0) then();
      else setImmediate(afterTurns, turns - 1, then);
    };
    const first = clock.busy('first');
    afterTurns(1, () => {
      first();
      afterTurns(3, () => {
        const second = clock.busy('second');
        expect(clock.underWay()).toEqual(['second']);
        afterTurns(3, () => {
          finished = true;
          second();
        });
      });
    });
    await clock.settled();
    expect(finished).toBe(true);
  });

  it('runs what is due at once when it is set in the past, and never what was cancelled', async () => {
    const happened: string[] = [];
    clock.at(clock.now() - day, () => happened.push('late'));
    const cancelled = clock.at(clock.now() + 1, () => happened.push('cancelled'));
    cancelled.cancel();
    cancelled.cancel();
    await clock.settled();
    await clock.advance(day);
    expect(happened).toEqual(['late']);
  });

  it('fires in real time without being moved', async () => {
    const start = performance.now();
    await new Promise<void>((resolve) => {
      clock.at(clock.now() + 30, resolve);
    });
    expect(performance.now() - start).toBeGreaterThanOrEqual(25);
  });

  it('does two moves asked for at once one after the other', async () => {
    const before = clock.offset();
    await Promise.all([clock.advance(day), clock.advance(day)]);
    expect(clock.offset() - before).toBeGreaterThan(2 * day - minute);
  });

  it('sets, keeps and cancels a hundred thousand timers within a few seconds', async () => {
    const start = performance.now();
    let fired = 0;
    const due = clock.now() + day;
    const kept = Array.from({ length: 100_000 }, (_, index) => clock.at(due + (index % 50), () => (fired += 1)));
    for (const timer of kept.slice(50_000)) timer.cancel();
    await clock.advance(2 * day);
    expect(fired).toBe(50_000);
    expect(performance.now() - start).toBeLessThan(5_000);
  });

  it('is what Date says once installed, in this thread and in others, also after a move', async () => {
    const restore = installClock(clock.shared);
    try {
      await clock.advance(30 * day);
      expect(Math.abs(Date.now() - clock.now())).toBeLessThan(1_000);
      expect(Math.abs(Date.parse(new Date().toISOString()) - clock.now())).toBeLessThan(1_000);
      expect(new Date(0).toISOString()).toBe('1970-01-01T00:00:00.000Z');
      expect(new Date()).toBeInstanceOf(Date);
      expect(new Date().constructor).toBe(Date);
      expect(Date.parse('2020-02-01')).toBe(Date.UTC(2020, 1, 1));
      const module = new URL('../../cdk/local/clock/local-date.ts', import.meta.url).href;
      const worker = new Worker(
        `const { parentPort, workerData } = require('node:worker_threads');
         import(${JSON.stringify(module)}).then(({ installClock }) => {
           installClock(workerData);
           parentPort.on('message', () => parentPort.postMessage(new Date().getTime()));
           parentPort.postMessage('ready');
         });`,
        { eval: true, workerData: clock.shared },
      );
      const next = (): Promise<unknown> => new Promise((resolve) => worker.once('message', resolve));
      await next();
      await clock.advance(30 * day);
      worker.postMessage('now?');
      expect(Math.abs(Number(await next()) - clock.now())).toBeLessThan(1_000);
      await worker.terminate();
    } finally {
      restore();
    }
    expect(Date.now()).toBeLessThan(clock.now() - 50 * day);
  });
});
