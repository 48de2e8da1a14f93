import type { ChoiceState, FailState, PassState, SucceedState } from '../definition/program.ts';
import { evaluateBoolean, evaluateString } from '../expressions/template.ts';
import { leave } from '../running/leave.ts';
import type { Branch } from '../running/run.ts';
import { StateError } from '../running/state-error.ts';
import { bindings, type Place, type Turn } from '../running/turn.ts';

/** Pass and Succeed: the input goes on, or what Output makes of it. */
export async function startPass(
  turn: Turn,
  place: Place,
  branch: Branch,
  state: PassState | SucceedState,
): Promise<void> {
  await leave(turn, place, branch, state, state, branch.input);
}

/** The first rule whose condition holds, with its own Assign and Output; else the default, with the state's. */
export async function startChoice(turn: Turn, place: Place, branch: Branch, state: ChoiceState): Promise<void> {
  const scope = bindings(turn, place, branch);
  for (const [i, choice] of state.choices.entries()) {
    if (await evaluateBoolean(choice.condition, scope, `Choices[${i}]/Condition`)) {
      await leave(turn, place, branch, state, choice, branch.input);
      return;
    }
  }
  if (state.default === undefined) {
    throw new StateError('Failed to transition out of the state. The state does not point to a next state.');
  }
  await leave(turn, place, branch, state, { ...state, next: state.default }, branch.input);
}

export async function startFail(turn: Turn, place: Place, branch: Branch, state: FailState): Promise<void> {
  const scope = bindings(turn, place, branch);
  const error = state.error && (await evaluateString(state.error, scope, 'Error'));
  const cause = state.cause && (await evaluateString(state.cause, scope, 'Cause'));
  branch.doing = {
    is: 'failed',
    failure: { ...(error !== undefined && { error }), ...(cause !== undefined && { cause }) },
  };
}
