import { type Kind, kinds } from '../domain/ids.ts';
import type { CaseOf } from './case.ts';
import type { Asks, By, Outcome, Stage } from './define.ts';
import { kindsOfCase } from './index.ts';

/** A legal change of stage: from where, to where, by whom and on which outcome. */
export interface Edge<S extends string = string, O extends string = string> {
  readonly from: S;
  readonly to: S;
  readonly by: By;
  readonly on: O;
}

/** The names of a record's entries, in their order. */
function namesOf<N extends string>(record: Readonly<Record<N, unknown>>): N[] {
  const names: N[] = [];
  for (const name in record) names.push(name);
  return names;
}

/** A stage by its name; undefined for a name that the kind does not have. */
export function stageOf(kind: Kind, name: string): Stage | undefined {
  const stages: Readonly<Record<string, Stage>> = kindsOfCase[kind].stages;
  return Object.hasOwn(stages, name) ? stages[name] : undefined;
}

/** What can come of a stage, by its name; undefined for a name that the kind does not have. */
export function outcomeOf(kind: Kind, name: string): Outcome | undefined {
  const outcomes: Readonly<Record<string, Outcome>> = kindsOfCase[kind].outcomes;
  return Object.hasOwn(outcomes, name) ? outcomes[name] : undefined;
}

/** All stages of a kind: along its way, then the ends that are none of it. */
export function stagesOf<K extends Kind>(kind: K): readonly CaseOf<K>['stage'][] {
  return namesOf(kindsOfCase[kind].stages);
}

/** Every legal change from a stage, in the order of its buttons. What drives conditions on a write, buttons, pictures, workflow. */
export function edgesFrom(kind: Kind, stage: string): readonly Edge[] {
  const { asks, on = {} } = stageOf(kind, stage) ?? {};
  return Object.entries(on).flatMap(([outcome, followers = []]) =>
    followers.map((to) => ({
      from: stage,
      to,
      by: outcomeOf(kind, outcome)?.by ?? besideOf(kind, stage, outcome)?.by ?? asks?.by ?? 'workflow',
      on: outcome,
    })),
  );
}

/** Every legal change of a kind's stage. */
export function lifecycleOf(kind: Kind): readonly Edge[] {
  return stagesOf(kind).flatMap((stage) => edgesFrom(kind, stage));
}

/** The stages in which nothing more happens. What is an end of one kind is an end of each that has it. */
export const endStages: ReadonlySet<string> = new Set(
  kinds.flatMap((kind) => stagesOf(kind).filter((stage) => stageOf(kind, stage)?.on === undefined)),
);

/** The stages of a kind along its straight way, for the picture; those that a case comes to only sometimes too. */
export function wayOf(kind: Kind): readonly string[] {
  return stagesOf(kind).filter((stage) => stageOf(kind, stage)?.way !== 'aside');
}

/** What whoever is asked may answer when the case is in this stage, in the order of the buttons. */
export function outcomesOf(kind: Kind, stage: string): readonly string[] {
  const { on = {} } = stageOf(kind, stage) ?? {};
  return Object.keys(on).filter(
    (outcome) => outcomeOf(kind, outcome)?.by === undefined && besideOf(kind, stage, outcome) === undefined,
  );
}

/** What others than whoever is asked may do when the case is in this stage, by outcome. */
export function besidesOf(kind: Kind, stage: string): readonly (readonly [outcome: string, by: Asks])[] {
  return Object.entries(stageOf(kind, stage)?.beside ?? {}).flatMap(([outcome, by]) => (by ? [[outcome, by]] : []));
}

/** Who may do this beside the question of the stage; undefined where it is an answer to it, or nothing of the stage. */
export function besideOf(kind: Kind, stage: string, outcome: string): Asks | undefined {
  return besidesOf(kind, stage).find(([each]) => each === outcome)?.[1];
}

/** Whether a run that began under an earlier release may not know where it is led, so that another carries the case on. */
export function beginsAnew(kind: Kind, from: string, to: string): boolean {
  return stageOf(kind, to)?.since !== undefined && stageOf(kind, from)?.since === undefined;
}

/** Whether the lifecycle knows this change. */
export function isLegal(kind: Kind, from: string, on: string, to: string): boolean {
  return stageOf(kind, from)?.on?.[on]?.includes(to) ?? false;
}
