import type { Millis } from '../../types.ts';
import type { MachineProgram, Program, State } from '../definition/program.ts';
import { type Bindings, bindingsFor } from '../expressions/bindings.ts';
import type { Json, JsonObject } from '../json.ts';
import { type JsonText, type Payload, readPayload, together } from '../payload.ts';
import type { HistoryEvent } from './history-event.ts';
import type { Branch, Failure, Run, Variables } from './run.ts';

/** What an execution is and was started with; none of it changes while it runs (a redrive counts itself). */
export interface ExecutionFacts {
  readonly arn: string;
  readonly name: string;
  readonly roleArn: string;
  readonly input: JsonText;
  readonly startedAt: Millis;
  readonly machineArn: string;
  readonly machineName: string;
  readonly redriveCount: number;
  readonly redrivenAt?: Millis;
  readonly redriveToken?: string;
}

export type Outcome =
  | { readonly status: 'SUCCEEDED'; readonly output: string }
  | { readonly status: 'FAILED' | 'TIMED_OUT' | 'ABORTED'; readonly failure: Failure };

/**
 * One turn of an execution: it is walked as far as it goes without waiting for anything outside. What the turn
 * brought about (events, calls to make, the end) is collected here, made durable in one piece, and only then acted on.
 */
export interface Turn {
  facts: ExecutionFacts;
  readonly run: Run;
  readonly program: MachineProgram;
  readonly region: string;
  readonly now: Millis;
  readonly events: HistoryEvent[];
  readonly newToken: () => string;
  /** What was looked into in this turn. */
  readonly payloads: Map<JsonText, Payload>;
  /** States that may still be entered in this turn before others get theirs. */
  budget: number;
  outcome?: Outcome;
}

/** Where a branch stands among others: its states, and the variables of the scopes around it. */
export interface Place {
  readonly program: Program;
  readonly outer: Variables;
  /** Of the iteration around it, if there is one: what $states.context.Map.Item gives. */
  readonly item?: Item;
}

interface Item {
  readonly index: number;
  readonly value: JsonText;
}

/** An execution's history may have so many events; the last is the one that says so. */
export const LARGEST_HISTORY = 25_000;

export class HistoryFull extends Error {}

export function stateOf(place: Place, branch: Branch): State {
  const state = place.program.states.get(branch.state);
  if (state === undefined) throw new Error(`no state '${branch.state}'`);
  return state;
}

/** Records an event of the branch and returns its id. */
export function record(
  turn: Turn,
  branch: Branch,
  type: string,
  details: Record<string, unknown> = {},
  previous = branch.lastEvent,
): number {
  const id = append(turn, type, previous, details);
  branch.lastEvent = id;
  return id;
}

/** Records an event without moving any branch on. */
export function append(
  turn: Turn,
  type: string,
  previousEventId: number,
  details: Record<string, unknown> = {},
): number {
  const last = turn.run.events + 1;
  if (last >= LARGEST_HISTORY && !type.startsWith('Execution')) throw new HistoryFull();
  turn.run.events = last;
  turn.events.push({ id: last, previousEventId, timestamp: turn.now / 1000, type, ...details });
  return last;
}

/** Looks into what a state was given. */
export function read(turn: Turn, text: JsonText): Payload {
  const known = turn.payloads.get(text) ?? readPayload(text);
  turn.payloads.set(text, known);
  return known;
}

export interface Scene {
  readonly result?: Payload;
  readonly errorOutput?: JsonObject;
  readonly item?: Item;
  readonly token?: string;
}

/** What the expressions of the branch's state see. */
export function bindings(turn: Turn, place: Place, branch: Branch, scene: Scene = {}): Bindings {
  const longs = [turn.program.longs];
  const see = ({ value, longs: own }: Payload): Json => {
    longs.push(own);
    return value;
  };
  const look = (text: JsonText): Json => see(read(turn, text));
  const texts = Object.entries({ ...place.outer, ...branch.variables });
  const variables = Object.fromEntries(texts.map(([name, text]) => [name, look(text)]));
  const states = {
    input: look(branch.input),
    context: context(turn, place, branch, scene, look),
    ...(scene.result !== undefined && { result: see(scene.result) }),
    ...(scene.errorOutput !== undefined && { errorOutput: scene.errorOutput }),
  };
  return bindingsFor(variables, states, turn.now, together(longs));
}

function context(turn: Turn, place: Place, branch: Branch, scene: Scene, look: (text: JsonText) => Json): JsonObject {
  const { facts } = turn;
  const type = place.program.states.get(branch.state)?.type;
  const retried = type === 'Task' || type === 'Map' || type === 'Parallel';
  const item = scene.item ?? place.item;
  return {
    Execution: {
      Id: facts.arn,
      Input: look(facts.input),
      StartTime: iso(facts.startedAt),
      Name: facts.name,
      RoleArn: facts.roleArn,
      RedriveCount: facts.redriveCount,
      ...(facts.redrivenAt !== undefined && { RedriveTime: iso(facts.redrivenAt) }),
    },
    StateMachine: { Id: facts.machineArn, Name: facts.machineName },
    State: {
      Name: branch.state,
      EnteredTime: iso(branch.enteredAt),
      ...(retried && { RetryCount: branch.retryCount }),
    },
    ...(scene.token !== undefined && { Task: { Token: scene.token } }),
    ...(item !== undefined && { Map: { Item: { Index: item.index, Value: look(item.value) } } }),
  };
}

function iso(at: Millis): string {
  return new Date(at).toISOString();
}
