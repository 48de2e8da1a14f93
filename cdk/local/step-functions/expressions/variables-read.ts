import type jsonata from 'jsonata';
import { isObject } from '../json.ts';

/** The names an expression reads that it does not bind itself: variables of the state machine, functions, `states`. */
export function variablesRead(ast: jsonata.ExprNode): ReadonlySet<string> {
  const found = new Set<string>();
  /** `bound`: what blocks, functions and paths around the node have named; a binding adds to it for what follows. */
  const visit = (node: unknown, bound: Set<string>): void => {
    if (Array.isArray(node)) for (const one of node) visit(one, bound);
    else if (isObject(node)) visitNode(node, bound);
  };
  const visitNode = (node: Record<string, unknown>, around: Set<string>): void => {
    const { type, value, focus, index } = node;
    if (type === 'lambda') {
      visit(node.body, new Set([...around, ...namesOf(node.arguments)]));
      return;
    }
    if (type === 'bind') {
      const names = namesOf([node.lhs]);
      // A function may call itself; any other value is made before it has its name.
      const recursive = isObject(node.rhs) && node.rhs.type === 'lambda';
      visit(node.rhs, recursive ? new Set([...around, ...names]) : around);
      for (const name of names) around.add(name);
      return;
    }
    const bound = type === 'block' || type === 'path' ? new Set(around) : around;
    // `items@$item#$i`: named by a step of a path for those after it.
    for (const name of [focus, index]) if (typeof name === 'string') bound.add(name);
    // The input and the root of the input are variables without a name.
    if (type === 'variable' && typeof value === 'string' && value !== '' && value !== '$' && !bound.has(value))
      found.add(value);
    for (const part of Object.values(node)) visit(part, bound);
  };
  visit(ast, new Set());
  return found;
}

function namesOf(variables: unknown): string[] {
  return (Array.isArray(variables) ? variables : []).flatMap((one: unknown) =>
    isObject(one) && typeof one.value === 'string' ? [one.value] : [],
  );
}
