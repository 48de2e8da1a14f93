import type { TaskState } from '../definition/program.ts';
import { failureDetails, outputDetails } from '../running/history-event.ts';
import type { Branch, Failure } from '../running/run.ts';
import { record, type Turn } from '../running/turn.ts';

/** How the history names the optimized integration of a task. */
export function resourceDetails(state: TaskState): { resourceType: string; resource: string } {
  return { resourceType: 'lambda', resource: state.resource.callback ? 'invoke.waitForTaskToken' : 'invoke' };
}

export function recordStarted(turn: Turn, branch: Branch, state: TaskState): void {
  if (state.resource.kind === 'arn') record(turn, branch, 'LambdaFunctionStarted');
  else record(turn, branch, 'TaskStarted', { taskStartedEventDetails: resourceDetails(state) });
}

/** There is no such event for a function called by its ARN. */
export function recordSubmitted(turn: Turn, branch: Branch, state: TaskState, output: string): void {
  if (state.resource.kind === 'arn') return;
  record(turn, branch, 'TaskSubmitted', {
    taskSubmittedEventDetails: { ...resourceDetails(state), ...outputDetails(output) },
  });
}

export function recordSucceeded(turn: Turn, branch: Branch, state: TaskState, output: string): void {
  if (state.resource.kind === 'arn') {
    record(turn, branch, 'LambdaFunctionSucceeded', { lambdaFunctionSucceededEventDetails: outputDetails(output) });
  } else {
    record(turn, branch, 'TaskSucceeded', {
      taskSucceededEventDetails: { ...resourceDetails(state), ...outputDetails(output) },
    });
  }
}

export function recordFailed(turn: Turn, branch: Branch, state: TaskState, failure: Failure): void {
  if (state.resource.kind === 'arn') {
    record(turn, branch, 'LambdaFunctionFailed', { lambdaFunctionFailedEventDetails: failureDetails(failure) });
  } else {
    record(turn, branch, 'TaskFailed', {
      taskFailedEventDetails: { ...resourceDetails(state), ...failureDetails(failure) },
    });
  }
}

export function recordTimedOut(turn: Turn, branch: Branch, state: TaskState, failure: Failure): void {
  if (state.resource.kind === 'arn') {
    record(turn, branch, 'LambdaFunctionTimedOut', { lambdaFunctionTimedOutEventDetails: failureDetails(failure) });
  } else {
    record(turn, branch, 'TaskTimedOut', {
      taskTimedOutEventDetails: { ...resourceDetails(state), ...failureDetails(failure) },
    });
  }
}
