import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type DigestPace, mailPaces, nextDigest } from '../../shared/domain/digest.ts';
import { hubHour } from '../../shared/domain/time.ts';

const HOUR = 3_600_000;
const paces = mailPaces.filter((pace): pace is DigestPace => pace !== 'at-once');
const longest = { hourly: 1, 'twice-daily': 16, daily: 24 } as const satisfies Record<DigestPace, number>;

it('a digest goes out at a full hour that its reader chose, never while something may still be written into it, and no later than the next such hour', () => {
  fc.assert(
    fc.property(fc.constantFrom(...paces), fc.integer({ min: 0, max: 4_000_000_000_000 }), (pace, now) => {
      const at = Date.parse(nextDigest(pace, now));
      expect(at % HOUR).toBe(0);
      if (pace !== 'hourly') expect(pace === 'daily' ? [8] : [8, 16]).toContain(hubHour(at));
      expect(at - now).toBeGreaterThanOrEqual(5 * 60_000);
      expect(at - now).toBeLessThanOrEqual(longest[pace] * HOUR + 5 * 60_000);
    }),
  );
});
