import { Choice, type State, Succeed, TaskInput } from 'aws-cdk-lib/aws-stepfunctions';
import { LambdaInvoke } from 'aws-cdk-lib/aws-stepfunctions-tasks';
import type { Construct } from 'constructs';
import { retried } from './fragments/retries.ts';
import { caseId, type Run, type StageFragment, standsIn, stuckOnError } from './fragments/run.ts';
import { afterStuck, stuck } from './fragments/stuck.ts';
import type { StageFunctions } from './stage-functions.ts';

/** The workflow of a kind of case. `S` are its stages after screening. */
export interface CaseWorkflow<S extends string> {
  /** where a case goes that was screened */
  readonly screenedInto: S;
  /** every stage after screening, each with what happens in it */
  readonly stages: Readonly<Record<S, StageFragment<S>>>;
}

/** The names of the stages of a record of fragments, typed. */
function namesOf<S extends string>(stages: Readonly<Record<S, unknown>>): S[] {
  const names: S[] = [];
  for (const name in stages) names.push(name);
  return names;
}

/**
 * Builds the states of a workflow. An execution is about the case in its input and may begin anywhere: a linked need
 * starts in the middle, and so does a new run of an old case. Input of every state is the last
 * {@link ../shared/domain/workflow/contract.ts Progress}; the one variable, `round`, counts how often the present
 * question was met with silence.
 * @returns the first state
 */
export function caseWorkflow<S extends string>(
  scope: Construct,
  functions: StageFunctions,
  { screenedInto, stages }: CaseWorkflow<S>,
): State {
  const screening = LambdaInvoke.jsonata(scope, 'screening', {
    lambdaFunction: functions.screen,
    payload: TaskInput.fromObject({ caseId }),
    outputs: '{% $states.result.Payload %}',
    assign: { round: 0 },
    retryOnServiceExceptions: false,
  });
  const run: Run = {
    scope,
    functions,
    whereItStands: Choice.jsonata(scope, 'where does it stand?'),
    stuck: stuck(scope, functions),
    renewed: Succeed.jsonata(scope, 'goes on in a new run'),
  };
  stuckOnError(retried(screening), run, 'screening');
  afterStuck(run.stuck, screening);

  const states = new Map(namesOf(stages).map((stage) => [stage, stages[stage](run, stage)]));
  const stateOf = (stage: S): State => {
    const found = states.get(stage);
    if (!found) throw new Error(`the workflow has no stage ${stage}`);
    return found.start;
  };
  for (const fragment of states.values()) fragment.connect(stateOf);

  run.whereItStands.when(standsIn('screening'), stateOf(screenedInto));
  for (const stage of states.keys()) run.whereItStands.when(standsIn(stage), stateOf(stage));
  run.whereItStands.otherwise(run.stuck);
  screening.next(run.whereItStands);
  return screening;
}
