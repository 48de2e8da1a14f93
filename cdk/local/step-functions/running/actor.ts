import type { MachineProgram } from '../definition/program.ts';
import type { Status } from '../storage/executions.ts';
import type { HistoryEvent } from './history-event.ts';
import type { Run } from './run.ts';
import type { ExecutionFacts, Outcome, Turn } from './turn.ts';

/** An execution while something is happening to it; one that waits is in storage only. */
export interface Actor {
  readonly id: number;
  readonly program: MachineProgram;
  readonly run: Run;
  facts: ExecutionFacts;
  status: Status;
  readonly inbox: Message[];
  running: boolean;
  /** Attempts whose function is running in this process. */
  readonly calling: Set<number>;
}

/** What an action may look at and change. It is synchronous; what it throws refuses it and changes nothing. */
export interface Access {
  readonly actor: Actor;
  readonly turn: Turn;
}

export interface Message {
  act(access: Access): void;
  done(): void;
  fail(error: unknown): void;
}

/** How many states one execution may enter before it makes room for others. */
const BUDGET = 100;

export function newTurn(actor: Actor, region: string, now: number, newToken: () => string): Turn {
  const events: HistoryEvent[] = [];
  const { facts, run, program } = actor;
  return { facts, run, program, region, now, events, newToken, payloads: new Map(), budget: BUDGET };
}

export function statusOf(outcome: Outcome | undefined): Status {
  return outcome === undefined ? 'RUNNING' : outcome.status;
}
