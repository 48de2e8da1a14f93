import { invalid } from '../engine-error.ts';
import { type AttributeValue, addNumbers, type Item, setLike, setMembers, typeOf } from '../values/index.ts';
import { type Action, bindUpdate } from './bind-update.ts';
import { changeAt, type Draft } from './change-at.ts';
import { rememberedByText } from './compiled.ts';
import { type Operand, type Path, resolvePath } from './operand.ts';
import type { Placeholders } from './placeholders.ts';
import { project, projectionOf } from './projection.ts';
import { readUpdate } from './read-update.ts';

/** What an update does to an item. */
export interface Update {
  readonly actions: readonly Action[];
}

export interface Updated {
  readonly item: Item;
  /** What `UPDATED_OLD` returns: the changed parts as they were. */
  updatedOld(): Item;
  /** What `UPDATED_NEW` returns: the changed parts as they are now. */
  updatedNew(): Item;
}

const compiled = rememberedByText(readUpdate);

/** Reads an update. Throws in AWS's words. */
export function parseUpdate(text: string, placeholders: Placeholders): Update {
  return { actions: bindUpdate(compiled(text), placeholders) };
}

/** The paths that an update writes to. */
export const pathsOf = ({ actions }: Update): readonly Path[] => actions.map(({ path }) => path);

const wrongType = () => invalid('An operand in the update expression has an incorrect data type');

/**
 * Applies an update to an item (or, when there is none yet, to its key). Values are those from before the update.
 * Throws in AWS's words what the item does not allow.
 */
export function applyUpdate(update: Update, before: Item): Updated {
  const draft: Draft = { ...before };
  // lists grow in the order of positions, and shrink from their end, so that positions mean what they meant before
  const sets = inOrder(update.actions.filter((action) => action.kind === 'set'));
  const values = sets.map((action) => evaluate(action.value, before));
  sets.forEach(({ path }, at) => {
    changeAt(draft, path, () => values[at]);
  });
  for (const action of update.actions) {
    if (action.kind === 'add') changeAt(draft, action.path, (value) => added(value, action.value));
    if (action.kind === 'delete') changeAt(draft, action.path, (value) => without(value, action.value));
  }
  const removals = inOrder(update.actions.filter((action) => action.kind === 'remove')).toReversed();
  for (const { path } of removals) changeAt(draft, path, () => undefined);
  const changed = () => projectionOf(pathsOf(update));
  return {
    item: draft,
    updatedOld: () => project(changed(), before),
    updatedNew: () => project(changed(), draft),
  };
}

const position = ({ path }: { readonly path: Path }): number => {
  const last = path.at(-1);
  return typeof last === 'number' ? last : -1;
};

const inOrder = <T extends { readonly path: Path }>(actions: readonly T[]): readonly T[] =>
  actions.length < 2 ? actions : actions.toSorted((one, two) => position(one) - position(two));

function evaluate(operand: Operand, item: Item): AttributeValue {
  switch (operand.kind) {
    case 'value':
      return operand.value;
    case 'path': {
      const value = resolvePath(item, operand.path);
      if (value) return value;
      throw invalid('The provided expression refers to an attribute that does not exist in the item');
    }
    case 'sum': {
      const left = evaluate(operand.left, item);
      const right = evaluate(operand.right, item);
      if (!('N' in left && 'N' in right)) throw wrongType();
      return { N: addNumbers(left.N, right.N, operand.operator === '+' ? 1 : -1) };
    }
    case 'call':
      return operand.name === 'list_append' ? appended(operand.operands, item) : unlessThere(operand.operands, item);
  }
}

function unlessThere([path, otherwise]: readonly Operand[], item: Item): AttributeValue {
  const value = path?.kind === 'path' ? resolvePath(item, path.path) : undefined;
  if (value) return value;
  if (otherwise) return evaluate(otherwise, item);
  throw wrongType();
}

function appended(operands: readonly Operand[], item: Item): AttributeValue {
  return {
    L: operands.flatMap((operand) => {
      const value = evaluate(operand, item);
      if (!('L' in value)) throw wrongType();
      return value.L;
    }),
  };
}

function added(value: AttributeValue | undefined, more: AttributeValue): AttributeValue {
  if (value === undefined) return more;
  if ('N' in value && 'N' in more) return { N: addNumbers(value.N, more.N) };
  const [members, others] = membersOfBoth(value, more);
  return setLike(value, [...members, ...others.filter((each) => !members.includes(each))]);
}

function without(value: AttributeValue | undefined, less: AttributeValue): AttributeValue | undefined {
  if (value === undefined) return undefined;
  const [members, others] = membersOfBoth(value, less);
  const left = members.filter((each) => !others.includes(each));
  return left.length === 0 ? undefined : setLike(value, left);
}

function membersOfBoth(value: AttributeValue, other: AttributeValue): readonly [readonly string[], readonly string[]] {
  const members = setMembers(value);
  const others = setMembers(other);
  if (members === undefined || others === undefined || typeOf(value) !== typeOf(other)) throw wrongType();
  return [members, others];
}
