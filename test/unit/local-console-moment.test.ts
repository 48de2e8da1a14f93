import { expect, test } from 'vitest';
import { lasted, moment } from '../../cdk/local/console/moment.ts';

test.each([
  [0, '0 ms'],
  [999, '999 ms'],
  [28_400, '28 s'],
  [60_000, '1 min'],
  [3_600_000 + 5_000, '1 h'],
  [3_600_000 + 65_000, '1 h 1 min'],
  [14 * 86_400_000, '14 d'],
  [86_400_000 + 7_200_000, '1 d 2 h'],
])('%i milliseconds last %s', (millis, text) => {
  expect(lasted(millis)).toBe(text);
});

test('a moment is told in UTC and can be read by a script', () => {
  expect(moment(Date.parse('2026-02-03T04:05:06.789Z')).toString()).toBe(
    '<time datetime="2026-02-03T04:05:06.789Z">2026-02-03 04:05:06</time>',
  );
});
