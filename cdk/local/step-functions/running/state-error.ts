import { FieldError, QueryError } from '../expressions/expression.ts';
import { failureDetails } from './history-event.ts';
import { DataLimitExceeded } from './leave.ts';
import type { Branch, Failure } from './run.ts';
import { record, type Turn } from './turn.ts';

/** A state cannot be gone through at all. Becomes States.Runtime, which ends the execution. */
export class StateError extends Error {}

/** AWS puts the state and the event of its entry in front of what went wrong inside it. */
function located(branch: Branch, message: string): string {
  return `An error occurred while executing the state '${branch.state}' (entered at the event id #${branch.enteredEvent}). ${message}`;
}

/**
 * Turns what a state threw into an error of the States language, recording EvaluationFailed for an expression.
 * Throws on what is not a state's fault.
 */
export function failureOf(turn: Turn, branch: Branch, thrown: unknown): Failure {
  if (thrown instanceof QueryError) {
    const failure = { error: 'States.QueryEvaluationError', cause: located(branch, thrown.message) };
    // AWS chains the event to the one before the state was entered while its expressions are evaluated, to the entry after.
    const evaluating = branch.lastEvent === branch.enteredEvent && !(thrown instanceof FieldError);
    const previous = evaluating ? branch.eventBefore : branch.lastEvent;
    const { location } = thrown;
    const details = { ...failureDetails(failure), ...(location !== undefined && { location }), state: branch.state };
    record(turn, branch, 'EvaluationFailed', { evaluationFailedEventDetails: details }, previous);
    return failure;
  }
  if (thrown instanceof DataLimitExceeded)
    return { error: 'States.DataLimitExceeded', cause: thrown.message, terminal: true };
  if (thrown instanceof StateError)
    return { error: 'States.Runtime', cause: located(branch, thrown.message), terminal: true };
  throw thrown;
}
