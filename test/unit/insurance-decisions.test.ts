import { describe, expect, it } from 'vitest';
import { Rejected } from '../../shared/domain/errors.ts';
import { advance } from '../../shared/kinds/advance.ts';
import type { InsuranceCase } from '../../shared/kinds/insurance/case.ts';
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

  it('has no policy before the insurer says so', () => {
    expect(() => decided(anInsuranceRequest(), { outcome: 'bound', policyNumber: 'P-1' })).toThrow(Rejected);
  });
});
