import * as z from 'zod';
import { caseFields } from '../../domain/case-base.ts';
import { PartyId, ProgrammeId } from '../../domain/ids.ts';
import { currency, PositiveFen, sumFen } from '../../domain/money.ts';
import { classed } from '../../domain/privacy/classes.ts';
import { line, optionalLine, prose } from '../../domain/text.ts';
import { Instant, LocalDate } from '../../domain/time.ts';
import type { Programme } from '../../entities/programme/programme.ts';
import { begun, type Intake } from '../intake.ts';
import { type GrantInput, type GrantOnBehalfInput, grantAsked } from './input.ts';
import { MoneyEntry } from './money.ts';

/** What was granted: reserved from the programme's budget from the first approval on. */
export const Award = z.strictObject(
  classed('party', { amount: PositiveFen, currency: z.literal(currency), reservedAt: Instant }),
);

/** A payment that the funder's finance made, as in its books. */
export const PaymentInput = z.strictObject(
  classed('party', { amount: PositiveFen.optional(), paidOn: LocalDate, reference: line(80) }),
);
export const Payment = PaymentInput.extend(classed('party', { amount: PositiveFen, recordedAt: Instant }));

/** How the money was spent. Amounts in fen; `spent` may be less than was paid, never more. */
export const GrantReport = z.strictObject({
  ...classed('personal', { summary: prose(5000), evidence: optionalLine(500) }, 'application'),
  ...classed('party', { spent: z.int().min(0).max(100_000_000_000) }),
});
/** The report as it is kept; erased, it is without words. */
const KeptReport = GrantReport.extend({
  ...classed('personal', { summary: z.string().default('') }, 'application'),
  ...classed('party', { sentAt: Instant }),
});

const grant = z.object({
  kind: z.literal('grant'),
  ...caseFields,
  ...classed('public', { programme: ProgrammeId, programmeName: z.string(), funder: PartyId }),
  ...grantAsked,
  ...classed('party', {
    /** the budget lines' sum, in fen */
    requested: PositiveFen,
  }),
  /** what was paid and came back, in the order in which it was recorded */
  entries: z.array(MoneyEntry).max(500).optional(),
  // erased, an application is without words
  ...classed(
    'personal',
    { purpose: z.string().default(''), answers: z.record(z.string(), z.string()).default({}) },
    'application',
  ),
});

/** What must come back of a payment, and why: it was not spent, the funder stopped the grant, the grantee gave it up. */
const Owed = z.strictObject(
  classed('party', { amount: PositiveFen, because: z.enum(['unspent', 'stopped', 'given-up']) }),
);

const awarded = grant.extend({ award: Award });
const agreed = awarded.extend(classed('party', { agreedAt: Instant }));
const paid = agreed.extend({ payment: Payment, ...classed('party', { reportDueOn: LocalDate }) });
const reported = paid.extend({ report: KeptReport });
const owing = paid.extend({ report: KeptReport.optional(), owed: Owed });
const ended = classed('public', { closedAt: Instant });

/** A grant application, stage by stage: a disbursed one has a payment, a submitted one cannot. */
export const GrantCase = z.discriminatedUnion('stage', [
  grant.extend({ stage: z.enum(['submitted', 'screening', 'reviewing', 'approving']) }),
  grant.extend({
    stage: z.literal('changes-requested'),
    returnTo: z.enum(['reviewing', 'approving', 'second-approval']),
    award: Award.optional(),
  }),
  awarded.extend({ stage: z.enum(['second-approval', 'agreement']) }),
  agreed.extend({ stage: z.literal('disbursing') }),
  agreed.extend({ stage: z.literal('payment-failed') }),
  agreed.extend({ stage: z.literal('stopping') }),
  paid.extend({ stage: z.literal('delivering'), report: KeptReport.optional() }),
  reported.extend({ stage: z.literal('reporting') }),
  owing.extend({ stage: z.literal('returning') }),
  owing.extend({ stage: z.literal('waiving'), ...classed('party', { waiver: PositiveFen }) }),
  reported.extend({ stage: z.literal('closed'), owed: Owed.optional(), ...ended }),
  grant.extend({
    stage: z.literal('terminated'),
    award: Award.optional(),
    payment: Payment.optional(),
    report: KeptReport.optional(),
    owed: Owed.optional(),
    ...classed('party', { agreedAt: Instant.optional(), reportDueOn: LocalDate.optional() }),
    ...ended,
  }),
  grant.extend({ stage: z.enum(['rejected', 'withdrawn', 'lapsed']), ...ended }),
]);
export type GrantCase = z.infer<typeof GrantCase>;
/** What is asked is kept: a field of the input that the case lacks is an error here. */
export type GrantAsked = Pick<GrantCase, keyof GrantInput>;
export type GrantStage = GrantCase['stage'];

/** A new case of what was asked. */
export function newGrant(
  { consent, ...input }: GrantInput | GrantOnBehalfInput,
  intake: Intake,
  programme: Programme,
): GrantCase {
  const asked: Omit<GrantAsked, 'consent'> = input;
  return {
    kind: 'grant',
    ...begun(intake, consent),
    ...asked,
    programme: programme.id,
    programmeName: programme.name,
    funder: programme.funder,
    requested: sumFen(asked.budget.map((line) => line.amount)),
  };
}
