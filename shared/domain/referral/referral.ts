import * as z from 'zod';
import { OptionalPhone } from '../applicant.ts';
import { Actor } from '../case-base.ts';
import { Consent, ConsentVersion } from '../consent.ts';
import { CaseId, PartyId, ReferralId } from '../ids.ts';
import { classed } from '../privacy/classes.ts';
import { line, prose } from '../text.ts';
import { Instant } from '../time.ts';

/** Why somebody needs more than goods: what a receiver chooses its people by. */
export const circumstances = ['bereaved', 'patient-family', 'disabled', 'older-person', 'child', 'other'] as const;

/** Who may say yes: the person themselves, or whoever may speak for them. */
export const consenting = ['person', 'guardian'] as const;

const asked = classed('party', {
  /** the party that is asked to help */
  to: PartyId,
  circumstance: z.enum(circumstances),
  /** district or town, no address */
  area: line(60),
  /** the case in which the person was met */
  caseId: CaseId.optional(),
});

/** What is told of the person in need, for as long as somebody has to know it. */
const told = classed('personal', {
  /** what would help, without a name: the receiver reads it before accepting */
  help: prose(1000),
  /** whom to help and how to reach them: the receiver sees it once it has accepted */
  person: z.strictObject({ name: line(60), phone: OptionalPhone }),
});

/** A person in need is referred: who, to whom, and how they agreed. */
export const ReferralInput = z.strictObject({
  ...asked,
  ...told,
  consent: z.strictObject({ version: ConsentVersion, how: z.enum(['spoken', 'written']), by: z.enum(consenting) }),
});
export type ReferralInput = z.infer<typeof ReferralInput>;

/** What happened to a referral: ids and codes, nothing personal. */
const Step = z.strictObject(classed('party', { on: z.string(), at: Instant, by: Actor }));

const base = z.strictObject({
  ...asked,
  ...classed('public', { id: ReferralId }),
  ...classed('party', {
    /** counts the changes; a write names the version it read */
    version: z.int().min(1),
    from: PartyId,
    consent: z.strictObject({ ...Consent.shape, ...classed('party', { by: z.enum(consenting) }) }),
    madeAt: Instant,
    steps: z.array(Step).min(1),
  }),
});

const stage = <S extends string>(name: S) => classed('party', { stage: z.literal(name) });

/**
 * A person in need, referred by one party to another. Whatever ends it (help was given, the receiver cannot, the consent
 * was withdrawn) takes what it said of the person away; that there was one stays for the statistics. One that nobody ends
 * goes altogether after {@link REFERRAL_DAYS}.
 */
export const Referral = z.discriminatedUnion('stage', [
  base.extend({ ...stage('offered'), ...told }),
  base.extend({ ...stage('accepted'), ...told }),
  base.extend(stage('declined')),
  base.extend(stage('done')),
  base.extend(stage('withdrawn')),
]);
export type Referral = z.infer<typeof Referral>;
export type ReferralStage = Referral['stage'];

/** For how many days a referral is kept to which nothing happens: who was not helped in half a year is not helped by it. */
export const REFERRAL_DAYS = 180;

/** Until when what a referral says of the person is kept, in milliseconds since 1970; undefined when that is gone already. */
export function keptUntil(referral: Referral): number | undefined {
  const last = referral.steps.at(-1)?.at ?? referral.madeAt;
  return 'person' in referral ? Date.parse(last) + REFERRAL_DAYS * 86_400_000 : undefined;
}
