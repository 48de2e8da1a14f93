import type { LocalClock } from '../clock.ts';
import type { InvokeResult, LambdaService } from '../types.ts';
import type { Deliver } from './async-invocations.ts';
import type { CallHistory } from './call-history.ts';
import type { Surroundings } from './environment.ts';
import type { FunctionDefinition } from './function-definition.ts';
import type { LogEntry, LogQuery } from './log-store.ts';

export interface LambdaOptions extends Surroundings {
  readonly clock: LocalClock;
  /** Where logs and queued events are kept. */
  readonly dataDir: string;
  readonly accountId: string;
  /** Takes records of lost asynchronous events to their destination; without it destinations are refused at deploy. */
  readonly deliver?: Deliver;
  /** How long an unused environment is kept, in milliseconds of real time; five minutes unless told. */
  readonly idleMs?: number;
  /** Hears each line that a function logs: as text, and, where it went to standard output past the console, what it says. */
  readonly heard?: (functionName: string, text: string, written: unknown) => void;
  /** Threads of all functions together; unless told, by cores and free memory. */
  readonly maxThreads?: number | undefined;
}

/** A synchronous result with what Lambda's API tells beside it. */
export interface Invocation extends InvokeResult {
  readonly requestId: string;
}

/** A function as a page would show it. */
interface FunctionDescription extends CallHistory {
  readonly definition: Omit<FunctionDefinition, 'credentials'>;
  /** Threads of the function, how many of them work, and how many calls wait for one. */
  readonly environments: number;
  readonly busy: number;
  readonly waiting: number;
}

export interface LocalLambda extends LambdaService {
  invoke(functionName: string, payload: string): Promise<Invocation>;
  /**
   * Sets up a function and takes up the asynchronous events that wait for it; replaces the one of that name. Throws for
   * what Lambda would not create.
   */
  deploy(fn: FunctionDefinition): void;
  /**
   * Has the functions whose code is in `codeDir` run that in `folder`, from the next call on. Calls under way end with what they
   * began with.
   */
  replaceCode(codeDir: string, folder: string): void;
  /** Throws ResourceNotFoundException unless the function is deployed. */
  check(functionName: string): void;
  describe(): readonly FunctionDescription[];
  /** The function's log, oldest entry first. */
  logs(functionName: string, query?: LogQuery): Promise<readonly LogEntry[]>;
  /** Ends all threads. Calls that are under way never end, as if the machine had been switched off. */
  stop(): Promise<void>;
}
