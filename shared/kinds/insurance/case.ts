import * as z from 'zod';
import { caseFields } from '../../domain/case-base.ts';
import { PartyId } from '../../domain/ids.ts';
import { classed } from '../../domain/privacy/classes.ts';
import { line } from '../../domain/text.ts';
import { Instant, LocalDate } from '../../domain/time.ts';
import { begun, type Intake } from '../intake.ts';
import { type InsuranceInput, type InsuranceOnBehalfInput, insuranceAsked, leftOutOfCase } from './input.ts';

/** Where the rows are: staged as items of their own, made to count by the transaction that names them. */
export const RosterRef = z.strictObject({
  /** `leftOut`: how many rows of the applicant's sheet are not in it */
  ...classed('party', { id: z.string(), count: z.int().min(1), leftOut: z.int().min(1).optional() }),
  // personal, and erased: whoever guesses a name and an identity number could try them against it
  ...classed('personal', { hash: z.string().default('') }),
});
export type RosterRef = z.infer<typeof RosterRef>;

export const Policy = z.strictObject(classed('party', { number: line(60), insurer: PartyId, recordedAt: Instant }));

const request = z.object({
  kind: z.literal('insurance'),
  ...caseFields,
  ...classed('party', { insurer: PartyId }),
  ...insuranceAsked,
  ...leftOutOfCase,
  roster: RosterRef,
});

const insured = request.extend({
  policy: Policy,
  /** the days that were asked for, where the insurer took others: `coverFrom` and `coverTo` are the insurer's */
  ...classed('party', { askedFor: z.strictObject(classed('party', { from: LocalDate, to: LocalDate })).optional() }),
});
const ended = classed('public', { closedAt: Instant });

/** A volunteer insurance request, stage by stage. */
export const InsuranceCase = z.discriminatedUnion('stage', [
  request.extend({ stage: z.enum(['submitted', 'screening', 'approving', 'binding']) }),
  request.extend({ stage: z.literal('changes-requested'), returnTo: z.enum(['approving']) }),
  insured.extend({ stage: z.literal('active') }),
  insured.extend({ stage: z.literal('closed'), ...ended }),
  request.extend({ stage: z.enum(['rejected', 'withdrawn']), ...ended }),
]);
export type InsuranceCase = z.infer<typeof InsuranceCase>;
/** What is asked is kept, the volunteers as a roster beside it: a field of the input that the case lacks is an error here. */
export type InsuranceAsked = Pick<InsuranceCase, Exclude<keyof InsuranceInput, 'volunteers'>>;
export type InsuranceStage = InsuranceCase['stage'];

/**
 * A new case of what was asked.
 * @param roster where the volunteers of the request are
 */
export function newInsurance(
  { consent, volunteers: _volunteers, ...input }: InsuranceInput | InsuranceOnBehalfInput,
  intake: Intake & { insurer: PartyId },
  roster: RosterRef,
): InsuranceCase {
  const asked: Omit<InsuranceAsked, 'consent'> = input;
  return { kind: 'insurance', ...begun(intake, consent), ...asked, insurer: intake.insurer, roster };
}
