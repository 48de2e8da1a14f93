import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Rejected } from '../../shared/domain/errors.ts';
import { advance } from '../../shared/kinds/advance.ts';
import type { Change } from '../../shared/kinds/change.ts';
import type { GrantCase } from '../../shared/kinds/grant/case.ts';
import { decideGrant } from '../../shared/kinds/grant/decide.ts';
import type { GrantDecision } from '../../shared/kinds/grant/decision.ts';
import { figuresOf } from '../../shared/kinds/grant/money.ts';
import { endStages } from '../../shared/kinds/lifecycle.ts';
import { withdraw } from '../../shared/kinds/withdraw.ts';
import { aGrant, aMember, aProgramme } from '../factory/cases.ts';

const now = '2020-02-02T08:00:00.000Z';
const by = (id: string) => ({ actor: aMember(id, 'river-foundation'), now });

function grantOf(change: Change): GrantCase {
  if (change.after.kind !== 'grant') throw new Error('no grant');
  return change.after;
}

function codeOf(run: () => unknown): string | undefined {
  try {
    run();
  } catch (error) {
    if (error instanceof Rejected) return error.code;
    throw error;
  }
  return undefined;
}

describe('approving a grant', () => {
  it('goes to a second approver above the programme’s limit, and not at the limit', () => {
    const programme = aProgramme({ secondApprovalAbove: 1_000_000 });
    const at = decideGrant(aGrant('approving'), { outcome: 'approved', amount: 1_000_000 }, by('a'), programme);
    const above = decideGrant(aGrant('approving'), { outcome: 'approved', amount: 1_000_001 }, by('a'), programme);
    expect(at.after.stage).toBe('agreement');
    expect(above.after.stage).toBe('second-approval');
  });

  it('takes two different people for two approvals, and neither is the reviewer', () => {
    const programme = aProgramme({ secondApprovalAbove: 0 });
    const reviewed = grantOf(
      decideGrant(aGrant('reviewing'), { outcome: 'recommended', score: 80 }, by('reviewer'), programme),
    );
    expect(codeOf(() => decideGrant(reviewed, { outcome: 'approved' }, by('reviewer'), programme))).toBe('same-person');
    const once = grantOf(decideGrant(reviewed, { outcome: 'approved' }, by('first'), programme));
    expect(codeOf(() => decideGrant(once, { outcome: 'approved' }, by('first'), programme))).toBe('same-person');
    expect(codeOf(() => decideGrant(once, { outcome: 'approved' }, by('reviewer'), programme))).toBe('same-person');
    expect(decideGrant(once, { outcome: 'approved' }, by('second'), programme).after.stage).toBe('agreement');
  });

  it('awards what was asked for up to the ceiling, and never more', () => {
    const programme = aProgramme({ ceiling: 1_500_000 });
    expect(grantOf(decideGrant(aGrant('approving'), { outcome: 'approved' }, by('a'), programme))).toMatchObject({
      award: { amount: 1_500_000 },
    });
    expect(
      codeOf(() => decideGrant(aGrant('approving'), { outcome: 'approved', amount: 1_500_001 }, by('a'), programme)),
    ).toBe('invalid');
  });

  it('pays exactly what was awarded, not in the future', () => {
    const programme = aProgramme();
    const agreed = grantOf(
      decideGrant(
        grantOf(decideGrant(aGrant('approving'), { outcome: 'approved' }, by('a'), programme)),
        { outcome: 'accepted' },
        by('x'),
        programme,
      ),
    );
    const pay = (payment: Partial<GrantDecision & { outcome: 'paid' }>) => () =>
      decideGrant(agreed, { outcome: 'paid', paidOn: '2020-02-02', reference: 'r', ...payment }, by('f'), programme);
    expect(codeOf(pay({ amount: 1 }))).toBe('invalid');
    expect(codeOf(pay({ paidOn: '2020-02-03' }))).toBe('invalid');
    expect(pay({})().after).toMatchObject({
      stage: 'delivering',
      payment: { amount: 2_000_000 },
      reportDueOn: '2020-03-03',
    });
  });

  it('refuses a report that spends more than was paid', () => {
    const programme = aProgramme();
    let subject = grantOf(decideGrant(aGrant('approving'), { outcome: 'approved' }, by('a'), programme));
    subject = grantOf(decideGrant(subject, { outcome: 'accepted' }, by('x'), programme));
    subject = grantOf(
      decideGrant(subject, { outcome: 'paid', paidOn: '2020-02-02', reference: 'r' }, by('f'), programme),
    );
    expect(
      codeOf(() => decideGrant(subject, { outcome: 'reported', summary: 's', spent: 2_000_001 }, by('x'), programme)),
    ).toBe('invalid');
  });
});

describe('a programme’s money', () => {
  it('never appears and never vanishes: available and awards held add up to the budget on every way through', () => {
    const answers: GrantDecision[] = [
      { outcome: 'recommended', score: 50 },
      { outcome: 'approved' },
      { outcome: 'approved', amount: 500_000 },
      { outcome: 'rejected', reason: 'no' },
      { outcome: 'changes-requested', reason: 'more' },
      { outcome: 'resubmitted' },
      { outcome: 'accepted' },
      { outcome: 'paid', paidOn: '2020-02-02', reference: 'r' },
      { outcome: 'reported', summary: 's', spent: 100 },
      { outcome: 'report-accepted' },
      { outcome: 'report-returned', reason: 'more' },
      { outcome: 'payment-failed', reason: 'no account' },
      { outcome: 'account-corrected', reason: 'another' },
      { outcome: 'nothing-paid' },
      { outcome: 'returned', amount: 1_000, returnedOn: '2020-02-02', reference: 'r' },
      { outcome: 'returned', amount: 499_900, returnedOn: '2020-02-02', reference: 'r' },
      { outcome: 'entry-corrected', entry: 'E2', on: '2020-02-02', reference: 'r', amount: 10, reason: 'typo' },
      { outcome: 'entry-corrected', entry: 'E1', on: '2020-02-02', reference: 's', reason: 'typo' },
      { outcome: 'waiver-asked', reason: 'spent on good things' },
      { outcome: 'waiver-asked', amount: 300, reason: 'spent on good things' },
      { outcome: 'waived' },
      { outcome: 'still-owed', reason: 'no' },
      { outcome: 'stopped', reason: 'fraud' },
    ];
    const step = fc.oneof(
      { weight: 5, arbitrary: fc.constantFrom(...answers) },
      fc.constantFrom('withdraw' as const, 'expire' as const),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), fc.integer({ min: 1, max: 4_000_000 }), (steps, requested) => {
        const programme = aProgramme();
        let { available } = programme;
        let subject = aGrant('reviewing', requested);
        steps.forEach((what, index) => {
          let change: Change | undefined;
          try {
            if (what === 'withdraw') change = withdraw(subject, by('x'));
            else if (what === 'expire') change = advance(subject, 'expired', now);
            else change = decideGrant(subject, what, by(`person${index}`), programme);
          } catch (error) {
            if (!(error instanceof Rejected)) throw error;
          }
          if (!change) return;
          available += change.budget?.moves.available ?? 0;
          subject = grantOf(change);
          const { reserved, paid, returned } = figuresOf(subject);
          expect(available + reserved + paid - returned).toBe(programme.budget);
          expect(Math.min(reserved, paid, returned, paid - returned)).toBeGreaterThanOrEqual(0);
          // whoever ended it left nothing reserved
          if (endStages.has(subject.stage)) expect(reserved).toBe(0);
        });
      }),
      { numRuns: 300 },
    );
  });
});
