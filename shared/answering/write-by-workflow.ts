import type { TransactWriteItem } from '@aws-sdk/client-dynamodb';
import { Permanent, Retryable } from '../domain/errors.ts';
import type { CaseEvent } from '../domain/event.ts';
import type { CaseId } from '../domain/ids.ts';
import type { Action } from '../domain/permissions.ts';
import type { Case } from '../kinds/case.ts';
import type { Change } from '../kinds/change.ts';
import { readCase, replacement } from '../store/cases.ts';
import { budgetChange } from '../store/programmes.ts';
import { ConditionFailed, type Table, transact } from '../store/table.ts';
import { type Acting, assertMay } from './acting.ts';

/** What acts when nobody does. */
const background: Acting = { type: 'workflow' };

/** That the work in the background may do this: it passes the same table of permissions as people. @throws {@link Rejected} */
export function assertByWorkflow(action: Action, subject?: Case): void {
  assertMay(background, action, subject);
}

/**
 * The case about which the workflow asks for something.
 * @throws {@link Permanent} when there is no such case: the workflow was started for nothing
 */
export async function caseForWorkflow(table: Table, id: CaseId, action: Action): Promise<Case> {
  const subject = await readCase(table, id);
  if (!subject) throw new Permanent(`no case ${id}`);
  assertByWorkflow(action, subject);
  return subject;
}

/** `Omit` that keeps a union a union. */
type DistributiveOmit<T, K extends keyof T> = T extends unknown ? Omit<T, K> : never;

/** A change that adds an event to a case and raises its version, and changes nothing else. */
export function noteEvent(
  before: Case,
  event: DistributiveOmit<CaseEvent, 'caseId' | 'kind' | 'version' | 'hub' | 'stage' | 'by'>,
): Change {
  const after = { ...before, version: before.version + 1 };
  const { id: caseId, kind, version, hub, stage } = after;
  return {
    before,
    after,
    children: [],
    event: { ...event, caseId, kind, version, hub, stage, by: { type: 'workflow' } },
  };
}

/**
 * Writes what the workflow changes, with whatever else belongs to it, in one transaction.
 * @throws {@link Retryable} when a person was quicker: tried again, the stage sees what that person did
 */
export async function writeByWorkflow(
  table: Table,
  change: Change,
  also: readonly TransactWriteItem[] = [],
): Promise<Case> {
  const { before, after, event, budget } = change;
  try {
    await transact(table, [
      ...replacement(table, before, after, event),
      ...(budget ? [budgetChange(table, budget.programme, budget.moves)] : []),
      ...also,
    ]);
  } catch (error) {
    if (error instanceof ConditionFailed) throw new Retryable('the case was changed meanwhile', { cause: error });
    throw error;
  }
  return after;
}
