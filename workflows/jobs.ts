import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { Choice, Condition, Errors, type State, Succeed, TaskInput } from 'aws-cdk-lib/aws-stepfunctions';
import { LambdaInvoke } from 'aws-cdk-lib/aws-stepfunctions-tasks';
import type { Construct } from 'constructs';
import { retried } from './fragments/retries.ts';

/**
 * Works on the job in its input a slice at a time, until nothing is left. What retrying did not mend is passed over by one
 * slice more, in which it counts as failed; if that ends in error too the execution fails, and the sweep asks for another.
 * Two transitions a slice of two minutes.
 * @returns the first state
 */
export function jobsWorkflow(scope: Construct, work: IFunction): State {
  const job = '{% $states.context.Execution.Input.job %}';
  const slice = (name: string, last: boolean) =>
    retried(
      LambdaInvoke.jsonata(scope, name, {
        lambdaFunction: work,
        payload: TaskInput.fromObject({ job, last }),
        outputs: '{% $states.result.Payload %}',
        retryOnServiceExceptions: false,
      }),
    );
  const first = slice('a slice', false);
  const passing = slice('a slice that passes over what fails', true);
  const more = Choice.jsonata(scope, 'is anything left?');
  more.when(Condition.jsonata('{% $states.input.more %}'), first);
  more.otherwise(Succeed.jsonata(scope, 'done'));
  first.addCatch(passing, { errors: [Errors.ALL] });
  passing.next(more);
  first.next(more);
  return first;
}
