import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Rejected } from '../../shared/domain/errors.ts';
import { MemberId, PartyId } from '../../shared/domain/ids.ts';
import { isInForce, type StandIns, withNaming, withRevocation } from '../../shared/domain/stand-in.ts';
import { addDays } from '../../shared/domain/time.ts';

const today = '2020-02-10';
const now = '2020-02-10T01:00:00.000Z';
const none: StandIns = {
  party: PartyId.parse('river-foundation'),
  member: MemberId.parse('away'),
  revision: 0,
  list: [],
};

function naming(id: string, from: number, days: number) {
  return {
    id,
    standIn: MemberId.parse(`deputy-${id}`),
    from: addDays(today, from),
    to: addDays(today, from + days),
    namedAt: now,
  };
}

describe('the stand-ins of a member', () => {
  it('are never two on one day, whatever is named and revoked in whatever order', () => {
    const step = fc.oneof(
      fc.record({ from: fc.integer({ min: 0, max: 90 }), days: fc.integer({ min: 0, max: 59 }) }),
      fc.record({ revoke: fc.nat(30) }),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        let all = none;
        for (const [index, one] of steps.entries()) {
          if ('revoke' in one) all = withRevocation(all, `n${one.revoke}`, all.member, now, today) ?? all;
          else {
            try {
              all = withNaming(all, naming(`n${index}`, one.from, one.days), today);
            } catch (error) {
              if (!(error instanceof Rejected && error.code === 'stand-in-overlaps')) throw error;
            }
          }
          for (let day = 0; day < 160; day++)
            expect(all.list.filter((entry) => isInForce(entry, addDays(today, day))).length).toBeLessThan(2);
        }
      }),
      { numRuns: 20 },
    );
  });

  it('act from the first day to the last, both included, and not a day longer', () => {
    const one = naming('n', 1, 2);
    const days = [0, 1, 2, 3, 4].map((day) => isInForce(one, addDays(today, day)));
    expect(days).toEqual([false, true, true, true, false]);
    expect(isInForce({ ...one, revokedAt: now }, addDays(today, 1))).toBe(false);
  });

  it.each([
    ['/standIn', 'not-a-choice', { standIn: none.member }],
    ['/from', 'in-the-past', { from: '2020-02-09' }],
    ['/to', 'before-start', { to: '2020-02-09' }],
    ['/to', 'too-many-days', { to: '2020-04-11' }],
  ])('are refused at %s: %s', (pointer, code, changes) => {
    const wrong = () => withNaming(none, { ...naming('n', 0, 1), ...changes }, today);
    expect(wrong).toThrow(expect.objectContaining({ fields: [expect.objectContaining({ pointer, code })] }));
  });

  it('leave their day to another when they are revoked', () => {
    const first = withNaming(none, naming('first', 0, 5), today);
    expect(() => withNaming(first, naming('second', 5, 1), today)).toThrow(
      expect.objectContaining({ code: 'stand-in-overlaps', params: { from: today, to: '2020-02-15' } }),
    );
    const revoked = withRevocation(first, 'first', none.member, now, today);
    expect(revoked && withNaming(revoked, naming('second', 5, 1), today).list).toHaveLength(2);
    expect(revoked && withRevocation(revoked, 'first', none.member, now, today)).toBeUndefined();
  });
});
