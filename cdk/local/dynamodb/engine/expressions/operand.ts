import { type AttributeValue, attributeOf, type Item, setMembers, typeOf } from '../values/index.ts';
import type { Placeholders } from './placeholders.ts';
import { wrongExpression } from './reader.ts';
import type { ExpressionKind, OperandSyntax, PathSyntax } from './syntax.ts';

/** A document path with names in the place of placeholders. */
export type Path = readonly (string | number)[];

/** An operand with values and names in the place of placeholders. */
export type Operand =
  | { readonly kind: 'path'; readonly path: Path }
  | { readonly kind: 'value'; readonly value: AttributeValue }
  | { readonly kind: 'call'; readonly name: string; readonly operands: readonly Operand[] }
  | {
      readonly kind: 'sum';
      readonly operator: '+' | '-';
      readonly left: Operand;
      readonly right: Operand;
    };

/** Puts names into the place of a path's placeholders. Throws in AWS's words for one that is not defined. */
export function bindPath(kind: ExpressionKind, path: PathSyntax, placeholders: Placeholders): Path {
  return path.steps.some(isRef)
    ? path.steps.map((step) => (isRef(step) ? nameBehind(kind, step, placeholders) : step))
    : path.steps;
}

const isRef = (step: string | number): step is string => typeof step === 'string' && step.charCodeAt(0) === 35;

/** What a name's placeholder stands for. Throws in AWS's words when it is not defined. */
export function nameBehind(kind: ExpressionKind, ref: string, placeholders: Placeholders): string {
  const name = placeholders.name(ref);
  if (name !== undefined) return name;
  const words = 'An expression attribute name used in the document path is not defined; attribute name: ';
  throw wrongExpression(kind, words + ref);
}

/** What a value's placeholder stands for. Throws in AWS's words when it is not defined. */
export function valueBehind(kind: ExpressionKind, ref: string, placeholders: Placeholders): AttributeValue {
  const value = placeholders.value(ref);
  if (value !== undefined) return value;
  const words = 'An expression attribute value used in expression is not defined; attribute value: ';
  throw wrongExpression(kind, words + ref);
}

/** Puts names and values into the place of an operand's placeholders. Throws in AWS's words. */
export function bindOperand(kind: ExpressionKind, operand: OperandSyntax, placeholders: Placeholders): Operand {
  switch (operand.kind) {
    case 'path':
      return { kind: 'path', path: bindPath(kind, operand, placeholders) };
    case 'value':
      return { kind: 'value', value: valueBehind(kind, operand.ref, placeholders) };
    case 'call':
      return {
        kind: 'call',
        name: operand.name,
        operands: operand.operands.map((each) => bindOperand(kind, each, placeholders)),
      };
    case 'sum':
      return {
        kind: 'sum',
        operator: operand.operator,
        left: bindOperand(kind, operand.left, placeholders),
        right: bindOperand(kind, operand.right, placeholders),
      };
  }
}

/** What stands at a path in an item; undefined when there is nothing. */
export function resolvePath(item: Item, path: Path): AttributeValue | undefined {
  const [head] = path;
  let found = typeof head === 'string' ? attributeOf(item, head) : undefined;
  for (let at = 1; at < path.length && found !== undefined; at++) {
    const step = path[at];
    if (typeof step === 'number') found = 'L' in found ? found.L[step] : undefined;
    else found = step !== undefined && 'M' in found ? attributeOf(found.M, step) : undefined;
  }
  return found;
}

/** A path as AWS's messages show it. */
export const pathText = (path: Path): string =>
  `[${path.map((step) => (typeof step === 'number' ? `[${step}]` : step)).join(', ')}]`;

/** What `size` gives for a value; undefined for what has no size. */
export function sizeOf(value: AttributeValue): AttributeValue | undefined {
  if ('S' in value) return { N: String(Buffer.byteLength(value.S)) };
  if ('B' in value) return { N: String(Buffer.byteLength(value.B, 'base64')) };
  if ('L' in value) return { N: String(value.L.length) };
  if ('M' in value) return { N: String(Object.keys(value.M).length) };
  const members = setMembers(value);
  return members && { N: String(members.length) };
}

/** The type that an operand will have whatever the item is; undefined when the item decides. */
export function knownType(operand: Operand | undefined): string | undefined {
  if (operand === undefined) return undefined;
  if (operand.kind === 'value') return typeOf(operand.value);
  return operand.kind === 'call' && operand.name === 'size' ? 'N' : undefined;
}
