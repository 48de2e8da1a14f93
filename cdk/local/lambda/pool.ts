import { availableParallelism } from 'node:os';
import { timedOut } from './environment-failures.ts';
import type { FailedStart, Instance, Outcome } from './instance.ts';
import type { Seats } from './seats.ts';

/** An event that waits for an environment. */
interface PoolCall {
  readonly requestId: string;
  readonly payload: string;
}

/** What came of a call, and of the environment that was started for it if one was. */
export interface PoolOutcome extends Outcome {
  readonly initMs?: number;
}

export interface Pool {
  run(call: PoolCall): Promise<PoolOutcome>;
  /** Ends an idle environment, if there is one. */
  endIdle(): boolean;
  /** Looks again whether waiting calls can go on. */
  poke(): void;
  size(): { readonly environments: number; readonly busy: number; readonly waiting: number };
  /** Does what it has been given and then ends: another pool takes over. */
  retire(): void;
  /** Ends all threads; calls under way or waiting never get an answer. */
  stop(): Promise<void>;
}

/** Lambda gives an environment 10 s to load; then it starts another within the invocation's own time. */
const INIT_LIMIT_MS = 10_000;
const CORES = availableParallelism();
/** What a burst has started beside the first goes sooner: each holds some tens of megabytes. */
const SURPLUS_IDLE_MS = 60_000;
/** Where Lambda would start an environment at once, a short wait usually saves it: it costs more CPU than most calls. */
const PATIENCE_MS = 25;
/** More threads than cores help calls that wait for something: others have to wait longer for one. */
const PATIENCE_WHEN_COMPUTING_MS = 250;
const COMPUTING_SHARE = 0.6;

interface Waiting {
  readonly call: PoolCall;
  readonly since: number;
  readonly resolve: (outcome: PoolOutcome) => void;
}

export interface PoolOptions {
  readonly timeoutSeconds: number;
  readonly maxInstances: number;
  readonly idleMs: number;
  readonly seats: Seats;
  /** Starts one; gives it up when the signal says so. */
  start(limitMs: number, stopping: AbortSignal): Promise<Instance | FailedStart>;
}

/** The environments of one function: started when calls wait, one call each at a time, ended when idle. */
export function createPool(options: PoolOptions): Pool {
  const { timeoutSeconds, maxInstances, idleMs, seats } = options;
  const idle: { readonly instance: Instance; readonly timer: NodeJS.Timeout }[] = [];
  const all = new Set<Instance>();
  const queue: Waiting[] = [];
  /** Those that have had no call yet: the first reports how long loading took. */
  const fresh = new Set<Instance>();
  let starting: Promise<void> | undefined;
  let stopped = false;
  const stopping = new AbortController();
  let retiring = false;
  let share = 0;
  let looked = 0;
  let impatience: NodeJS.Timeout | undefined;

  const drop = (instance: Instance): void => {
    if (!all.delete(instance)) return;
    fresh.delete(instance);
    void instance.end();
    seats.free();
  };

  const endResting = (instance: Instance): void => {
    const index = idle.findIndex((entry) => entry.instance === instance);
    const [entry] = index < 0 ? [] : idle.splice(index, 1);
    clearTimeout(entry?.timer);
    drop(instance);
  };

  const rest = (instance: Instance): void => {
    if (retiring && queue.length === 0) {
      drop(instance);
      return;
    }
    const timer = setTimeout(
      () => endResting(instance),
      idle.length === 0 ? idleMs : Math.min(idleMs, SURPLUS_IDLE_MS),
    );
    timer.unref();
    idle.push({ instance, timer });
  };

  const work = async (instance: Instance, { call, resolve }: Waiting): Promise<void> => {
    const cold = fresh.delete(instance);
    const outcome = await instance.run(call);
    if (stopped) return;
    if (instance.ended()) drop(instance);
    else rest(instance);
    resolve(cold ? { ...outcome, initMs: instance.initMs } : outcome);
    poke();
  };

  const startOne = async (): Promise<void> => {
    let instance = await options.start(INIT_LIMIT_MS, stopping.signal);
    if ('failure' in instance && instance.slow && !stopped) {
      instance = await options.start(timeoutSeconds * 1_000, stopping.signal);
    }
    starting = undefined;
    if ('failure' in instance) {
      seats.free();
      const waiting = queue.shift();
      const { initMs, slow } = instance;
      const failure = slow ? timedOut(waiting?.call.requestId ?? '', timeoutSeconds) : instance.failure;
      const status = slow ? 'timeout' : 'error';
      waiting?.resolve({ payload: JSON.stringify(failure), failure, status, durationMs: 0, maxMemoryMb: 0, initMs });
    } else {
      all.add(instance);
      if (stopped) drop(instance);
      else {
        fresh.add(instance);
        rest(instance);
      }
    }
    poke();
  };

  const computing = (): boolean => {
    const now = performance.now();
    if (now - looked >= PATIENCE_MS) {
      const shares = [...all].map((instance) => instance.utilization());
      share = shares.reduce((sum, each) => sum + each, 0) / shares.length;
      looked = now;
    }
    return share > COMPUTING_SHARE;
  };

  const patience = (): number => {
    if (all.size === 0) return 0;
    return all.size >= CORES && computing() ? PATIENCE_WHEN_COMPUTING_MS : PATIENCE_MS;
  };

  const poke = (): void => {
    for (let entry = idle.at(-1); entry !== undefined && queue.length > 0; entry = idle.at(-1)) {
      idle.pop();
      clearTimeout(entry.timer);
      const waiting = entry.instance.ended() ? undefined : queue.shift();
      if (waiting === undefined) drop(entry.instance);
      else void work(entry.instance, waiting);
    }
    const [head] = queue;
    clearTimeout(impatience);
    if (head === undefined || starting !== undefined || stopped || all.size >= maxInstances) return;
    const left = head.since + patience() - performance.now();
    if (left > 0) impatience = setTimeout(poke, left);
    else if (seats.take(all.size === 0)) starting = startOne();
  };

  return {
    run: (call) =>
      new Promise((resolve) => {
        queue.push({ call, since: performance.now(), resolve });
        poke();
      }),
    endIdle() {
      const [entry] = idle;
      if (entry !== undefined) endResting(entry.instance);
      return entry !== undefined;
    },
    poke,
    size: () => ({ environments: all.size, busy: all.size - idle.length, waiting: queue.length }),
    retire() {
      retiring = true;
      for (const { instance } of [...idle]) endResting(instance);
    },
    async stop() {
      stopped = true;
      stopping.abort();
      clearTimeout(impatience);
      for (const { timer } of idle) clearTimeout(timer);
      await Promise.all([starting, ...[...all].map((instance) => instance.end())]);
    },
  };
}
