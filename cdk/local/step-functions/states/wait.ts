import type { Millis } from '../../types.ts';
import type { WaitState } from '../definition/program.ts';
import { FieldError } from '../expressions/expression.ts';
import { evaluateNumber, evaluateString } from '../expressions/template.ts';
import { leave } from '../running/leave.ts';
import type { Branch } from '../running/run.ts';
import { bindings, type Place, type Turn } from '../running/turn.ts';
import { parseTimestamp } from './timestamp.ts';

/** The longest any wait, timeout or heartbeat may be, in seconds. */
export const LONGEST_SECONDS = 99_999_999;

export async function startWait(turn: Turn, place: Place, branch: Branch, state: WaitState): Promise<void> {
  branch.doing = { is: 'waiting', until: await untilWhen(turn, place, branch, state) };
}

async function untilWhen(turn: Turn, place: Place, branch: Branch, state: WaitState): Promise<Millis> {
  const scope = bindings(turn, place, branch);
  if (state.seconds !== undefined) {
    const seconds = await evaluateNumber(state.seconds, scope, 'Seconds', { least: 0, most: LONGEST_SECONDS });
    return turn.now + seconds * 1000;
  }
  if (state.timestamp === undefined) return turn.now;
  const text = await evaluateString(state.timestamp, scope, 'Timestamp');
  const at = parseTimestamp(text);
  if (at === undefined) {
    throw new FieldError(
      `The Timestamp field cannot be parsed as an ISO-8601 extended offset date-time format string: ${text}`,
      'Timestamp',
    );
  }
  return at;
}

export async function endWait(turn: Turn, place: Place, branch: Branch, state: WaitState): Promise<void> {
  await leave(turn, place, branch, state, state, branch.input);
}
