import { Duration } from 'aws-cdk-lib';
import { Errors, IntegrationPattern, TaskInput, type TaskStateBase, Timeout } from 'aws-cdk-lib/aws-stepfunctions';
import { LambdaInvoke } from 'aws-cdk-lib/aws-stepfunctions-tasks';
import type { Construct } from 'constructs';
import type { StageFunctions } from '../stage-functions.ts';
import { retried } from './retries.ts';
import { caseId } from './run.ts';

/** A case that cannot go on is what a hub looks at first. */
const DUE = Duration.days(1);

/** When nobody has looked for this long, the workflow tries by itself: what was wrong may have been mended for all cases. */
const TRIES_AGAIN_AFTER = Duration.days(7);

/**
 * Asks the hub to mend what stopped the workflow. Only when even that cannot be asked, the execution fails, and an alarm
 * goes. It fails in this state, uncaught: redriven once the trouble is over, it asks the hub and goes on. A state of kind
 * Fail would fail again, whenever it is redriven.
 */
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

/** Where a stuck workflow goes on: from the beginning, when the hub has answered or nobody has for so long. */
export function afterStuck(task: TaskStateBase, beginning: TaskStateBase): void {
  task.next(beginning);
  task.addCatch(beginning, { errors: [Errors.TIMEOUT] });
}
