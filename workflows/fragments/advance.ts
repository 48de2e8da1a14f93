import { TaskInput } from 'aws-cdk-lib/aws-stepfunctions';
import { LambdaInvoke } from 'aws-cdk-lib/aws-stepfunctions-tasks';
import { retried } from './retries.ts';
import { caseId, type Run, stuckOnError } from './run.ts';
import { lifeIsOver, runNumber } from './run-life.ts';

/**
 * A task that says what time makes of a case. A person who was quicker wins: then it gives where that person brought the
 * case. What it gives has `renewed` if this execution is over and the case, still where it was, goes on in the next.
 * @param action JSONata that gives one of the actions of `AdvanceInput`
 */
export function advance(run: Run, name: string, stage: string, action: string): LambdaInvoke {
  const task = LambdaInvoke.jsonata(run.scope, name, {
    lambdaFunction: run.functions.advance,
    payload: TaskInput.fromObject({
      caseId,
      stage,
      action: `{% ${action} %}`,
      round: '{% $round %}',
      run: `{% ${runNumber} %}`,
    }),
    outputs: `{% $merge([$states.result.Payload, {'renewed': ${lifeIsOver} and $states.result.Payload.stage = '${stage}'}]) %}`,
    assign: { round: `{% $states.result.Payload.stage = '${stage}' ? $round + 1 : 0 %}` },
    retryOnServiceExceptions: false,
  });
  stuckOnError(retried(task), run, stage);
  return task;
}
