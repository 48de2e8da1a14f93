import * as z from 'zod';
import { PositiveFen } from '../../domain/money.ts';
import { changesRequested, plain, reasoned, rejected, resumed } from '../answer.ts';
import { GrantReport, PaymentInput } from './case.ts';
import { GrantChanges } from './input.ts';

/** What may be answered about a grant application. */
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
