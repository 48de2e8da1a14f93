import { describe, expect, it } from 'vitest';
import { Rejected } from '../../shared/domain/errors.ts';
import { advance } from '../../shared/kinds/advance.ts';
import type { InsuranceCase } from '../../shared/kinds/insurance/case.ts';
import { coveredFrom, gapOf, isStartPassed } from '../../shared/kinds/insurance/days.ts';
import { decideInsurance } from '../../shared/kinds/insurance/decide.ts';
import { withdraw } from '../../shared/kinds/withdraw.ts';
import { aMember, anInsuranceRequest } from '../factory/cases.ts';

const how = { actor: aMember(), now: '2020-02-02T08:00:00.000Z' };

function decided(before: InsuranceCase, input: Parameters<typeof decideInsurance>[1]): InsuranceCase {
  const { after } = decideInsurance(before, input, how);
  if (after.kind !== 'insurance') throw new Error('no insurance request');
  return after;
}

describe('an insurance request', () => {
  it('goes from approval to the insurer, into force, and ends', () => {
    const binding = decided(anInsuranceRequest(), { outcome: 'approved' });
    const active = decided(binding, { outcome: 'bound', policyNumber: 'P-1' });
    expect(active).toMatchObject({ stage: 'active', policy: { number: 'P-1', insurer: 'insurer' } });
    expect(advance(active, 'ended', how.now)?.after).toMatchObject({ stage: 'closed', policy: { number: 'P-1' } });
  });

  it('comes back from requested changes with its new roster and days', () => {
    const asked = decided(anInsuranceRequest(), { outcome: 'changes-requested', reason: '请更正' });
    const roster = { id: 'new', count: 2, hash: 'h' };
    const back = decideInsurance(
      asked,
      { outcome: 'resubmitted', changes: { coverTo: '2020-03-10' } },
      how,
      roster,
    ).after;
    expect(back).toMatchObject({ stage: 'approving', coverTo: '2020-03-10', coverFrom: '2020-02-03', roster });
  });

  it('can be withdrawn until it is in force', () => {
    const binding = decided(anInsuranceRequest(), { outcome: 'approved' });
    expect(withdraw(binding, how).after.stage).toBe('withdrawn');
    const active = decided(binding, { outcome: 'bound', policyNumber: 'P-1' });
    expect(() => withdraw(active, how)).toThrow(Rejected);
  });

  describe('whose first day has come while it waited', () => {
    const late = { actor: aMember(), now: '2020-02-05T08:00:00.000Z' };
    const binding = anInsuranceRequest('binding');
    const bind = (days: object, now = late) =>
      decideInsurance(binding, { outcome: 'bound', policyNumber: 'P-1', ...days }, now).after;

    it.each([
      ['the days that were asked for', {}, '/coverFrom'],
      ['a day that has passed', { coverFrom: '2020-02-04' }, '/coverFrom'],
      ['the very day', { coverFrom: '2020-02-05' }, '/coverFrom'],
      ['an end before the beginning', { coverFrom: '2020-02-08', coverTo: '2020-02-07' }, '/coverTo'],
      ['more days than one request has', { coverFrom: '2020-02-06', coverTo: '2020-12-31' }, '/coverTo'],
    ])('is not bound for %s', (_what, days, pointer) => {
      expect(() => bind(days)).toThrow(expect.objectContaining({ fields: [expect.objectContaining({ pointer })] }));
    });

    it('is bound from the day after at the earliest, and keeps what was asked for, with the gap', () => {
      const after = bind({ coverFrom: '2020-02-06' });
      expect(after).toMatchObject({
        stage: 'active',
        coverFrom: '2020-02-06',
        coverTo: '2020-03-03',
        askedFor: { from: '2020-02-03', to: '2020-03-03' },
      });
      if (after.kind !== 'insurance' || after.stage !== 'active') throw new Error('not in force');
      expect(gapOf(after)).toEqual({ gapFrom: '2020-02-03', gapTo: '2020-02-05' });
      expect(coveredFrom(after)).toBe('2020-02-06');
    });

    it('is marked until it is bound', () => {
      const now = Date.parse(late.now);
      expect(isStartPassed(binding, now)).toBe(true);
      expect(isStartPassed(binding, Date.parse(how.now))).toBe(false);
      expect(isStartPassed({ ...binding, stage: 'active' }, now)).toBe(false);
    });

    it('is not approved once all its days are over', () => {
      const over = { actor: aMember(), now: '2020-03-03T08:00:00.000Z' };
      expect(() => decideInsurance(anInsuranceRequest(), { outcome: 'approved' }, over)).toThrow(
        expect.objectContaining({ fields: [{ pointer: '/outcome', code: 'cover-over' }] }),
      );
    });
  });

  it('that a release before bound for days that had passed has cover from the day after its policy', () => {
    const policy = { recordedAt: '2020-02-05T08:00:00.000Z' };
    expect(coveredFrom({ coverFrom: '2020-02-03', policy })).toBe('2020-02-06');
    expect(coveredFrom({ coverFrom: '2020-02-09', policy })).toBe('2020-02-09');
  });

  it('has no policy before the insurer says so', () => {
    expect(() => decided(anInsuranceRequest(), { outcome: 'bound', policyNumber: 'P-1' })).toThrow(Rejected);
  });
});
