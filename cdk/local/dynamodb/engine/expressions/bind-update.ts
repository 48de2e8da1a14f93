import { type AttributeValue, type TypeName, typeOf } from '../values/attribute-value.ts';
import { bindOperand, bindPath, knownType, nameBehind, type Operand, type Path, valueBehind } from './operand.ts';
import { refuseClashes } from './paths.ts';
import type { Placeholders } from './placeholders.ts';
import type { ActionSyntax, UpdateSyntax } from './read-update.ts';
import { wrongExpression } from './reader.ts';

/** One change of an item, with values and names in the place of placeholders. */
export type Action =
  | { readonly kind: 'set'; readonly path: Path; readonly value: Operand }
  | { readonly kind: 'remove'; readonly path: Path }
  | { readonly kind: 'add' | 'delete'; readonly path: Path; readonly value: AttributeValue };

const kind = 'UpdateExpression';

/** Puts names and values into the place of placeholders, and checks what depends on them. Throws in AWS's words. */
export function bindUpdate(syntax: UpdateSyntax, placeholders: Placeholders): readonly Action[] {
  for (const ref of syntax.names) nameBehind(kind, ref, placeholders);
  for (const ref of syntax.values) valueBehind(kind, ref, placeholders);
  const actions = syntax.actions.map((action) => bindAction(action, placeholders));
  refuseClashes(
    kind,
    actions.map(({ path }) => path),
  );
  for (const action of actions) {
    if (action.kind === 'add' || action.kind === 'delete') checkAddend(action.kind, action.value);
  }
  for (const action of actions) if (action.kind === 'set') checkCalls(action.value);
  return actions;
}

function bindAction(action: ActionSyntax, placeholders: Placeholders): Action {
  const path = bindPath(kind, action.path, placeholders);
  if (action.kind === 'remove') return { kind: 'remove', path };
  if (action.kind === 'set') return { kind: 'set', path, value: bindOperand(kind, action.value, placeholders) };
  return { kind: action.kind, path, value: valueBehind(kind, action.ref, placeholders) };
}

/** What AWS calls the types that ADD and DELETE do not take. */
const typeWords: Readonly<Partial<Record<TypeName, string>>> = {
  S: 'STRING',
  N: 'NUMBER',
  B: 'BINARY',
  NULL: 'NULL',
  BOOL: 'BOOLEAN',
  L: 'LIST',
  M: 'MAP',
};

function checkAddend(action: 'add' | 'delete', value: AttributeValue): void {
  const words = typeWords[typeOf(value)];
  if (words === undefined || (action === 'add' && 'N' in value)) return;
  throw wrongExpression(
    kind,
    `Incorrect operand type for operator or function; operator: ${action.toUpperCase()}, operand type: ${words}`,
  );
}

/** Checks functions and sums, inner ones first. */
function checkCalls(operand: Operand): void {
  if (operand.kind === 'sum') {
    checkCalls(operand.left);
    checkCalls(operand.right);
    checkTypes(operand.operator, [operand.left, operand.right], 'N');
  }
  if (operand.kind !== 'call') return;
  for (const each of operand.operands) checkCalls(each);
  if (operand.operands.length !== 2) {
    const words = `operator or function: ${operand.name}, number of operands: ${operand.operands.length}`;
    throw wrongExpression(kind, `Incorrect number of operands for operator or function; ${words}`);
  }
  if (operand.name === 'list_append') checkTypes(operand.name, operand.operands, 'L');
  else if (operand.operands[0]?.kind !== 'path') {
    const words = `Operator or function requires a document path; operator or function: ${operand.name}`;
    throw wrongExpression(kind, words);
  }
}

function checkTypes(name: string, operands: readonly Operand[], wanted: TypeName): void {
  const wrong = operands.map(knownType).find((type) => type !== undefined && type !== wanted);
  if (wrong === undefined) return;
  const words = `operator or function: ${name}, operand type: ${wrong}`;
  throw wrongExpression(kind, `Incorrect operand type for operator or function; ${words}`);
}
