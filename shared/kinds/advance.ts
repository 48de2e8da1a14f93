import type { Finding } from '../domain/case-base.ts';
import type { Instant } from '../domain/time.ts';
import type { Case } from './case.ts';
import type { Change, Decided } from './change.ts';
import { advanced } from './decision.ts';
import { edgesFrom } from './lifecycle.ts';

/** What the workflow itself changes: screening, deadlines, ends. */
export type WorkflowOutcome = 'screen' | 'screened' | 'expired' | 'arrival-due' | 'ended';

/**
 * The workflow moves a case on by one edge; nothing when the case is no longer where that edge begins.
 * @param findings what screening noticed, for the edge `screen`
 */
export function advance(
  before: Case,
  on: WorkflowOutcome,
  now: Instant,
  findings: readonly Finding[] = [],
  task?: Decided['task'],
): Change | undefined {
  if (!edgesFrom(before.kind, before.stage).some((edge) => edge.on === on)) return undefined;
  const how: Decided = { actor: { type: 'workflow' }, now, ...(task && { task }) };
  return advanced(before, on, how, [...findings]);
}

/** The edge by which the workflow brings a case to `stage`, which a task is about to ask about; undefined where there is none. */
export function edgeInto({ kind, stage: from }: Case, stage: string): WorkflowOutcome | undefined {
  const byTime = ['screened', 'arrival-due'] as const;
  return byTime.find((on) => edgesFrom(kind, from).some((edge) => edge.on === on && edge.to === stage));
}
