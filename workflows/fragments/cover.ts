import { TaskInput, Wait, WaitTime } from 'aws-cdk-lib/aws-stepfunctions';
import { LambdaInvoke } from 'aws-cdk-lib/aws-stepfunctions-tasks';
import { advance } from './advance.ts';
import { retried } from './retries.ts';
import { caseId, followedBy, type Run, type StageFragment, stuckOnError } from './run.ts';
import { lifeEnds, lifeIsOver } from './run-life.ts';

/** Waits until the instant in a variable, or until the execution must hand over to the next. */
function waitUntil(run: Run, name: string, variable: string): Wait {
  const until = `$fromMillis($min([$toMillis(${variable}), ${lifeEnds}]))`;
  return Wait.jsonata(run.scope, name, { time: WaitTime.timestamp(`{% ${until} %}`) });
}

/**
 * The stage in which people are insured: enters them, tells in time that it is ending, and ends.
 * @param next the stages that may follow
 */
export function cover(next: readonly string[]): StageFragment {
  return (run, stage) => {
    const enter = LambdaInvoke.jsonata(run.scope, stage, {
      lambdaFunction: run.functions.cover,
      payload: TaskInput.fromObject({ caseId }),
      outputs: '{% $states.result.Payload %}',
      assign: {
        round: 0,
        endingSoonAt: '{% $states.result.Payload.endingSoonAt %}',
        endsAt: '{% $states.result.Payload.endsAt %}',
      },
      retryOnServiceExceptions: false,
    });
    stuckOnError(retried(enter), run, stage);
    const soon = waitUntil(run, `${stage}: until it ends soon`, '$endingSoonAt');
    const tell = advance(run, `${stage}: ends soon`, stage, `${lifeIsOver} ? 'renew' : 'ending-soon'`);
    const last = waitUntil(run, `${stage}: until it ends`, '$endsAt');
    const end = advance(run, `${stage}: ends`, stage, `${lifeIsOver} ? 'renew' : 'end'`);
    return {
      start: enter,
      connect: (stateOf) => {
        const decision = followedBy(run, { stage, start: enter }, next, stateOf);
        // a run that is over passes both waits at once, and the decision sees it
        enter.next(soon).next(tell).next(last).next(end).next(decision);
      },
    };
  };
}
