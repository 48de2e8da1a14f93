import type { Condition } from '../expressions/index.ts';

type Operand = Extract<Condition, { kind: 'compare' }>['left'];

/** The top-level attributes that a condition looks at. */
export function namesIn(condition: Condition): readonly string[] {
  switch (condition.kind) {
    case 'and':
    case 'or':
      return [...namesIn(condition.left), ...namesIn(condition.right)];
    case 'not':
      return namesIn(condition.part);
    case 'compare':
      return [condition.left, condition.right].flatMap(namesOf);
    case 'between':
      return [condition.value, condition.low, condition.high].flatMap(namesOf);
    case 'in':
      return [condition.value, ...condition.choices].flatMap(namesOf);
    case 'call':
      return condition.operands.flatMap(namesOf);
  }
}

function namesOf(operand: Operand): readonly string[] {
  switch (operand.kind) {
    case 'path':
      return operand.path.slice(0, 1).map(String);
    case 'value':
      return [];
    case 'call':
      return operand.operands.flatMap(namesOf);
    case 'sum':
      return [operand.left, operand.right].flatMap(namesOf);
  }
}
