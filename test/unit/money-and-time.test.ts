import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseDuration } from '../../cdk/cli/duration.ts';
import { formatFen } from '../../shared/domain/money.ts';
import { readYuan } from '../../shared/domain/read/yuan.ts';
import { addDays, endOfDay, localDate, startOfDay } from '../../shared/domain/time.ts';

describe('money', () => {
  it('reads back what it shows, to the fen', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 99_999_999_999 }), (fen) => {
        expect(readYuan(formatFen(fen))).toBe(fen);
      }),
    );
  });

  it.each([
    ['3,000', 300_000],
    ['３０００', 300_000],
    ['3000.5', 300_050],
    ['¥1.2万', 1_200_000],
    ['0.01', 1],
  ])('reads %s as people type it', (text, fen) => expect(readYuan(text)).toBe(fen));

  it.each(['', 'abc', '-5', '1.234', '1e5', '1.0000001万'])('does not guess at %j', (text) => {
    expect(readYuan(text)).toBeUndefined();
  });
});

describe('days at the hub', () => {
  it('begin and end in the hub’s own zone', () => {
    expect(startOfDay('2020-02-03')).toBe('2020-02-02T16:00:00.000Z');
    expect(endOfDay('2020-02-03')).toBe('2020-02-03T15:59:59.999Z');
    expect(localDate(Date.parse('2020-02-02T16:00:00.000Z'))).toBe('2020-02-03');
  });

  it('cross months and leap days', () => {
    expect(addDays('2020-02-28', 2)).toBe('2020-03-01');
    expect(addDays('2020-03-01', -1)).toBe('2020-02-29');
  });
});

describe('a duration as it is typed', () => {
  it.each([
    ['+3d', 259_200_000],
    ['90m', 5_400_000],
    ['+1d12h', 129_600_000],
    ['2w', 1_209_600_000],
  ])('%s', (text, millis) => expect(parseDuration(text)).toBe(millis));

  it.each(['', '3', '-3d', 'd', '3 days', '+3d!'])('refuses %j', (text) => expect(parseDuration(text)).toBeUndefined());
});
