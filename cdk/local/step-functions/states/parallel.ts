import type { ParallelState } from '../definition/program.ts';
import { evaluatePayload } from '../expressions/template.ts';
import { withinLimit } from '../running/leave.ts';
import { type Branch, newBranch } from '../running/run.ts';
import { bindings, type Place, record, type Turn } from '../running/turn.ts';

/** Starts all branches, each with the Arguments or else the state's input. */
export async function startParallel(turn: Turn, place: Place, branch: Branch, state: ParallelState): Promise<void> {
  const input =
    state.arguments === undefined
      ? branch.input
      : withinLimit(await evaluatePayload(state.arguments, bindings(turn, place, branch)), state.name).text;
  const started = record(turn, branch, 'ParallelStateStarted');
  branch.doing = {
    is: 'children',
    open: state.branches.map((program, index) => newBranch(program.startAt, input, started, index)),
    outputs: [],
    next: state.branches.length,
    concurrency: state.branches.length,
    failures: 0,
    tolerated: 0,
  };
}
