import { Choice, type State, Succeed, TaskInput } from 'aws-cdk-lib/aws-stepfunctions';
import { LambdaInvoke } from 'aws-cdk-lib/aws-stepfunctions-tasks';
import type { Construct } from 'constructs';
import type { Kind } from '../shared/domain/ids.ts';
import { edgesFrom, stageOf, stagesOf } from '../shared/kinds/lifecycle.ts';
import { ask } from './fragments/ask.ts';
import { cover } from './fragments/cover.ts';
import { end } from './fragments/end.ts';
import { retried } from './fragments/retries.ts';
import { caseId, type Run, type StageFragment, standsIn, stuckOnError } from './fragments/run.ts';
import { afterStuck, stuck } from './fragments/stuck.ts';
import type { StageFunctions } from './stage-functions.ts';

/** Stages before anybody is asked: they have no states but the first. */
const automatic: ReadonlySet<string> = new Set(['submitted', 'screening']);

/** The states of a stage, as its kind describes it. @throws Error for a stage that says how nothing follows in time */
function fragmentOf(kind: Kind, stage: string): StageFragment {
  const next = [...new Set(edgesFrom(kind, stage).map(({ to }) => to))].filter((to) => to !== stage);
  if (next.length === 0) return end;
  const waits = stageOf(kind, stage)?.waits;
  if (!waits) throw new Error(`the stage ${stage} of a ${kind} does not say how long is waited in it`);
  return waits === 'cover' ? cover(next) : ask(waits, next);
}

/**
 * Builds the states of a kind's workflow, from the stages that `shared/kinds` describes. An execution is about the case in
 * its input and may begin anywhere: a linked need starts in the middle, and so does a new run of an old case. Input of every
 * state is the last {@link ../shared/domain/workflow/contract.ts Progress}; the one variable, `round`, counts how often the
 * present question was met with silence.
 * @returns the first state
 */
export function caseWorkflow(scope: Construct, functions: StageFunctions, kind: Kind): State {
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

  const stages: readonly string[] = stagesOf(kind).filter((stage) => !automatic.has(stage));
  const states = new Map(stages.map((stage) => [stage, fragmentOf(kind, stage)(run, stage)]));
  const stateOf = (stage: string): State => {
    const found = states.get(stage);
    if (!found) throw new Error(`the workflow has no stage ${stage}`);
    return found.start;
  };
  for (const fragment of states.values()) fragment.connect(stateOf);

  for (const { to } of edgesFrom(kind, 'screening').filter(({ by }) => by === 'workflow'))
    run.whereItStands.when(standsIn('screening'), stateOf(to));
  for (const stage of states.keys()) run.whereItStands.when(standsIn(stage), stateOf(stage));
  run.whereItStands.otherwise(run.stuck);
  screening.next(run.whereItStands);
  return screening;
}
