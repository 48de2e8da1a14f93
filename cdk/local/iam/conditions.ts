import { isList, isObject, type Json } from '../template/json.ts';
import { sameArn, wildcard } from './pattern.ts';
import { PolicyError } from './policy-error.ts';

/** The condition keys of a request, in lower case, with their values; a key that is not there is absent. */
export type Context = ReadonlyMap<string, readonly string[]>;

/** Whether a statement's conditions hold for a request. */
export type Conditions = (context: Context) => boolean;

/** Whether one value of the request is one that a policy's value means. */
type Comparison = (wanted: string, given: string) => boolean;

const numbers =
  (compare: (wanted: number, given: number) => boolean): Comparison =>
  (wanted, given) =>
    Number.isFinite(Number(given)) && compare(Number(wanted), Number(given));

const equal: Comparison = (wanted, given) => wanted === given;
const sameWords: Comparison = (wanted, given) => wanted.toLowerCase() === given.toLowerCase();
const like: Comparison = (wanted, given) => wildcard(wanted).test(given);
const isNumber = numbers((wanted, given) => given === wanted);

/** Those that AWS has, but for dates, bytes and addresses; a `Not` turns the answer round. */
const comparisons: Readonly<Record<string, { readonly compare: Comparison; readonly not?: true }>> = {
  StringEquals: { compare: equal },
  StringNotEquals: { compare: equal, not: true },
  StringEqualsIgnoreCase: { compare: sameWords },
  StringNotEqualsIgnoreCase: { compare: sameWords, not: true },
  StringLike: { compare: like },
  StringNotLike: { compare: like, not: true },
  ArnEquals: { compare: sameArn },
  ArnLike: { compare: sameArn },
  ArnNotEquals: { compare: sameArn, not: true },
  ArnNotLike: { compare: sameArn, not: true },
  Bool: { compare: sameWords },
  NumericEquals: { compare: isNumber },
  NumericNotEquals: { compare: isNumber, not: true },
  NumericLessThan: { compare: numbers((wanted, given) => given < wanted) },
  NumericLessThanEquals: { compare: numbers((wanted, given) => given <= wanted) },
  NumericGreaterThan: { compare: numbers((wanted, given) => given > wanted) },
  NumericGreaterThanEquals: { compare: numbers((wanted, given) => given >= wanted) },
};

const OPERATOR = /^(?:(ForAnyValue|ForAllValues):)?(\w+?)(IfExists)?$/;

/**
 * Reads the Condition of a statement. All of it must hold: each operator, each key; of a key's values one is enough.
 * Throws {@link PolicyError} for an operator that is not known here.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-logic-multiple-context-keys-or-values.html
 */
export function readConditions(given: Json | undefined): Conditions {
  if (given === undefined) return () => true;
  if (!isObject(given)) throw new PolicyError('A Condition is an object.');
  const tests = Object.entries(given).flatMap(([operator, keys]) => {
    if (!isObject(keys)) throw new PolicyError(`${operator} has no condition keys.`);
    return Object.entries(keys).map(([key, values]) => readTest(operator, key.toLowerCase(), textsOf(values)));
  });
  return (context) => tests.every((test) => test(context));
}

function readTest(operator: string, key: string, wanted: readonly string[]): Conditions {
  if (operator === 'Null') {
    const absent = wanted.some((value) => value.toLowerCase() === 'true');
    return (context) => (context.get(key) === undefined) === absent;
  }
  const [, set, name = '', ifExists] = OPERATOR.exec(operator) ?? [];
  const comparison = Object.hasOwn(comparisons, name) ? comparisons[name] : undefined;
  if (comparison === undefined) throw new PolicyError(`The condition operator ${operator} is not known here.`);
  const { compare, not = false } = comparison;
  const fits = (given: string): boolean => wanted.some((value) => compare(value, given)) !== not;
  return (context) => {
    const given = context.get(key);
    if (given === undefined) return ifExists !== undefined || set === 'ForAllValues' || (set === undefined && not);
    if (set === 'ForAllValues') return given.every(fits);
    if (set === 'ForAnyValue') return given.some(fits);
    const [only, ...more] = given;
    if (only === undefined || more.length > 0) {
      throw new PolicyError(`${operator} compares one value, and ${key} has ${given.length}: name a set operator.`);
    }
    return fits(only);
  };
}

/** A value of a policy, or several; numbers and truth values as texts. Variables are not known here. */
export function textsOf(values: Json | undefined): readonly string[] {
  const list = values === undefined ? [] : isList(values) ? values : [values];
  return list.map((value) => {
    if (value === null || typeof value === 'object') throw new PolicyError('A value in a policy is a text.');
    if (String(value).includes('${')) throw new PolicyError(`Policy variables are not known here: ${String(value)}`);
    return String(value);
  });
}
