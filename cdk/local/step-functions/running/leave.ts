import type { Flow, State } from '../definition/program.ts';
import { QueryError } from '../expressions/expression.ts';
import { evaluatePayload } from '../expressions/template.ts';
import { byteLength, isJsonObject } from '../json.ts';
import { type JsonText, type Payload, writePayload } from '../payload.ts';
import { assignedDetails, outputDetails } from './history-event.ts';
import type { Branch, Variables } from './run.ts';
import { bindings, type Place, record, type Scene, type Turn } from './turn.ts';

/** AWS's bound on the input or output of a state and on the variables one state assigns, in bytes. */
export const LARGEST_PAYLOAD = 262_144;

/** More than {@link LARGEST_PAYLOAD}. Becomes States.DataLimitExceeded, which only its own name catches. */
export class DataLimitExceeded extends Error {
  constructor(state: string) {
    super(
      `The state/task '${state}' returned a result with a size exceeding the maximum number of bytes service limit.`,
    );
  }
}

/** The payload itself; throws {@link DataLimitExceeded} when it is larger than what may be handed on. */
export function withinLimit(payload: Payload, state: string): Payload {
  if (byteLength(payload.text) > LARGEST_PAYLOAD) throw new DataLimitExceeded(state);
  return payload;
}

/**
 * Ends the state: Assign and Output (of the state, or of the rule or catcher that applied) are evaluated with the
 * variables as they were on entry, the exit is recorded, and the branch goes to the next state or ends.
 *
 * @param fallback the output when there is no Output field.
 */
export async function leave(
  turn: Turn,
  place: Place,
  branch: Branch,
  state: State,
  flow: Flow,
  fallback: JsonText,
  scene: Scene = {},
): Promise<void> {
  const needed = flow.assign !== undefined || flow.output !== undefined;
  const scope = needed ? bindings(turn, place, branch, scene) : undefined;
  const assigned = flow.assign && scope && (await evaluatePayload(flow.assign, scope));
  const made = flow.output && scope && (await evaluatePayload(flow.output, scope));
  if (made !== undefined) turn.payloads.set(made.text, made);
  const output = made === undefined ? fallback : made.text;
  if (byteLength(output) > LARGEST_PAYLOAD) throw new DataLimitExceeded(state.name);
  const values = assigned && variablesOf(assigned);
  record(turn, branch, `${state.type}StateExited`, {
    stateExitedEventDetails: { name: state.name, ...outputDetails(output), ...assignedDetails(values) },
  });
  if (values !== undefined) branch.variables = { ...branch.variables, ...values };
  if (flow.next === undefined) {
    branch.doing = { is: 'ended', output };
    return;
  }
  branch.state = flow.next;
  branch.input = output;
  branch.doing = { is: 'entering' };
}

function variablesOf({ value, text, longs }: Payload): Variables {
  if (!isJsonObject(value)) throw new QueryError('The Assign field must evaluate to an object', 'Assign');
  if (byteLength(text) > LARGEST_PAYLOAD) {
    throw new QueryError('The variables assigned exceed the maximum number of bytes service limit.', 'Assign');
  }
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, writePayload(one, longs).text]));
}
