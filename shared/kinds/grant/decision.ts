import * as z from 'zod';
import { Fen, PositiveFen } from '../../domain/money.ts';
import { line } from '../../domain/text.ts';
import { LocalDate } from '../../domain/time.ts';
import { changesRequested, plain, reasoned, rejected, resumed } from '../answer.ts';
import { GrantReport, PaymentInput } from './case.ts';
import { GrantChanges } from './input.ts';
import { EntryId } from './money.ts';

/** What may be answered about a grant application. */
export const GrantDecision = z.discriminatedUnion('outcome', [
  plain('recommended', {
    /** 0–100 */
    score: z.int().min(0).max(100),
  }),
  /** `amount` in fen; left out: what was asked for, up to the programme's ceiling */
  reasoned('not-recommended', { score: z.int().min(0).max(100).optional() }),
  plain('approved', { amount: PositiveFen.optional() }),
  plain('accepted', {}),
  plain('paid', PaymentInput.shape),
  plain('reported', GrantReport.shape),
  plain('report-accepted', {}),
  plain('resubmitted', { changes: GrantChanges.optional() }),
  changesRequested,
  rejected,
  reasoned('report-returned', {}),
  reasoned('payment-failed', {}),
  /** the reason says where the money is to go */
  reasoned('account-corrected', {}),
  plain('nothing-paid', {}),
  /** what came back of a payment, all of it or a part; in fen */
  plain('returned', { amount: PositiveFen, returnedOn: LocalDate, reference: line(80) }),
  /** a wrong entry is corrected by another; `amount` in fen, of a return, 0 for one that never came */
  reasoned('entry-corrected', { entry: EntryId, on: LocalDate, reference: line(80), amount: Fen.optional() }),
  /** that what is owed is not asked back, all of it unless an amount in fen says how much */
  reasoned('waiver-asked', { amount: PositiveFen.optional() }),
  plain('waived', {}),
  reasoned('still-owed', {}),
  /** the funder stops the grant */
  reasoned('stopped', {}),
  resumed,
]);
export type GrantDecision = z.infer<typeof GrantDecision>;
