import * as z from 'zod';
import { line } from '../../domain/text.ts';
import { LocalDate } from '../../domain/time.ts';
import { changesRequested, plain, rejected, resumed } from '../answer.ts';
import { InsuranceChanges } from './input.ts';

/** What may be answered about an insurance request. */
export const InsuranceDecision = z.discriminatedUnion('outcome', [
  plain('approved', {}),
  // the insurer's own days; left out, those that were asked for, if they can still be covered
  plain('bound', { policyNumber: line(60), coverFrom: LocalDate.optional(), coverTo: LocalDate.optional() }),
  plain('resubmitted', { changes: InsuranceChanges.optional() }),
  changesRequested,
  rejected,
  resumed,
]);
export type InsuranceDecision = z.infer<typeof InsuranceDecision>;
