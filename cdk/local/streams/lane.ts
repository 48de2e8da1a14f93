import type { EventSourceSpec } from '../template/blueprint.ts';
import type { Clock, InvokeResult, Millis, Timer } from '../types.ts';
import { ServiceError } from '../types.ts';
import { type BatchFailure, failedFrom } from './batch-result.ts';
import type { EngineRecord, ShardReader } from './shard-reader.ts';

/** A record as the function gets it. */
export interface LaneRecord {
  readonly sequenceNumber: string;
  readonly createdAt: Millis;
  /** The record in JSON. */
  readonly text: string;
}

export interface LaneOptions {
  readonly name: string;
  readonly source: EventSourceSpec;
  readonly reader: ShardReader;
  readonly clock: Clock;
  /** Where to go on; undefined: at the oldest record. */
  readonly position: string | undefined;
  /** The record for the function; undefined when it is filtered out or another lane's. */
  accept(record: EngineRecord): LaneRecord | undefined;
  invoke(payload: string): Promise<InvokeResult>;
  /** Everything up to here is done. */
  advanced(sequenceNumber: string): void;
  /** Takes records that are given up. Throws when they could not be put anywhere. */
  giveUp(records: readonly LaneRecord[], failure: BatchFailure): Promise<void>;
  /** The shard has ended and all of it is done. */
  closed(): void;
  say(line: string): void;
}

export interface LaneState {
  readonly position: string | undefined;
  /** Tries of the batch that is in the way, those that did not reach the function too; 0 when none is. */
  readonly attempts: number;
  /** Whether something failed, also a call that did not reach the function, and is tried again later. */
  readonly waits: boolean;
  readonly lastError: string | undefined;
}

/** One reader that takes the records of a shard in order and does not pass one before it is dealt with. */
export interface Lane {
  /** There may be something to read. */
  wake(): void;
  state(): LaneState;
  stop(): void;
}

interface Batch {
  readonly records: readonly LaneRecord[];
  readonly attempts: number;
  readonly invocations: number;
  /** What the function last said to it. */
  readonly response?: InvokeResult;
}

/** Just below Lambda's 6 MB for an event. */
const MOST_BYTES = 6_000_000;
const READ_AT_ONCE = 1_000;
const FIRST_WAIT: Millis = 1_000;
const LONGEST_WAIT: Millis = 60_000;

/** https://docs.aws.amazon.com/lambda/latest/dg/services-dynamodb-eventsourcemapping.html */
export function createLane(options: LaneOptions): Lane {
  const { source, reader, clock } = options;
  /** Parts of a batch that are still to be tried, in order. */
  const work: Batch[] = [];
  const pending: LaneRecord[] = [];
  let position = options.position;
  let cursor = options.position;
  let ended = false;
  let lastError: string | undefined;
  let refusals = 0;
  let running = false;
  let dirty = false;
  let stopped = false;
  let timer: Timer | undefined;
  let windowEnds: Millis | undefined;

  const pause = (until: Millis, busy: () => void): void => {
    timer = clock.at(until, () => {
      timer = undefined;
      start();
    });
    running = false;
    busy();
  };

  const start = (): void => {
    if (running || stopped || timer !== undefined) return;
    running = true;
    const busy = clock.busy(`stream ${options.name}`);
    run(busy).catch((error: unknown) => {
      lastError = String(error);
      if (stopped) {
        running = false;
        return busy();
      }
      options.say(`Reading for ${options.name} failed and is tried again: ${lastError}`);
      refusals += 1;
      pause(clock.now() + waitAfter(refusals), busy);
    });
  };

  const moveTo = (sequenceNumber: string | undefined): void => {
    if (sequenceNumber === undefined || sequenceNumber === position) return;
    position = sequenceNumber;
    options.advanced(sequenceNumber);
  };

  const done = (batch: readonly LaneRecord[]): void => moveTo(batch.at(-1)?.sequenceNumber);

  /** Reads on until a batch is full or there is no more. */
  const fill = async (): Promise<void> => {
    while (pending.length < source.batchSize && !ended) {
      dirty = false;
      const { records, closed } = await reader.read(cursor, READ_AT_ONCE);
      for (const record of records) {
        const accepted = options.accept(record);
        if (accepted !== undefined) pending.push(accepted);
      }
      cursor = records.at(-1)?.dynamodb.SequenceNumber ?? cursor;
      ended = closed && records.length === 0;
      if (records.length === 0 && !dirty) return;
    }
  };

  /** How many of those that wait fit into the next batch, and whether it can take no more. */
  const nextSize = (): { readonly count: number; readonly full: boolean } => {
    let bytes = 0;
    let count = 0;
    for (const record of pending.slice(0, source.batchSize)) {
      bytes += Buffer.byteLength(record.text) + 1;
      if (count > 0 && bytes > MOST_BYTES) return { count, full: true };
      count += 1;
    }
    return { count, full: count === source.batchSize };
  };

  /** Tries a batch. Gives how long to wait before what is left of it is tried again; 0 for not at all. */
  const attempt = async (batch: Batch): Promise<Millis> => {
    const { records, attempts, invocations } = batch;
    const oldest = source.maxRecordAgeSeconds;
    if (oldest !== undefined) {
      const old = records.filter((record) => clock.now() - record.createdAt > oldest * 1_000);
      if (old.length > 0) {
        await options.giveUp(old, { condition: 'RecordAgeExceeded', invocations, response: batch.response });
        done(old);
        const young = records.slice(old.length);
        if (young.length > 0) work.unshift({ ...batch, records: young });
        return 0;
      }
    }
    let result: InvokeResult;
    try {
      result = await options.invoke(`{"Records":[${records.map((record) => record.text).join(',')}]}`);
    } catch (error) {
      if (!(error instanceof ServiceError)) throw error;
      // The batch did not reach the function: that is no attempt.
      lastError = `${error.code}: ${error.message}`;
      refusals += 1;
      work.unshift(batch);
      return waitAfter(refusals);
    }
    refusals = 0;
    const failedAt = failedFrom(result, records, source.reportsItemFailures);
    if (failedAt === undefined) {
      lastError = undefined;
      done(records);
      return 0;
    }
    lastError =
      result.functionError === undefined ? 'The function reported items as failed.' : result.payload.slice(0, 2_000);
    done(records.slice(0, failedAt));
    const left = records.slice(failedAt);
    if (source.bisect && (failedAt > 0 || left.length > 1)) {
      // A part that succeeded is where the batch is bisected; otherwise the bad record may be in either half.
      const middle = failedAt > 0 ? left.length : Math.ceil(left.length / 2);
      const parts = [left.slice(0, middle), left.slice(middle)].filter((part) => part.length > 0);
      // "Splitting a batch does not count towards the retry quota."
      const tried = { attempts, invocations: invocations + 1, response: result };
      work.unshift(...parts.map((part) => ({ records: part, ...tried })));
      return 0;
    }
    const exhausted = source.maxRetryAttempts !== undefined && attempts >= source.maxRetryAttempts;
    if (exhausted) {
      await options.giveUp(left, {
        condition: 'RetryAttemptsExhausted',
        invocations: invocations + 1,
        response: result,
      });
      done(left);
      lastError = undefined;
      return 0;
    }
    work.unshift({ records: left, attempts: attempts + 1, invocations: invocations + 1, response: result });
    return waitAfter(attempts + 1);
  };

  const run = async (busy: () => void): Promise<void> => {
    while (!stopped) {
      const next = work.shift();
      if (next !== undefined) {
        let wait: Millis;
        try {
          wait = await attempt(next);
        } catch (error) {
          work.unshift(next);
          throw error;
        }
        if (wait > 0) return pause(clock.now() + wait, busy);
        continue;
      }
      await fill();
      refusals = 0;
      if (pending.length === 0) {
        windowEnds = undefined;
        moveTo(cursor);
        if (ended) options.closed();
        if (!dirty) break;
        continue;
      }
      const { count, full } = nextSize();
      if (source.windowSeconds > 0 && !full && !ended) {
        windowEnds ??= clock.now() + source.windowSeconds * 1_000;
        if (clock.now() < windowEnds) return pause(windowEnds, busy);
      }
      windowEnds = undefined;
      work.push({ records: pending.splice(0, count), attempts: 0, invocations: 0 });
    }
    running = false;
    busy();
  };

  return {
    wake() {
      dirty = true;
      // A window ends early when its batch is full; what waits after an error goes on waiting.
      if (windowEnds !== undefined && timer !== undefined) {
        timer.cancel();
        timer = undefined;
      }
      start();
    },
    state: () => ({
      position,
      attempts: Math.max(work[0]?.attempts ?? 0, refusals),
      waits: timer !== undefined && windowEnds === undefined,
      lastError,
    }),
    stop() {
      stopped = true;
      timer?.cancel();
    },
  };
}

function waitAfter(attempts: number): Millis {
  return Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** (attempts - 1));
}
