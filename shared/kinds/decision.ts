import type * as z from 'zod';
import type { Kind } from '../domain/ids.ts';
import { GrantDecision } from './grant/decision.ts';
import { InsuranceDecision } from './insurance/decision.ts';
import { NeedDecision } from './need/decision.ts';

/** What may be answered, by kind. */
export const decisionInputs = {
  need: NeedDecision,
  grant: GrantDecision,
  insurance: InsuranceDecision,
} as const satisfies Record<Kind, z.ZodType>;
