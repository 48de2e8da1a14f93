import type { Scalar, Template } from '../expressions/template.ts';
import type { LongNumbers } from '../payload.ts';

/** A definition with its expressions compiled: made once per revision of a state machine, then only read. */
export interface Program {
  readonly startAt: string;
  readonly states: ReadonlyMap<string, State>;
  /** Seconds after which the whole execution ends as TIMED_OUT. */
  readonly timeoutSeconds?: number;
}

/** The whole definition. */
export interface MachineProgram extends Program {
  /** Of the values written down in it. */
  readonly longs: LongNumbers;
}

export interface Flow {
  readonly next?: string;
  readonly assign?: Template;
  readonly output?: Template;
}

interface Named {
  readonly name: string;
}

export interface Retrier {
  readonly errors: readonly string[];
  readonly interval: Scalar;
  readonly attempts: Scalar;
  readonly backoff: Scalar;
  readonly longest?: Scalar;
  readonly jitter: boolean;
}

export interface Catcher extends Flow {
  readonly errors: readonly string[];
  readonly next: string;
}

export interface Handlers {
  readonly retry: readonly Retrier[];
  readonly catch: readonly Catcher[];
}

/** What a Task calls. `arn` names the function itself; `invoke` is the optimized integration, whose arguments name it. */
export type Resource =
  | { readonly kind: 'arn'; readonly functionArn: string; readonly callback: boolean }
  | { readonly kind: 'invoke'; readonly callback: boolean };

export interface TaskState extends Named, Flow, Handlers {
  readonly type: 'Task';
  readonly resource: Resource;
  readonly arguments?: Template;
  readonly timeout?: Scalar;
  readonly heartbeat?: Scalar;
}

export interface MapState extends Named, Flow, Handlers {
  readonly type: 'Map';
  readonly items?: Template;
  readonly selector?: Template;
  readonly concurrency: Scalar;
  readonly toleratedCount?: Scalar;
  readonly toleratedPercentage?: Scalar;
  readonly processor: Program;
}

export interface ParallelState extends Named, Flow, Handlers {
  readonly type: 'Parallel';
  readonly arguments?: Template;
  readonly branches: readonly Program[];
}

export interface Choice extends Flow {
  readonly condition: Scalar;
  readonly next: string;
}

export interface ChoiceState extends Named, Flow {
  readonly type: 'Choice';
  readonly choices: readonly Choice[];
  readonly default?: string;
}

export interface WaitState extends Named, Flow {
  readonly type: 'Wait';
  readonly seconds?: Scalar;
  readonly timestamp?: Scalar;
}

export interface PassState extends Named, Flow {
  readonly type: 'Pass';
}

export interface SucceedState extends Named, Flow {
  readonly type: 'Succeed';
}

export interface FailState extends Named {
  readonly type: 'Fail';
  readonly error?: Scalar;
  readonly cause?: Scalar;
}

export type State =
  | TaskState
  | MapState
  | ParallelState
  | ChoiceState
  | WaitState
  | PassState
  | SucceedState
  | FailState;

/** States that can hold children, and so be retried or caught as a whole. */
export type HandlingState = TaskState | MapState | ParallelState;

export function handlesErrors(state: State): state is HandlingState {
  return state.type === 'Task' || state.type === 'Map' || state.type === 'Parallel';
}
