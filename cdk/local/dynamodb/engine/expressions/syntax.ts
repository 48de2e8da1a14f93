/** The five kinds of expression, by the parameter that they come in. */
export type ExpressionKind =
  | 'ConditionExpression'
  | 'FilterExpression'
  | 'KeyConditionExpression'
  | 'ProjectionExpression'
  | 'UpdateExpression';

/** A document path: names (with `#` when they are placeholders) and list positions. */
export interface PathSyntax {
  readonly kind: 'path';
  readonly steps: readonly (string | number)[];
}

export interface CallSyntax {
  readonly kind: 'call';
  readonly name: string;
  readonly operands: readonly OperandSyntax[];
}

export type OperandSyntax =
  | PathSyntax
  | CallSyntax
  | { readonly kind: 'value'; readonly ref: string }
  | {
      readonly kind: 'sum';
      readonly operator: '+' | '-';
      readonly left: OperandSyntax;
      readonly right: OperandSyntax;
    };

export type Comparator = '=' | '<>' | '<' | '<=' | '>' | '>=';

export type ConditionSyntax =
  | { readonly kind: 'and' | 'or'; readonly left: ConditionSyntax; readonly right: ConditionSyntax }
  | { readonly kind: 'not'; readonly part: ConditionSyntax }
  | {
      readonly kind: 'compare';
      readonly operator: Comparator;
      readonly left: OperandSyntax;
      readonly right: OperandSyntax;
    }
  | {
      readonly kind: 'between';
      readonly value: OperandSyntax;
      readonly low: OperandSyntax;
      readonly high: OperandSyntax;
    }
  | { readonly kind: 'in'; readonly value: OperandSyntax; readonly choices: readonly OperandSyntax[] }
  | CallSyntax;

/** The placeholders that an operand names, in the order in which they stand there. */
export function refsOf(operand: OperandSyntax): readonly string[] {
  switch (operand.kind) {
    case 'path':
      return operand.steps.filter((step) => typeof step === 'string').filter((step) => step.startsWith('#'));
    case 'value':
      return [operand.ref];
    case 'call':
      return operand.operands.flatMap(refsOf);
    case 'sum':
      return [...refsOf(operand.left), ...refsOf(operand.right)];
  }
}
