/** A value at one moment; undefined where there is none. */
export type Values = ReadonlyMap<string, number | undefined>;
export type Expression = (values: Values) => number | undefined;

type Calculation = (one: number, other: number) => number;
const calculations: Readonly<Record<string, Calculation>> = {
  '+': (one, other) => one + other,
  '-': (one, other) => one - other,
  '*': (one, other) => one * other,
  '/': (one, other) => one / other,
};

type Fold = (values: readonly number[]) => number;
const folds: Readonly<Record<string, Fold>> = {
  SUM: (values) => values.reduce((sum, each) => sum + each, 0),
  MAX: (values) => Math.max(...values),
  MIN: (values) => Math.min(...values),
  AVG: (values) => values.reduce((sum, each) => sum + each, 0) / values.length,
};

const TOKEN = /\s*(?:([a-z]\w*)|([A-Z_]+)(?=\()|(\d+(?:\.\d+)?)|([-+*/(),[\]]))/y;

function tokensOf(text: string): string[] {
  const tokens: string[] = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < text.trimEnd().length) {
    const at = TOKEN.lastIndex;
    const token = TOKEN.exec(text)
      ?.slice(1)
      .find((part) => part !== undefined);
    if (token === undefined) throw new SyntaxError(`Not evaluated here: ${text.slice(at)}`);
    tokens.push(token);
  }
  return tokens;
}

/**
 * CloudWatch's metric math, as far as alarms of stacks use it: arithmetic, FILL with a number, and SUM, MAX, MIN, AVG over METRICS() or a
 * list. SERVICE_QUOTA has no value: there are no quotas here. Throws SyntaxError for what is not done here.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/using-metric-math.html
 */
export function compileExpression(text: string, names: readonly string[]): Expression {
  const tokens = tokensOf(text);
  const take = (wanted?: string): string => {
    const token = tokens.shift();
    if (token === undefined || (wanted !== undefined && token !== wanted))
      throw new SyntaxError(`${text}: ${wanted ?? 'more'} is missing`);
    return token;
  };
  const list = (): Expression[] => {
    if (tokens[0] === 'METRICS') {
      take();
      take('(');
      take(')');
      return names.map((name) => (values: Values) => values.get(name));
    }
    take('[');
    const each = [sum()];
    while (tokens[0] === ',' && take()) each.push(sum());
    take(']');
    return each;
  };
  const call = (name: string): Expression => {
    take('(');
    const fold = folds[name];
    if (fold !== undefined) {
      const parts = list();
      take(')');
      return (values) => {
        const there = parts.map((part) => part(values)).filter((value) => value !== undefined);
        return there.length === 0 ? undefined : fold(there);
      };
    }
    if (name === 'SERVICE_QUOTA') {
      sum();
      take(')');
      return () => undefined;
    }
    if (name !== 'FILL') throw new SyntaxError(`${name} is not evaluated here`);
    const value = sum();
    take(',');
    const filling = sum();
    take(')');
    return (values) => value(values) ?? filling(values);
  };
  const factor = (): Expression => {
    const token = take();
    if (token === '(') {
      const inner = sum();
      take(')');
      return inner;
    }
    if (/^\d/.test(token)) return () => Number(token);
    if (/^[A-Z_]+$/.test(token)) return call(token);
    if (!names.includes(token)) throw new SyntaxError(`${text}: there is no ${token}`);
    return (values) => values.get(token);
  };
  const chain = (part: () => Expression, signs: string): Expression => {
    let left = part();
    while (tokens[0] !== undefined && signs.includes(tokens[0])) {
      const [before, calculate, right] = [left, calculations[take()], part()];
      left = (values) => {
        const [one, other] = [before(values), right(values)];
        return one === undefined || other === undefined ? undefined : calculate?.(one, other);
      };
    }
    return left;
  };
  const product = (): Expression => chain(factor, '*/');
  const sum = (): Expression => chain(product, '+-');
  const whole = sum();
  if (tokens.length > 0) throw new SyntaxError(`${text}: ${tokens[0]} is not expected`);
  return whole;
}
