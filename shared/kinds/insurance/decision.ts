import * as z from 'zod';
import { line } from '../../domain/text.ts';
import { changesRequested, plain, rejected, resumed } from '../answer.ts';
import { InsuranceChanges } from './input.ts';

/** What may be answered about an insurance request. */
export const InsuranceDecision = z.discriminatedUnion('outcome', [
  plain('approved', {}),
  plain('bound', { policyNumber: line(60) }),
  plain('resubmitted', { changes: InsuranceChanges.optional() }),
  changesRequested,
  rejected,
  resumed,
]);
export type InsuranceDecision = z.infer<typeof InsuranceDecision>;
