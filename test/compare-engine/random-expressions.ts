import type { Random } from './random.ts';
import { type Json, names, numberText, value } from './random-values.ts';

/** Placeholders that an expression has made. */
export interface Made {
  readonly names: Record<string, string>;
  readonly values: Record<string, Json>;
}

export const made = (): Made => ({ names: {}, values: {} });

/** The parameters in which placeholders go: none where there are none, now and then one that nobody uses. */
export function placeholders(random: Random, { names, values }: Made): Json {
  if (random.chance(0.02)) values[':unused'] = { S: 'x' };
  return {
    ...(Object.keys(names).length > 0 && { ExpressionAttributeNames: names }),
    ...(Object.keys(values).length > 0 && { ExpressionAttributeValues: values }),
  };
}

function name(random: Random, { names: given }: Made): string {
  const picked = random.pick(names);
  if (random.chance(0.03)) return random.pick(['status', '#undefined', 'size', 'a-b']);
  if (random.chance(0.3) && /^[abc]$|^lst$|^mp$/.test(picked)) return picked;
  const ref = `#${picked.replace(/\W/g, '')}`;
  given[ref] = picked;
  return ref;
}

export function path(random: Random, given: Made): string {
  const steps = [name(random, given)];
  while (random.chance(0.25)) steps.push(random.chance(0.5) ? `[${random.below(4)}]` : `.${name(random, given)}`);
  return steps.join('');
}

function ref(random: Random, { values }: Made, json: Json): string {
  if (random.chance(0.01)) return ':undefined';
  const found = `:v${Object.keys(values).length}`;
  values[found] = json;
  return found;
}

const operand = (random: Random, given: Made): string =>
  random.chance(0.5)
    ? path(random, given)
    : random.chance(0.15)
      ? `size(${path(random, given)})`
      : ref(random, given, value(random, 2));

const clauses: readonly ((random: Random, given: Made) => string)[] = [
  (random, given) =>
    `${operand(random, given)} ${random.pick(['=', '<>', '<', '<=', '>', '>='])} ${operand(random, given)}`,
  (random, given) =>
    `${operand(random, given)} BETWEEN ${ref(random, given, { N: '1' })} AND ${ref(random, given, { N: random.pick(['1', '9', '0']) })}`,
  (random, given) => `${operand(random, given)} IN (${random.some(1, 3, () => operand(random, given)).join(', ')})`,
  (random, given) => `attribute_exists(${path(random, given)})`,
  (random, given) => `attribute_not_exists(${path(random, given)})`,
  (random, given) =>
    `attribute_type(${path(random, given)}, ${ref(random, given, { S: random.pick(['S', 'N', 'L', 'M', 'SS', 'x']) })})`,
  (random, given) => `begins_with(${path(random, given)}, ${ref(random, given, { S: random.pick(['a', '', '中']) })})`,
  (random, given) => `contains(${path(random, given)}, ${operand(random, given)})`,
];

/** A condition or filter. */
export function condition(random: Random, given: Made, depth = 0): string {
  if (random.chance(0.02)) return soup(random);
  const clause = random.pick(clauses)(random, given);
  if (depth > 2 || random.chance(0.6)) return random.chance(0.1) ? `(${clause})` : clause;
  const other = condition(random, given, depth + 1);
  const both = `${clause} ${random.pick(['AND', 'OR', 'and'])} ${other}`;
  return random.chance(0.3) ? `NOT (${both})` : random.chance(0.3) ? `(${both})` : both;
}

const right = (random: Random, given: Made): string => {
  const kind = random.below(8);
  if (kind === 0)
    return `${operand(random, given)} ${random.pick(['+', '-'])} ${ref(random, given, { N: numberText(random) })}`;
  if (kind === 1) return `if_not_exists(${path(random, given)}, ${operand(random, given)})`;
  if (kind === 2) return `list_append(${path(random, given)}, ${ref(random, given, { L: [{ S: 'new' }] })})`;
  if (kind === 3)
    return `if_not_exists(${path(random, given)}, ${ref(random, given, { N: '0' })}) + ${ref(random, given, { N: '1' })}`;
  if (kind === 4) return path(random, given);
  return ref(random, given, value(random, 1));
};

const addend = (random: Random): Json =>
  random.pick([
    { N: numberText(random) },
    { SS: ['a', 'b'] },
    { NS: ['1', '2'] },
    { S: 'no' },
    { N: '1' },
    { SS: ['a'] },
  ]);

/** An update of one or more sections. */
export function update(random: Random, given: Made): string {
  if (random.chance(0.02)) return soup(random);
  const sections: string[] = [];
  if (random.chance(0.7)) {
    sections.push(`SET ${random.some(1, 3, () => `${path(random, given)} = ${right(random, given)}`).join(', ')}`);
  }
  if (random.chance(0.3)) sections.push(`REMOVE ${random.some(1, 2, () => path(random, given)).join(', ')}`);
  if (random.chance(0.2)) sections.push(`ADD ${path(random, given)} ${ref(random, given, addend(random))}`);
  if (random.chance(0.15)) sections.push(`DELETE ${path(random, given)} ${ref(random, given, addend(random))}`);
  return sections.join(' ') || `REMOVE ${path(random, given)}`;
}

export const projection = (random: Random, given: Made): string =>
  random.chance(0.03) ? soup(random) : random.some(1, 4, () => path(random, given)).join(', ');

const words = [
  'a',
  '=',
  ':v0',
  '#n',
  'AND',
  '(',
  ')',
  'SET',
  ',',
  '.',
  '[0]',
  'size(a)',
  '!',
  'NOT',
  '+',
  'BETWEEN',
  'foo(a)',
  '',
];

/** Tokens in any order. */
const soup = (random: Random): string => random.some(0, 6, () => random.pick(words)).join(' ');
