import type { Millis } from '../../types.ts';
import type { JsonText, Payload } from '../payload.ts';

/** An error as States sees it: `Error` and `Cause` of $states.errorOutput. */
export interface Failure {
  readonly error?: string;
  readonly cause?: string;
  /** A missed heartbeat is reported as States.Timeout, and can be caught as States.HeartbeatTimeout as well. */
  readonly heartbeat?: true;
  /** It ends the whole execution: no retrier or catcher of any state around it is asked. */
  readonly terminal?: true;
}

/** A call of a function that is under way, or a token that is waited for. All of it survives a restart. */
export interface TaskDoing {
  is: 'task';
  /** `scheduled`: not begun; `calling`: the function runs; `submitted`: it answered, the token is waited for. */
  stage: 'scheduled' | 'calling' | 'submitted';
  /** Tells this attempt from any other of the execution, so that a late answer to an earlier one is ignored. */
  attempt: number;
  functionName: string;
  /** The request body, kept until the function has answered: a call repeated after a crash sends the same. */
  payload?: string;
  asynchronous?: true;
  /** The state names the function by its ARN, so its payload is the result as it is. */
  plain?: true;
  token?: string;
  timeoutAt?: Millis;
  heartbeatAt?: Millis;
  heartbeatSeconds?: number;
  /** What came back since the last turn; consumed in the turn, so never stored. */
  answer?: Answer;
}

export type Answer = { readonly from: 'call' | 'token' } & (
  | { readonly output: Payload }
  | { readonly failure: Failure }
);

export interface ChildrenDoing {
  is: 'children';
  /** Branches not yet ended, in order; an iteration that has ended is dropped and its output kept in `outputs`. */
  open: Branch[];
  /** By index; null where nothing came out: not ended yet, or failed within what is tolerated. */
  outputs: (JsonText | null)[];
  /** Of a Map: what its iterations get, the next to start, and how many may run and fail. */
  items?: JsonText[];
  next: number;
  concurrency: number;
  failures: number;
  tolerated: number;
}

type Doing =
  /** About to enter the state `state`. */
  | { is: 'entering' }
  /** Entered; its work is to be started, for the first time, after a retry's delay, or after a redrive. */
  | { is: 'starting' }
  | { is: 'waiting'; until: Millis }
  | { is: 'retrying'; until: Millis }
  | TaskDoing
  | ChildrenDoing
  /** `children` is kept for a redrive, which takes up only what had not succeeded. */
  | { is: 'failed'; failure: Failure; children?: ChildrenDoing }
  | { is: 'ended'; output: JsonText };

/** Variables by name, each as JSON text. */
export type Variables = Readonly<Record<string, JsonText>>;

/** One line of states being walked: the execution's own, a Parallel's branch or a Map's iteration. */
export interface Branch {
  state: string;
  input: JsonText;
  variables: Variables;
  doing: Doing;
  /** The last event of this branch, and the one before the state was entered. */
  lastEvent: number;
  eventBefore: number;
  enteredEvent: number;
  enteredAt: Millis;
  retryCount: number;
  /** How often each retrier of the state was used. */
  retries: number[];
  /** Which branch of its Parallel, or iteration of its Map, this is. */
  index: number;
  /** Of an iteration: what $states.context.Map.Item.Value gives. */
  item?: JsonText;
}

/** What of an execution changes while it runs: one row of storage, as JSON. */
export interface Run {
  root: Branch;
  /** The number of events so far, and so the id of the last. */
  events: number;
  attempts: number;
  timeoutAt: Millis;
}

export function newBranch(state: string, input: JsonText, lastEvent: number, index = 0): Branch {
  return {
    state,
    input,
    variables: {},
    doing: { is: 'entering' },
    lastEvent,
    eventBefore: lastEvent,
    enteredEvent: 0,
    enteredAt: 0,
    retryCount: 0,
    retries: [],
    index,
  };
}

/** Visits a branch and all below it, outermost first. */
export function eachBranch(branch: Branch, visit: (branch: Branch) => void): void {
  visit(branch);
  if (branch.doing.is === 'children') for (const child of branch.doing.open) eachBranch(child, visit);
}

/** The moment at which something in the branch itself falls due; Infinity when nothing does. */
function dueOf({ doing }: Branch): Millis {
  if (doing.is === 'waiting' || doing.is === 'retrying') return doing.until;
  if (doing.is === 'task') return Math.min(doing.timeoutAt ?? Infinity, doing.heartbeatAt ?? Infinity);
  return Infinity;
}

/** When the execution must next be looked at even if nobody calls. */
export function nextDue(run: Run): Millis {
  let due = run.timeoutAt;
  eachBranch(run.root, (branch) => {
    due = Math.min(due, dueOf(branch));
  });
  return due;
}

/** Whether a state is waiting to be entered or started: work that needs nothing from outside. */
export function hasStatesToEnter(run: Run): boolean {
  return some(run, ({ doing }) => doing.is === 'entering' || doing.is === 'starting');
}

/** Whether there is work that a restart has to take up at once: a call in flight, or a state not yet started. */
export function isActive(run: Run): boolean {
  return hasStatesToEnter(run) || some(run, ({ doing }) => doing.is === 'task' && doing.stage !== 'submitted');
}

function some(run: Run, test: (branch: Branch) => boolean): boolean {
  let found = false;
  eachBranch(run.root, (branch) => {
    found ||= test(branch);
  });
  return found;
}

/** The task that matches, with its branch. */
export function findTask(
  run: Run,
  matches: (task: TaskDoing) => boolean,
): { branch: Branch; task: TaskDoing } | undefined {
  let found: { branch: Branch; task: TaskDoing } | undefined;
  eachBranch(run.root, (branch) => {
    if (branch.doing.is === 'task' && matches(branch.doing)) found = { branch, task: branch.doing };
  });
  return found;
}
