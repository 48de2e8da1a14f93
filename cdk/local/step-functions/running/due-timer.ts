import type { Clock, Timer } from '../../types.ts';
import type { ExecutionStore } from '../storage/executions.ts';

interface DueTimer {
  /** Sets the timer to the earliest moment at which any execution now falls due. */
  arm(): void;
  stop(): void;
  /** Resolves when what has fired so far is done. */
  idle(): Promise<unknown>;
}

/** What could not be done when it fell due is tried again after so many milliseconds. */
const PAUSE = 1_000;

/**
 * The one timer for all executions: what falls due is found in storage, so that one that waits costs no memory and
 * a start with many that wait takes no time. Time does not move on before what fell due has been done.
 */
export function createDueTimer(
  executions: ExecutionStore,
  clock: Clock,
  wake: (execution: number) => Promise<void>,
): DueTimer {
  const firing = new Set<Promise<void>>();
  let armed: { readonly at: number; readonly timer: Timer } | undefined;
  let stopped = false;

  const set = (at: number | undefined): void => {
    if (armed?.at === at) return;
    armed?.timer.cancel();
    armed = at === undefined ? undefined : { at, timer: clock.at(at, fire) };
  };

  const arm = (): void => {
    if (!stopped) set(executions.earliestDue());
  };

  const fire = (): void => {
    armed = undefined;
    const release = clock.busy('what fell due');
    const all = Promise.allSettled(executions.dueAt(clock.now()).map(wake)).then((results) => {
      if (results.every(({ status }) => status === 'fulfilled')) arm();
      else if (!stopped) set(clock.now() + PAUSE);
      firing.delete(all);
      release();
    });
    firing.add(all);
  };

  return {
    arm,
    stop() {
      stopped = true;
      set(undefined);
    },
    idle: () => Promise.allSettled(firing),
  };
}
