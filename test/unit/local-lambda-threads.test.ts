import { describe, expect, it } from 'vitest';
import { mostThreads } from '../../cdk/local/lambda/thread-bounds.ts';

const GB = 1024 ** 3;

describe('how many threads functions have together', () => {
  it('goes by cores where memory is plenty', () => {
    expect(mostThreads(64 * GB, 2)).toBe(32);
    expect(mostThreads(64 * GB, 1)).toBe(16);
  });

  it('is no more than the free memory carries, however many cores there are', () => {
    for (const [bytes, cores] of [
      [1 * GB, 2],
      [2 * GB, 16],
      [4 * GB, 64],
    ] as const) {
      const threads = mostThreads(bytes, cores);
      expect(threads).toBeLessThan(16 * cores);
      expect(threads * 90 * 1024 ** 2).toBeLessThan(bytes);
    }
    expect(mostThreads(1 * GB, 2)).toBeLessThan(mostThreads(2 * GB, 2));
  });

  it('is never so few that functions would wait for one another', () => {
    expect(mostThreads(100 * 1024 ** 2, 1)).toBe(4);
  });
});
