import { failureDetails, outputDetails } from './history-event.ts';
import type { Failure } from './run.ts';
import { append, HistoryFull, LARGEST_HISTORY, type Place, type Turn } from './turn.ts';
import { beginCalls, ExecutionFails, walk } from './walk.ts';

/** Takes an execution as far as it goes in this turn; sets `turn.outcome` when that is to its end. */
export async function advance(turn: Turn): Promise<void> {
  const { root } = turn.run;
  if (turn.now >= turn.run.timeoutAt) {
    // The event has a name for it, but the execution itself tells no error.
    end(turn, 'TIMED_OUT', {}, { error: 'States.Timeout' });
    return;
  }
  const place: Place = { program: turn.program, outer: {} };
  try {
    await walk(turn, place, root);
    beginCalls(turn, place, root);
  } catch (thrown) {
    if (thrown instanceof ExecutionFails) {
      end(turn, 'FAILED', thrown.failure, thrown.failure, thrown.after);
      return;
    }
    const full = `The execution reached the maximum number of history events (${LARGEST_HISTORY}).`;
    end(turn, 'FAILED', { error: 'States.Runtime', cause: thrown instanceof HistoryFull ? full : String(thrown) });
    return;
  }
  if (root.doing.is === 'failed') end(turn, 'FAILED', root.doing.failure);
  if (root.doing.is === 'ended') {
    const { output } = root.doing;
    append(turn, 'ExecutionSucceeded', root.lastEvent, { executionSucceededEventDetails: outputDetails(output) });
    turn.outcome = { status: 'SUCCEEDED', output };
  }
}

const EVENT = { FAILED: 'Failed', TIMED_OUT: 'TimedOut', ABORTED: 'Aborted' } as const;

/** Ends the execution without success. Only a failure is chained to the event that led to it, as in AWS's histories. */
export function end(
  turn: Turn,
  status: keyof typeof EVENT,
  failure: Failure,
  said = failure,
  after = turn.run.root.lastEvent,
): void {
  const kind = EVENT[status];
  const previous = status === 'FAILED' ? after : 0;
  append(turn, `Execution${kind}`, previous, { [`execution${kind}EventDetails`]: failureDetails(said) });
  turn.outcome = { status, failure };
}
