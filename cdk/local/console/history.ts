import { z } from 'zod';
import type { PageContext } from './index.ts';

const named = z.looseObject({ name: z.string() });
const failure = z.looseObject({ error: z.string().optional(), cause: z.string().optional() });
const event = z.looseObject({
  id: z.number(),
  type: z.string(),
  timestamp: z.number(),
  previousEventId: z.number().optional(),
  stateEnteredEventDetails: named.extend({ input: z.string().optional() }).optional(),
  stateExitedEventDetails: named.extend({ output: z.string().optional() }).optional(),
  taskScheduledEventDetails: z
    .looseObject({ timeoutInSeconds: z.number().optional(), parameters: z.string().optional() })
    .optional(),
  lambdaFunctionScheduledEventDetails: z.looseObject({ resource: z.string() }).optional(),
});
export type HistoryEvent = z.output<typeof event>;
const page = z.object({ events: z.array(event), nextToken: z.string().optional() });

/** What went wrong in an event, if it tells of that. */
export interface Failure {
  readonly error: string;
  readonly cause: string;
}

/** One visit to a state, from entering to leaving it. */
export interface Step {
  readonly state: string;
  /** As in the names of events: Task, Choice, Wait … */
  readonly type: string;
  /** In milliseconds. */
  readonly entered: number;
  readonly left?: number;
  readonly input: string;
  readonly output?: string;
  /** What went wrong meanwhile, in order: tries that failed, and what was caught in the end. */
  readonly failures: readonly Failure[];
  /** What happened last in it: the name of the event's type. */
  readonly last: string;
  /** Until when an answer is waited for, in milliseconds; undefined when nobody is waited for or for ever. */
  readonly waitsUntil?: number;
  /** The function it calls, by name or ARN, and when that was last heard of. */
  readonly calls?: string;
  readonly lastAt: number;
}

/** Events read at most. */
const MOST_EVENTS = 5_000;

/** The history of an execution, the first event first. */
export async function readHistory({ services }: PageContext, executionArn: string): Promise<readonly HistoryEvent[]> {
  const found: HistoryEvent[] = [];
  let nextToken: string | undefined;
  do {
    const input = { executionArn, maxResults: 1_000, includeExecutionData: true, ...(nextToken && { nextToken }) };
    const read = page.parse(await services.states.call('GetExecutionHistory', input));
    found.push(...read.events);
    nextToken = read.nextToken;
  } while (nextToken !== undefined && found.length < MOST_EVENTS);
  return found;
}

/** The details of an event, whatever they are called. */
export function detailsOf(each: HistoryEvent): unknown {
  return Object.entries(each).find(([key]) => key.endsWith('EventDetails'))?.[1];
}

function failureIn(each: HistoryEvent): Failure | undefined {
  if (!/(Failed|TimedOut|Aborted)$/.test(each.type)) return undefined;
  const { error, cause } = failure.parse(detailsOf(each) ?? {});
  return { error: error ?? each.type, cause: cause ?? '' };
}

/** The visits to states in the order in which they began; what happened in each is found by what caused what. */
export function stepsOf(events: readonly HistoryEvent[]): readonly Step[] {
  const byId = new Map(events.map((each) => [each.id, each]));
  const visitOf = new Map<number, number>();
  const visits = new Map<number, HistoryEvent[]>();
  for (const each of events) {
    const before = each.previousEventId ?? 0;
    if (each.type.startsWith('Execution')) {
      // What is redriven goes on, after this event, in the state in which it stopped: the last that was not left.
      const stopped = [...visits].findLast(([, seen]) => !seen.some(isLeft))?.[0];
      if (each.type === 'ExecutionRedriven' && stopped !== undefined) visitOf.set(each.id, stopped);
      continue;
    }
    const visit = each.stateEnteredEventDetails === undefined ? visitOf.get(before) : each.id;
    // What follows a state that was left belongs to none until the next is entered.
    if (visit === undefined || (visit !== each.id && isLeft(byId.get(before)))) continue;
    visitOf.set(each.id, visit);
    visits.set(visit, [...(visits.get(visit) ?? []), each]);
  }
  return [...visits.values()].map(stepOf).filter((step) => step !== undefined);
}

const isLeft = (each: HistoryEvent | undefined): boolean => each?.stateExitedEventDetails !== undefined;

function stepOf(events: readonly HistoryEvent[]): Step | undefined {
  const [first] = events;
  const entered = first?.stateEnteredEventDetails;
  if (first === undefined || entered === undefined) return undefined;
  const exit = events.find((each) => isLeft(each));
  const scheduled = events.findLast(({ taskScheduledEventDetails }) => taskScheduledEventDetails !== undefined);
  const seconds = scheduled?.taskScheduledEventDetails?.timeoutInSeconds;
  const last = events.at(-1)?.type ?? first.type;
  const calls = events.map(calledIn).findLast((each) => each !== undefined);
  return {
    state: entered.name,
    type: first.type.replace('StateEntered', ''),
    entered: first.timestamp * 1_000,
    ...(exit !== undefined && { left: exit.timestamp * 1_000 }),
    input: entered.input ?? '',
    ...(exit?.stateExitedEventDetails?.output !== undefined && { output: exit.stateExitedEventDetails.output }),
    failures: events.map(failureIn).filter((each) => each !== undefined),
    last,
    lastAt: (events.at(-1)?.timestamp ?? first.timestamp) * 1_000,
    ...(calls !== undefined && { calls }),
    ...(last === 'TaskSubmitted' &&
      scheduled !== undefined &&
      seconds !== undefined && { waitsUntil: (scheduled.timestamp + seconds) * 1_000 }),
  };
}

const parameters = z.object({ FunctionName: z.string() });

/** The function that an event says is to be called. */
function calledIn({ lambdaFunctionScheduledEventDetails: byArn, taskScheduledEventDetails: task }: HistoryEvent) {
  if (byArn !== undefined || task?.parameters === undefined) return byArn?.resource;
  return parameters.safeParse(JSON.parse(task.parameters)).data?.FunctionName;
}

/** The steps from one state to the next, as `from → to`. */
export function waysOf(events: readonly HistoryEvent[]): ReadonlySet<string> {
  const byId = new Map(events.map((each) => [each.id, each]));
  const ways = new Set<string>();
  for (const { previousEventId, stateEnteredEventDetails } of events) {
    const from = byId.get(previousEventId ?? 0)?.stateExitedEventDetails?.name;
    if (from !== undefined && stateEnteredEventDetails !== undefined)
      ways.add(`${from} → ${stateEnteredEventDetails.name}`);
  }
  return ways;
}
