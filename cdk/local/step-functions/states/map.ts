import type { MapState } from '../definition/program.ts';
import type { Bindings } from '../expressions/bindings.ts';
import { QueryError, wrongType } from '../expressions/expression.ts';
import { evaluateNumber, evaluatePayload } from '../expressions/template.ts';
import { elements, type JsonText, writePayload } from '../payload.ts';
import { withinLimit } from '../running/leave.ts';
import { type Branch, type ChildrenDoing, newBranch } from '../running/run.ts';
import { append, bindings, type Place, read, record, type Turn } from '../running/turn.ts';

/** An inline Map never runs more iterations at once, whatever MaxConcurrency says. */
const MOST_AT_ONCE = 40;

export async function startMap(turn: Turn, place: Place, branch: Branch, state: MapState): Promise<void> {
  const scope = bindings(turn, place, branch);
  const items = await itemsOf(turn, branch, state, scope);
  const whole = { least: 0, most: Number.MAX_SAFE_INTEGER };
  const concurrency = await evaluateNumber(state.concurrency, scope, 'MaxConcurrency', whole);
  const count =
    state.toleratedCount && (await evaluateNumber(state.toleratedCount, scope, 'ToleratedFailureCount', whole));
  const share =
    state.toleratedPercentage &&
    (await evaluateNumber(state.toleratedPercentage, scope, 'ToleratedFailurePercentage', {
      least: 0,
      most: 100,
      fractions: true,
    }));
  // Where both bounds are given, the smaller number of failures is what is tolerated.
  const tolerated = Math.min(
    count ?? Infinity,
    share === undefined ? Infinity : Math.floor((items.length * share) / 100),
  );
  record(turn, branch, 'MapStateStarted', { mapStateStartedEventDetails: { length: items.length } });
  const children: ChildrenDoing = {
    is: 'children',
    open: [],
    outputs: [],
    items,
    next: 0,
    concurrency: concurrency === 0 ? MOST_AT_ONCE : Math.min(concurrency, MOST_AT_ONCE),
    failures: 0,
    tolerated: tolerated === Infinity ? 0 : tolerated,
  };
  branch.doing = children;
  await startIterations(turn, place, branch, state, children);
}

async function itemsOf(turn: Turn, branch: Branch, state: MapState, scope: Bindings): Promise<JsonText[]> {
  if (state.items === undefined) {
    if (Array.isArray(read(turn, branch.input).value)) return elements(branch.input);
    throw new QueryError(`Map state input must be an array but was: ${branch.input}`);
  }
  const { text, value, longs } = await evaluatePayload(state.items, scope);
  if (Array.isArray(value)) return value.map((item) => writePayload(item, longs).text);
  if (state.items.is === 'expression') throw wrongType(state.items.expression, 'array', value);
  throw new QueryError(`The field 'Items' must be an array but was: ${text}`, 'Items');
}

/** Starts as many iterations as may run beside those that do. */
export async function startIterations(
  turn: Turn,
  place: Place,
  branch: Branch,
  state: MapState,
  children: ChildrenDoing,
): Promise<void> {
  const { items = [] } = children;
  while (children.next < items.length && children.open.length < children.concurrency) {
    const index = children.next;
    const value = items[index] ?? 'null';
    const input =
      state.selector === undefined
        ? value
        : withinLimit(
            await evaluatePayload(state.selector, bindings(turn, place, branch, { item: { index, value } })),
            state.name,
          ).text;
    const started = append(turn, 'MapIterationStarted', branch.lastEvent, {
      mapIterationStartedEventDetails: { name: state.name, index },
    });
    children.open.push({ ...newBranch(state.processor.startAt, input, started, index), item: value });
    children.next += 1;
  }
}
