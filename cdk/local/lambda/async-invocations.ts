import type { Clock, Millis, Timer } from '../types.ts';
import { ServiceError } from '../types.ts';
import { createEventStore, type StoredEvent } from './event-store.ts';
import type { FunctionDefinition } from './function-definition.ts';

/** Takes the record of an event that was given up to the ARN of a queue, topic, bus or function. */
export type Deliver = (destinationArn: string, record: string) => Promise<void>;

export interface AsyncInvocations {
  /** Accepts an event: it is on disk when this resolves. */
  accept(functionName: string, requestId: string, payload: string): Promise<void>;
  /** Takes up what was accepted for this function before a restart. */
  resume(functionName: string): void;
  stop(): void;
}

export interface AsyncOptions {
  readonly clock: Clock;
  /** The database file. */
  readonly file: string;
  find(functionName: string): FunctionDefinition | undefined;
  /** Gives the event to the function; throws {@link ServiceError} when that has no room for it. */
  attempt(functionName: string, requestId: string, payload: string): Promise<{ payload: string; failed: boolean }>;
  readonly deliver: Deliver;
}

const SECOND: Millis = 1_000;
/** "One minute between the first two attempts and two minutes between the second and third" (Lambda developer guide). */
const WAITS: readonly Millis[] = [60 * SECOND, 120 * SECOND];
const MOST_REFUSED_WAIT: Millis = 300 * SECOND;
const DEFAULT_RETRIES = 2;
const DEFAULT_AGE_SECONDS = 21_600;

/** JSON text as a value; what is not JSON stays text. */
function value(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return json;
  }
}

/** https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html */
function recordOf(
  event: StoredEvent,
  fn: FunctionDefinition,
  condition: 'RetriesExhausted' | 'EventAgeExceeded',
  now: Millis,
  responsePayload?: string,
): string {
  return JSON.stringify({
    version: '1.0',
    timestamp: new Date(now).toISOString(),
    requestContext: {
      requestId: event.requestId,
      functionArn: `${fn.arn}:$LATEST`,
      condition,
      approximateInvokeCount: event.attempts,
    },
    requestPayload: value(event.payload),
    ...(responsePayload === undefined
      ? {}
      : {
          responseContext: { statusCode: 200, executedVersion: '$LATEST', functionError: 'Unhandled' },
          responsePayload: value(responsePayload),
        }),
  });
}

/** Lambda's queue for asynchronous events: durable, with its retries, its waits and the destination for lost ones. */
export function createAsyncInvocations({ clock, file, find, attempt, deliver }: AsyncOptions): AsyncInvocations {
  const store = createEventStore(file);
  const timers = new Map<string, Timer>();
  let stopped = false;

  const finish = (event: StoredEvent): void => {
    timers.delete(event.requestId);
    if (!stopped) store.remove(event.requestId);
  };

  const later = (event: StoredEvent): void => {
    if (stopped) return;
    store.put(event);
    schedule(event);
  };

  const giveUp = (
    event: StoredEvent,
    fn: FunctionDefinition,
    condition: 'RetriesExhausted' | 'EventAgeExceeded',
    payload?: string,
  ): void => {
    if (fn.onFailureDestinationArn === undefined) finish(event);
    else later({ ...event, due: clock.now(), record: recordOf(event, fn, condition, clock.now(), payload) });
  };

  const tell = async (event: StoredEvent, fn: FunctionDefinition, record: string): Promise<void> => {
    try {
      if (fn.onFailureDestinationArn !== undefined) await deliver(fn.onFailureDestinationArn, record);
      finish(event);
    } catch {
      later({ ...event, due: clock.now() + (WAITS[0] ?? 0) });
    }
  };

  const work = async (event: StoredEvent): Promise<void> => {
    const fn = find(event.functionName);
    if (fn === undefined) return;
    if (event.record !== undefined) return tell(event, fn, event.record);
    const expires = event.acceptedAt + (fn.maxEventAgeSeconds ?? DEFAULT_AGE_SECONDS) * SECOND;
    if (clock.now() > expires) return giveUp(event, fn, 'EventAgeExceeded');
    try {
      const result = await attempt(event.functionName, event.requestId, event.payload);
      const next = { ...event, attempts: event.attempts + 1, refusals: 0 };
      if (!result.failed) finish(event);
      else if (event.attempts >= (fn.maxRetryAttempts ?? DEFAULT_RETRIES)) {
        giveUp(next, fn, 'RetriesExhausted', result.payload);
      } else later({ ...next, due: clock.now() + (WAITS[event.attempts] ?? WAITS[0] ?? 0) });
    } catch (error) {
      if (!(error instanceof ServiceError)) throw error;
      const wait = Math.min(SECOND * 2 ** event.refusals, MOST_REFUSED_WAIT);
      later({ ...event, refusals: event.refusals + 1, due: clock.now() + wait });
    }
  };

  const schedule = (event: StoredEvent): void => {
    const start = (): void => {
      if (stopped) return;
      const done = clock.busy(`asynchronous ${event.functionName} ${event.requestId}`);
      work(event)
        .catch((error: unknown) => {
          // The store has it as it was: with a full disk a function may get an event more often, and loses none.
          console.error(`An asynchronous event of ${event.functionName} is tried again: ${String(error)}`);
          if (!stopped) schedule({ ...event, due: clock.now() + (WAITS[0] ?? 0) });
        })
        .finally(done);
    };
    timers.set(event.requestId, clock.at(event.due, start));
  };

  return {
    resume(functionName) {
      for (const event of store.of(functionName)) if (!timers.has(event.requestId)) schedule(event);
    },
    async accept(functionName, requestId, payload) {
      const now = clock.now();
      const event = { requestId, functionName, payload, acceptedAt: now, due: now, attempts: 0, refusals: 0 };
      if (stopped) return;
      const done = clock.busy(`accept ${functionName} ${requestId}`);
      try {
        store.put(event);
        await store.durable();
        if (!stopped) schedule(event);
      } finally {
        done();
      }
    },
    stop() {
      stopped = true;
      for (const timer of timers.values()) timer.cancel();
      store.close();
    },
  };
}
