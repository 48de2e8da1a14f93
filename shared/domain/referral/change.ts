import type { Actor } from '../case-base.ts';
import { Rejected } from '../errors.ts';
import type { PartyId, ReferralId } from '../ids.ts';
import type { Instant } from '../time.ts';
import type { Referral, ReferralInput, ReferralStage } from './referral.ts';

/** Who may take an edge: who referred, or who is asked to help. */
export type ReferralBy = 'referrer' | 'receiver';

interface ReferralEdge {
  readonly from: ReferralStage;
  readonly to: ReferralStage;
  readonly by: readonly ReferralBy[];
  readonly on: string;
}

const both = ['referrer', 'receiver'] as const;

/** Every legal change of a referral. Consent is withdrawn with whichever of the two the person speaks to. */
export const referralLifecycle = [
  { from: 'offered', to: 'accepted', by: ['receiver'], on: 'accepted' },
  { from: 'offered', to: 'declined', by: ['receiver'], on: 'declined' },
  { from: 'accepted', to: 'done', by: ['receiver'], on: 'done' },
  { from: 'offered', to: 'withdrawn', by: both, on: 'withdrawn' },
  { from: 'accepted', to: 'withdrawn', by: both, on: 'withdrawn' },
] as const satisfies readonly ReferralEdge[];
export type ReferralOutcome = (typeof referralLifecycle)[number]['on'];

/** Makes a referral from what was typed. */
export function newReferral(
  input: ReferralInput,
  made: { readonly id: ReferralId; readonly from: PartyId; readonly by: Actor; readonly now: Instant },
): Referral {
  const { consent, ...rest } = input;
  return {
    ...rest,
    id: made.id,
    stage: 'offered',
    version: 1,
    from: made.from,
    consent: { ...consent, at: made.now },
    madeAt: made.now,
    steps: [{ on: 'offered', at: made.now, by: made.by }],
  };
}

/** What somebody in this relation may do with the referral now, in the order of the buttons. */
export function outcomesFor(referral: Referral, as: ReferralBy): readonly ReferralOutcome[] {
  return referralLifecycle
    .filter(({ from, by }) => from === referral.stage && by.some((one) => one === as))
    .map(({ on }) => on);
}

/**
 * The referral after somebody did something with it. Where it ends, nothing of the person is left in it.
 * @throws {@link Rejected} `stage-changed` when it has ended or went on meanwhile
 */
export function changeReferral(
  before: Referral,
  on: ReferralOutcome,
  how: { readonly as: ReferralBy; readonly by: Actor; readonly now: Instant },
): Referral {
  if (!outcomesFor(before, how.as).includes(on)) throw new Rejected('stage-changed');
  const { id, from, to, circumstance, area, caseId, consent, madeAt } = before;
  const next = {
    ...{ id, from, to, circumstance, area, caseId, consent, madeAt },
    version: before.version + 1,
    steps: [...before.steps, { on, at: how.now, by: how.by }],
  };
  if (on === 'accepted' && before.stage === 'offered')
    return { ...next, stage: on, help: before.help, person: before.person };
  if (on === 'declined' || on === 'done' || on === 'withdrawn') return { ...next, stage: on };
  throw new Rejected('stage-changed');
}
