import { invalid } from '../engine-error.ts';
import { type AttributeValue, attributeOf, setAttribute } from '../values/index.ts';
import type { Path } from './operand.ts';

/** An item that is being changed: its attributes are replaced, never changed themselves. */
export type Draft = Record<string, AttributeValue>;

/** Gives the new value for what stands at a place now; undefined removes it or leaves it away. */
type Change = (value: AttributeValue | undefined) => AttributeValue | undefined;

/** Changes what stands at a path. Throws in AWS's words when the way to it is not there. */
export function changeAt(draft: Draft, path: Path, change: Change): void {
  const [head] = path;
  if (typeof head !== 'string') throw noWay();
  const value = attributeOf(draft, head);
  const changed = path.length === 1 ? change(value) : inside(value, path, 1, change);
  if (changed) setAttribute(draft, head, changed);
  else delete draft[head];
}

const noWay = () => invalid('The document path provided in the update expression is invalid for update');

function inside(value: AttributeValue | undefined, path: Path, at: number, change: Change): AttributeValue {
  const step = path[at];
  const isLast = at === path.length - 1;
  if (value === undefined || step === undefined) throw noWay();
  if (typeof step === 'number') {
    if (!('L' in value)) throw noWay();
    const member = value.L[step];
    const changed = isLast ? change(member) : inside(member, path, at + 1, change);
    const place = Math.min(step, value.L.length);
    return { L: value.L.toSpliced(place, 1, ...(changed ? [changed] : [])) };
  }
  if (!('M' in value)) throw noWay();
  const attribute = attributeOf(value.M, step);
  const changed = isLast ? change(attribute) : inside(attribute, path, at + 1, change);
  const map: Draft = { ...value.M };
  if (changed) setAttribute(map, step, changed);
  else delete map[step];
  return { M: map };
}
