import type { Finding } from '../domain/case-base.ts';
import { Permanent } from '../domain/errors.ts';
import type { Instant } from '../domain/time.ts';
import type { Case } from './case.ts';
import { type Change, change, type Decided, moved } from './change.ts';
import { release } from './grant/decide.ts';

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
  const how: Decided = { actor: { type: 'workflow' }, now, ...(task && { task }) };
  const fields = { ...moved(before, on, how) };
  if (on === 'screen') {
    if (before.stage !== 'submitted') return undefined;
    const screening = [...findings];
    if (before.kind === 'need') return change(before, { ...before, ...fields, stage: 'screening', screening }, on, how);
    if (before.kind === 'grant')
      return change(before, { ...before, ...fields, stage: 'screening', screening }, on, how);
    return change(before, { ...before, ...fields, stage: 'screening', screening }, on, how);
  }
  if (on === 'screened') {
    if (before.stage !== 'screening') return undefined;
    if (before.kind === 'need') return change(before, { ...before, ...fields, stage: 'verifying' }, on, how);
    if (before.kind === 'grant') return change(before, { ...before, ...fields, stage: 'reviewing' }, on, how);
    return change(before, { ...before, ...fields, stage: 'approving' }, on, how);
  }
  if (on === 'arrival-due') {
    if (before.stage !== 'in-transit') return undefined;
    return change(before, { ...before, ...fields, stage: 'confirming' }, on, how);
  }
  if (on === 'ended') {
    if (before.stage !== 'active') return undefined;
    return change(before, { ...before, ...fields, stage: 'closed', closedAt: now }, on, how);
  }
  return expire(before, how, fields);
}

function expire(before: Case, how: Decided, fields: ReturnType<typeof moved>): Change | undefined {
  const closedAt = how.now;
  if (before.kind === 'need' && (before.stage === 'matching' || before.stage === 'changes-requested')) {
    return change(before, { ...before, ...fields, stage: 'expired', closedAt }, 'expired', how);
  }
  if (before.kind === 'grant' && (before.stage === 'agreement' || before.stage === 'changes-requested')) {
    return {
      ...change(before, { ...before, ...fields, stage: 'lapsed', closedAt }, 'expired', how),
      ...release(before),
    };
  }
  if (before.kind === 'insurance' && before.stage === 'changes-requested') {
    return change(before, { ...before, ...fields, stage: 'withdrawn', closedAt }, 'expired', how);
  }
  return undefined;
}

/** The edge by which the workflow brings a case to `stage`, which a task is about to ask about. */
export function edgeInto(subject: Case, stage: string): WorkflowOutcome {
  if (subject.stage === 'screening') return 'screened';
  if (subject.stage === 'in-transit' && stage === 'confirming') return 'arrival-due';
  throw new Permanent(`no edge by the workflow from ${subject.stage} to ${stage}`);
}
