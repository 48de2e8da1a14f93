import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { presentConsent } from '../../shared/domain/consent.ts';
import { Rejected } from '../../shared/domain/errors.ts';
import { MemberId, newReferralId, PartyId } from '../../shared/domain/ids.ts';
import {
  changeReferral,
  newReferral,
  outcomesFor,
  type ReferralOutcome,
  referralLifecycle,
} from '../../shared/domain/referral/change.ts';
import { Referral, ReferralInput } from '../../shared/domain/referral/referral.ts';
import { referralSight } from '../../shared/domain/referral/sight.ts';

const hub = PartyId.parse('hub');
const carers = PartyId.parse('carers');
const NAME = '示例某某';
const now = '2020-02-03T01:00:00.000Z';
const by = { type: 'member', member: MemberId.parse('someone'), party: hub } as const;

const offered = (): Referral =>
  newReferral(
    ReferralInput.parse({
      to: carers,
      circumstance: 'bereaved',
      area: '青山区',
      help: '希望有人陪同办理手续',
      person: { name: NAME, phone: '027-00001234' },
      consent: { version: presentConsent, how: 'spoken', by: 'person' },
    }),
    { id: newReferralId(), from: hub, by, now },
  );

const outcomes = [...new Set(referralLifecycle.map(({ on }) => on))];
const acts = fc.array(
  fc.tuple(fc.constantFrom<ReferralOutcome>(...outcomes), fc.constantFrom('referrer', 'receiver')),
  {
    maxLength: 6,
  },
);

/** Lets people do what they try, in order; what is refused changes nothing. */
function journey(tried: readonly (readonly [ReferralOutcome, 'referrer' | 'receiver'])[]): Referral[] {
  const seen = [offered()];
  for (const [on, as] of tried) {
    const before = seen.at(-1) ?? offered();
    try {
      seen.push(changeReferral(before, on, { as, by, now }));
    } catch (error) {
      if (!(error instanceof Rejected)) throw error;
    }
  }
  return seen;
}

describe('A referral, whatever people try in whatever order', () => {
  it('shows the person to the receiver from its acceptance on and not a moment longer than until it ends', () => {
    fc.assert(
      fc.property(acts, (tried) => {
        for (const one of journey(tried)) {
          expect(referralSight(one, carers).person !== undefined).toBe(one.stage === 'accepted');
          expect(referralSight(one, hub).person !== undefined).toBe(
            one.stage === 'offered' || one.stage === 'accepted',
          );
          expect(referralSight(one, PartyId.parse('stranger'))).toEqual({ help: undefined, person: undefined });
        }
      }),
    );
  });

  it('keeps nothing personal once it has ended, and every step that was taken', () => {
    fc.assert(
      fc.property(acts, (tried) => {
        const last = Referral.parse(journey(tried).at(-1));
        const ended = outcomesFor(last, 'receiver').length === 0;
        if (ended) expect(JSON.stringify(last)).not.toMatch(new RegExp(`${NAME}|00001234|陪同`));
        expect(last.version).toBe(last.steps.length);
      }),
    );
  });

  it('can end by a withdrawn consent as long as it has not ended, with whichever party the person told', () => {
    for (const as of ['referrer', 'receiver'] as const) {
      expect(changeReferral(offered(), 'withdrawn', { as, by, now }).stage).toBe('withdrawn');
      const accepted = changeReferral(offered(), 'accepted', { as: 'receiver', by, now });
      expect(changeReferral(accepted, 'withdrawn', { as, by, now }).stage).toBe('withdrawn');
    }
  });
});
