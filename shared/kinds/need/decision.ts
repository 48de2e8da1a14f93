import * as z from 'zod';
import { PartialContact } from '../../domain/applicant.ts';
import { CaseId, OfferId, PartyId } from '../../domain/ids.ts';
import { prose } from '../../domain/text.ts';
import { changesRequested, plain, reasoned, rejected, resumed } from '../answer.ts';
import { ConsignmentInput } from './case.ts';
import { careTiers, Delivery, NeedChanges, urgencies } from './input.ts';
import { Quantity } from './line.ts';

const LineId = z.string().regex(/^L\d{1,4}$/);

/** Quantities by line: `{ line: 'L1', quantity: 500 }`. */
const LineQuantity = z.strictObject({ line: LineId, quantity: Quantity.or(z.literal(0)) });

/** What may be answered about a need. */
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
  reasoned('called-off', {}),
  reasoned('not-arrived', {}),
  plain('reported', { report: prose(5000) }),
  plain('resubmitted', { changes: NeedChanges.optional() }),
  changesRequested,
  rejected,
  reasoned('declined', {}),
  reasoned('merged', { into: CaseId }),
  resumed,
]);
export type NeedDecision = z.infer<typeof NeedDecision>;
