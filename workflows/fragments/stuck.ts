import { Duration } from 'aws-cdk-lib';
import {
  Errors,
  Fail,
  IntegrationPattern,
  TaskInput,
  type TaskStateBase,
  Timeout,
} from 'aws-cdk-lib/aws-stepfunctions';
import { LambdaInvoke } from 'aws-cdk-lib/aws-stepfunctions-tasks';
import type { Construct } from 'constructs';
import type { StageFunctions } from '../stage-functions.ts';
import { retried } from './retries.ts';
import { caseId } from './run.ts';

/** A case that cannot go on is what a hub looks at first. */
const DUE = Duration.days(1);

/** When nobody has looked for this long, the workflow tries by itself: what was wrong may have been mended for all cases. */
const TRIES_AGAIN_AFTER = Duration.days(7);

/** Asks the hub to mend what stopped the workflow. Only when even that cannot be asked, the execution fails, and an alarm goes. */
export function stuck(scope: Construct, functions: StageFunctions): TaskStateBase {
  const task = LambdaInvoke.jsonata(scope, 'stuck', {
    lambdaFunction: functions.openTask,
    integrationPattern: IntegrationPattern.WAIT_FOR_TASK_TOKEN,
    payload: TaskInput.fromObject({
      caseId,
      stage: "{% $type($states.input.stage) = 'string' ? $states.input.stage : 'unknown' %}",
      taskToken: '{% $states.context.Task.Token %}',
      dueSeconds: DUE.toSeconds(),
      stuck: true,
    }),
    taskTimeout: Timeout.duration(TRIES_AGAIN_AFTER),
    outputs: '{% $states.result %}',
    retryOnServiceExceptions: false,
  });
  return retried(task);
}

/** Where a stuck workflow goes on: from the beginning, or nowhere when the hub could not be asked. */
export function afterStuck(scope: Construct, task: TaskStateBase, beginning: TaskStateBase): void {
  const nobody = Fail.jsonata(scope, 'nobody could be asked', {
    error: 'NobodyCouldBeAsked',
    cause: 'The case cannot go on, and the hub could not be told.',
  });
  task.next(beginning);
  task.addCatch(beginning, { errors: [Errors.TIMEOUT] });
  task.addCatch(nobody, { errors: [Errors.ALL] });
}
