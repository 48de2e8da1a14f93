import type jsonata from 'jsonata';
import { isObject } from '../json.ts';

/** Something an expression reads that no state machine has. */
export interface Reference {
  /** `top`: a name that nothing comes before; `root`: the root of the input; `missing`: a field of `$states`. */
  readonly is: 'top' | 'root' | 'missing';
  readonly name: string;
}

/**
 * What an expression reads that is not there: expressions have no input of their own, only `$states` and variables.
 *
 * @param caught whether it stands in a catcher, where alone there is `$states.errorOutput`.
 */
export function references(ast: jsonata.ExprNode, caught: boolean): Reference[] {
  const found = new Map<string, Reference>();
  const note = (is: Reference['is'], name: string): void => {
    if (!found.has(name)) found.set(name, { is, name });
  };
  /** `top` is whether the node has nothing before it to read from. */
  const visit = (node: unknown, top: boolean): void => {
    if (Array.isArray(node)) for (const one of node) visit(one, top);
    if (!isObject(node)) return;
    if (node.type === 'path' && Array.isArray(node.steps)) {
      const [first, second] = node.steps;
      if (!caught && first?.type === 'variable' && first.value === 'states' && second?.value === 'errorOutput')
        note('missing', '$states.errorOutput');
      for (const [i, step] of node.steps.entries()) visit(step, top && i === 0);
      visitAll(node, WITH_CONTEXT, false);
      return;
    }
    if (node.type === 'name' && top) note('top', String(node.value));
    if (node.type === 'variable' && node.value === '' && top) note('top', '$');
    if (node.type === 'variable' && node.value === '$') note('root', '$$');
    if (node.type === 'transform') visitAll(node, CHILDREN, false);
    else {
      visitAll(node, WITH_CONTEXT, false);
      visitAll(node, CHILDREN, top);
    }
  };
  const visitAll = (node: Record<string, unknown>, fields: ReadonlySet<string>, top: boolean): void => {
    for (const field of fields) visit(node[field], top);
  };
  visit(ast, true);
  return [...found.values()];
}

/** Parts of a node that are evaluated for each value of what comes before them. */
const WITH_CONTEXT: ReadonlySet<string> = new Set(['stages', 'predicate', 'group', 'terms', 'expr']);

/** Parts that are evaluated where the node itself stands. */
const CHILDREN: ReadonlySet<string> = new Set([
  'lhs',
  'rhs',
  'condition',
  'then',
  'else',
  'procedure',
  'arguments',
  'expression',
  'expressions',
  'body',
  'pattern',
  'update',
  'delete',
]);
