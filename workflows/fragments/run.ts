import { Choice, Condition, Errors, type State, type TaskStateBase } from 'aws-cdk-lib/aws-stepfunctions';
import type { Construct } from 'constructs';
import type { StageFunctions } from '../stage-functions.ts';

/** What the fragments of one state machine share. */
export interface Run {
  readonly scope: Construct;
  readonly functions: StageFunctions;
  /** where any stage of the kind can be reached from, for a case that is not where it was expected */
  readonly whereItStands: Choice;
  /** asks the hub to mend what stopped the workflow */
  readonly stuck: TaskStateBase;
  /** the end of an execution whose case the next one carries on */
  readonly renewed: State;
}

/** The states of one stage of the lifecycle. */
interface StageStates {
  readonly start: State;
  /** Called when the states of all stages are there: leads to those that may follow. */
  connect(stateOf: (stage: string) => State): void;
}

/** Makes the states of a stage. */
export type StageFragment = (run: Run, stage: string) => StageStates;

/** JSONata: the case that the execution is about. */
export const caseId = '{% $states.context.Execution.Input.caseId %}';

/** The case stands in this stage, as far as the last answer knows. */
export function standsIn(stage: string): Condition {
  return Condition.jsonata(`{% $states.input.stage = '${stage}' %}`);
}

/** Whatever was not retried to a good end: the hub is asked, and told in which stage it was. */
export function stuckOnError(task: TaskStateBase, run: Run, stage: string): void {
  task.addCatch(run.stuck, { errors: [Errors.ALL], outputs: { stage } });
}

/** The one decision behind a stage: on to a stage that may follow, or to where the case stands if it is in none of them. */
export function followedBy(
  run: Run,
  { stage, start }: { stage: string; start: State },
  next: readonly string[],
  stateOf: (stage: string) => State,
): Choice {
  const choice = Choice.jsonata(run.scope, `${stage}: what next?`);
  choice.when(Condition.jsonata('{% $states.input.renewed = true %}'), run.renewed);
  for (const follower of next) choice.when(standsIn(follower), stateOf(follower));
  choice.when(standsIn(stage), start);
  return choice.otherwise(run.whereItStands);
}
