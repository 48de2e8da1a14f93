import type * as z from 'zod';
import type { Finding } from '../domain/case-base.ts';
import type { Kind } from '../domain/ids.ts';
import type { WorkflowOutcome } from './advance.ts';
import type { CaseOf } from './case.ts';
import type { Change, Decided } from './change.ts';
import { advanceGrant, withdrawGrant } from './grant/decide.ts';
import { GrantDecision } from './grant/decision.ts';
import { advanceInsurance, withdrawInsurance } from './insurance/decide.ts';
import { InsuranceDecision } from './insurance/decision.ts';
import { advanceNeed, withdrawNeed } from './need/decide.ts';
import { NeedDecision } from './need/decision.ts';

/** What may be answered, by kind. */
export const decisionInputs = {
  need: NeedDecision,
  grant: GrantDecision,
  insurance: InsuranceDecision,
} as const satisfies Record<Kind, z.ZodType>;

/** An answer about a case of this kind. */
export type DecisionOf<K extends Kind> = z.infer<(typeof decisionInputs)[K]>;

/** What of a kind's decisions rests on the case alone. */
interface Deciding<K extends Kind> {
  /** what the workflow makes of a case that stands where its edge begins; `screening` is what the checks noticed */
  advance(before: CaseOf<K>, on: WorkflowOutcome, how: Decided, screening: Finding[]): Change;
  /** the applicant takes it back */
  withdraw(before: CaseOf<K>, how: Decided): Change;
}

const deciding: { readonly [K in Kind]: Deciding<K> } = {
  need: { advance: advanceNeed, withdraw: withdrawNeed },
  grant: { advance: advanceGrant, withdraw: withdrawGrant },
  insurance: { advance: advanceInsurance, withdraw: withdrawInsurance },
};

/** What the workflow makes of a case, see {@link Deciding}. */
export function advanced<K extends Kind>(
  before: CaseOf<K>,
  on: WorkflowOutcome,
  how: Decided,
  screening: Finding[],
): Change {
  return deciding[before.kind].advance(before, on, how, screening);
}

/** What the applicant makes of a case by taking it back, see {@link Deciding}. */
export function withdrawn<K extends Kind>(before: CaseOf<K>, how: Decided): Change {
  return deciding[before.kind].withdraw(before, how);
}
