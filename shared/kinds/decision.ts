import * as z from 'zod';
import { PartialContact } from '../domain/applicant.ts';
import type { Kind } from '../domain/ids.ts';
import { CaseId, OfferId, PartyId } from '../domain/ids.ts';
import { PositiveFen } from '../domain/money.ts';
import { line, optionalProse, prose } from '../domain/text.ts';
import { GrantReport, PaymentInput } from './grant/case.ts';
import { GrantChanges } from './grant/input.ts';
import { InsuranceChanges } from './insurance/input.ts';
import { ConsignmentInput } from './need/case.ts';
import { careTiers, Delivery, NeedChanges, urgencies } from './need/input.ts';
import { Quantity } from './need/line.ts';

const LineId = z.string().regex(/^L\d{1,4}$/);

/** An outcome that needs no reason: one may be given. */
function plain<O extends string, F extends z.ZodRawShape>(outcome: O, fields: F) {
  return z.strictObject({ outcome: z.literal(outcome), reason: optionalProse(2000), ...fields });
}

/** An outcome that somebody will ask "why?" about: the reason is required. */
function reasoned<O extends string, F extends z.ZodRawShape>(outcome: O, fields: F) {
  return z.strictObject({ outcome: z.literal(outcome), reason: prose(2000), ...fields });
}

/** Quantities by line: `{ line: 'L1', quantity: 500 }`. */
const LineQuantity = z.strictObject({ line: LineId, quantity: Quantity.or(z.literal(0)) });

const changesRequested = reasoned('changes-requested', {});
const rejected = reasoned('rejected', {});
/** The answer to a stuck workflow: whatever stood in the way is gone. */
const resumed = plain('resumed', {});

export const NeedDecision = z.discriminatedUnion('outcome', [
  plain('verified', {
    /** amounts found out by asking */
    lines: z
      .array(z.strictObject({ line: LineId, quantity: Quantity }))
      .max(200)
      .optional(),
    urgency: z.enum(urgencies).optional(),
    careTier: z.enum(careTiers).optional(),
    delivery: Delivery.optional(),
    contact: PartialContact.optional(),
  }),
  plain('matched', { donor: PartyId, offer: OfferId.optional() }),
  plain('approved', {
    /** what is given of each line; left out: every line of known amount in full */
    lines: z.array(LineQuantity).min(1).max(200).optional(),
  }),
  plain('dispatched', ConsignmentInput.shape),
  plain('confirmed', {
    /** what arrived of each line; left out: everything that was dispatched */
    lines: z
      .array(z.strictObject({ line: LineId, received: Quantity.or(z.literal(0)), enough: z.boolean().optional() }))
      .max(200)
      .optional(),
  }),
  plain('reported', { report: prose(5000) }),
  plain('resubmitted', { changes: NeedChanges.optional() }),
  changesRequested,
  rejected,
  reasoned('declined', {}),
  reasoned('merged', { into: CaseId }),
  resumed,
]);
export type NeedDecision = z.infer<typeof NeedDecision>;

export const GrantDecision = z.discriminatedUnion('outcome', [
  plain('recommended', {
    /** 0–100 */
    score: z.int().min(0).max(100),
  }),
  /** `amount` in fen; left out: what was asked for, up to the programme's ceiling */
  plain('approved', { amount: PositiveFen.optional() }),
  plain('accepted', {}),
  plain('paid', PaymentInput.shape),
  plain('reported', GrantReport.shape),
  plain('report-accepted', {}),
  plain('resubmitted', { changes: GrantChanges.optional() }),
  changesRequested,
  rejected,
  reasoned('report-returned', {}),
  resumed,
]);
export type GrantDecision = z.infer<typeof GrantDecision>;

export const InsuranceDecision = z.discriminatedUnion('outcome', [
  plain('approved', {}),
  plain('bound', { policyNumber: line(60) }),
  plain('resubmitted', { changes: InsuranceChanges.optional() }),
  changesRequested,
  rejected,
  resumed,
]);
export type InsuranceDecision = z.infer<typeof InsuranceDecision>;

/** What may be answered, by kind. */
export const decisionInputs = {
  need: NeedDecision,
  grant: GrantDecision,
  insurance: InsuranceDecision,
} as const satisfies Record<Kind, z.ZodType>;
