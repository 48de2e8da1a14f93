import { isList, isObject, type Json, type JsonObject } from '../template/json.ts';

/** A test of one value: undefined when the event has no such field. */
type Test = (value: Json | undefined) => boolean;

/**
 * Turns a filter pattern into a test of events: every field of the pattern has to match, each by one of its rules.
 * Throws {@link RangeError} for a rule that AWS has and this does not, or that nobody has.
 * https://docs.aws.amazon.com/lambda/latest/dg/invocation-eventfiltering.html
 */
export function compilePattern(pattern: JsonObject): Test {
  const tests = Object.entries(pattern).map(([key, expected]): Test => {
    if (key === '$or' && isList(expected)) {
      const alternatives = expected.map((each) => compilePattern(isObject(each) ? each : refuse(key, each)));
      return (value) => alternatives.some((test) => test(value));
    }
    const test = isList(expected)
      ? anyOf(expected)
      : compilePattern(isObject(expected) ? expected : refuse(key, expected));
    return (value) => {
      // Of a list of objects one has to match.
      const objects = isList(value) && value.some(isObject) ? value.filter(isObject) : [value];
      return objects.some((each) => test(isObject(each) ? each[key] : undefined));
    };
  });
  return (value) => tests.every((test) => test(value));
}

function anyOf(rules: readonly Json[]): Test {
  if (rules.length === 0) return refuse('an empty list', rules);
  const tests = rules.map(compileRule);
  return (value) => {
    // A list in the event matches when one of its members does.
    const values = isList(value) && value.length > 0 ? value : [isList(value) ? undefined : value];
    return values.some((each) => tests.some((test) => test(each)));
  };
}

function compileRule(rule: Json): Test {
  if (!isObject(rule)) return (value) => value === rule;
  const [[name, argument] = ['', null], ...others] = Object.entries(rule);
  if (others.length > 0) return refuse('a rule with several names', rule);
  switch (name) {
    case 'exists':
      if (typeof argument !== 'boolean') return refuse(name, rule);
      return (value) => (value !== undefined && !isObject(value)) === argument;
    case 'prefix':
      return textTest(argument, rule, (text, expected) => text.startsWith(expected));
    case 'suffix':
      return textTest(argument, rule, (text, expected) => text.endsWith(expected));
    case 'equals-ignore-case':
      return textTest(argument, rule, (text, expected) => text.toLowerCase() === expected.toLowerCase());
    case 'anything-but': {
      const excluded = isList(argument) ? argument.map(compileRule) : [compileRule(argument)];
      return (value) => value !== undefined && !isObject(value) && !excluded.some((test) => test(value));
    }
    case 'numeric':
      return numericTest(isList(argument) ? argument : refuse(name, rule));
    default:
      return refuse(name, rule);
  }
}

function textTest(argument: Json, rule: Json, test: (text: string, expected: string) => boolean): Test {
  const expected = typeof argument === 'string' ? argument : refuse('text', rule);
  return (value) => typeof value === 'string' && test(value, expected);
}

const comparisons: Readonly<Record<string, (left: number, right: number) => boolean>> = {
  '=': (left, right) => left === right,
  '<': (left, right) => left < right,
  '<=': (left, right) => left <= right,
  '>': (left, right) => left > right,
  '>=': (left, right) => left >= right,
};

function numericTest(terms: readonly Json[]): Test {
  const tests: ((value: number) => boolean)[] = [];
  for (let index = 0; index < terms.length; index += 2) {
    const compare = comparisons[String(terms[index])];
    const right = terms[index + 1];
    if (compare === undefined || typeof right !== 'number') return refuse('numeric', terms);
    tests.push((value) => compare(value, right));
  }
  return (value) => typeof value === 'number' && tests.every((test) => test(value));
}

function refuse(what: string, where: Json): never {
  throw new RangeError(`The filter pattern has ${what}, which is not supported here: ${JSON.stringify(where)}`);
}
