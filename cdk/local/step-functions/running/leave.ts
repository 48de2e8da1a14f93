import type { Flow, State } from '../definition/program.ts';
import { QueryError } from '../expressions/expression.ts';
import { evaluateTemplate } from '../expressions/template.ts';
import { byteLength, isJsonObject, type Json, type JsonObject } from '../json.ts';
import { assignedDetails, outputDetails } from './history-event.ts';
import type { Branch } from './run.ts';
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

/** The value itself; throws {@link DataLimitExceeded} when it is larger than what may be handed on. */
export function withinLimit(value: Json, state: string): Json {
  if (byteLength(JSON.stringify(value)) > LARGEST_PAYLOAD) throw new DataLimitExceeded(state);
  return value;
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
  fallback: Json,
  scene: Scene = {},
): Promise<void> {
  const needed = flow.assign !== undefined || flow.output !== undefined;
  const scope = needed ? bindings(turn, place, branch, scene) : {};
  const assigned = flow.assign === undefined ? undefined : await evaluateTemplate(flow.assign, scope);
  const output = flow.output === undefined ? fallback : await evaluateTemplate(flow.output, scope);
  const text = JSON.stringify(output);
  if (byteLength(text) > LARGEST_PAYLOAD) throw new DataLimitExceeded(state.name);
  const values = assignable(assigned);
  record(turn, branch, `${state.type}StateExited`, {
    stateExitedEventDetails: { name: state.name, ...outputDetails(text), ...assignedDetails(values) },
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

function assignable(value: Json | undefined): JsonObject | undefined {
  if (value === undefined) return undefined;
  if (!isJsonObject(value)) throw new QueryError('The Assign field must evaluate to an object', 'Assign');
  if (byteLength(JSON.stringify(value)) > LARGEST_PAYLOAD) {
    throw new QueryError('The variables assigned exceed the maximum number of bytes service limit.', 'Assign');
  }
  return value;
}
