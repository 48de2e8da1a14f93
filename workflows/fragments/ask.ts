import { Errors, IntegrationPattern, TaskInput, Timeout } from 'aws-cdk-lib/aws-stepfunctions';
import { LambdaInvoke } from 'aws-cdk-lib/aws-stepfunctions-tasks';
import type { Wait } from '../../shared/kinds/waits.ts';
import { advance } from './advance.ts';
import { dueSeconds, overdueAction, waitSeconds } from './overdue.ts';
import { retried } from './retries.ts';
import { caseId, followedBy, type StageFragment, stuckOnError } from './run.ts';

/**
 * A stage in which somebody is asked: one state that waits for the answer, and one decision behind it. On silence the
 * case is reminded of, escalated or ended, and then, if it is still there, the same question is waited for again.
 * @param waits what follows on silence, and when
 * @param next the stages that may follow, by an answer, by withdrawal or by time
 */
export function ask(waits: readonly Wait[], next: readonly string[]): StageFragment {
  return (run, stage) => {
    const question = LambdaInvoke.jsonata(run.scope, stage, {
      lambdaFunction: run.functions.openTask,
      integrationPattern: IntegrationPattern.WAIT_FOR_TASK_TOKEN,
      payload: TaskInput.fromObject({
        caseId,
        stage,
        taskToken: '{% $states.context.Task.Token %}',
        dueSeconds: `{% ${dueSeconds(waits)} %}`,
      }),
      taskTimeout: Timeout.jsonata(`{% ${waitSeconds(waits)} %}`),
      outputs: '{% $states.result %}',
      assign: { round: 0 },
      retryOnServiceExceptions: false,
    });
    const silence = advance(run, `${stage}: no answer`, stage, overdueAction(waits));
    return {
      start: question,
      connect: (stateOf) => {
        retried(question).addCatch(silence, { errors: [Errors.TIMEOUT] });
        stuckOnError(question, run, stage);
        const decision = followedBy(run, { stage, start: question }, next, stateOf);
        question.next(decision);
        silence.next(decision);
      },
    };
  };
}
