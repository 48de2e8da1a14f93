import type { Random } from './random.ts';

/** An attribute value as JSON, right or wrong. */
export type Json = Readonly<Record<string, unknown>>;

/** Numbers at the edges of what there is, and some small ones that meet often. */
export function numberText(random: Random): string {
  if (random.chance(0.6)) return random.pick(['0', '1', '2', '-1', '10', '1.5', '100', '7']);
  const digits = random.some(1, 38, () => String(random.below(10))).join('');
  const power = random.pick([0, 0, 1, -1, 5, -20, 87, -100]);
  return `${random.pick(['', '-'])}${digits}${random.pick(['', '.5'])}E${power}`.slice(0, 44);
}

const characters = ['a', 'b', 'A', '#', ' ', 'é', '中', '\u{1f600}', '\ufffd', '\u0000', '~'];

export const text = (random: Random, least = 0): string =>
  random.some(least, 5, () => random.pick(characters)).join('');

const binary = (random: Random, least = 0): string =>
  Buffer.from(random.some(least, 4, () => random.pick([0, 1, 127, 128, 255]))).toString('base64');

const members = (random: Random, make: () => string): readonly string[] => {
  const made = random.some(1, 4, make);
  return random.chance(0.95) ? [...new Set(made)] : made;
};

const makers: Readonly<Record<string, (random: Random, depth: number) => unknown>> = {
  S: (random) => text(random),
  N: numberText,
  B: (random) => binary(random),
  BOOL: (random) => random.chance(0.5),
  NULL: (random) => random.chance(0.97),
  SS: (random) => members(random, () => text(random, 1)),
  NS: (random) => members(random, () => numberText(random)),
  BS: (random) => members(random, () => binary(random, 1)),
  L: (random, depth) => random.some(0, 3, () => value(random, depth + 1)),
  M: (random, depth) =>
    Object.fromEntries(random.some(0, 3, () => [random.pick(names), value(random, depth + 1)] as const)),
};

/** Attributes that items have; `size`, `status` and `name` are reserved words. */
export const names: readonly string[] = ['a', 'b', 'c', 'status', 'lst', 'mp', 'name', 'x.y'];

const flat = ['S', 'S', 'N', 'N', 'B', 'BOOL', 'NULL', 'SS', 'NS', 'BS'];

/** A value, now and then one that is none. */
export function value(random: Random, depth = 0): Json {
  if (random.chance(0.01))
    return random.pick([{}, { S: 'a', N: '1' }, { N: 'x' }, { SS: [] }, { N: '1E200' }, { X: 1 }]);
  const type = random.pick(depth < 3 ? [...flat, 'L', 'M'] : flat);
  return { [type]: makers[type]?.(random, depth) };
}

/** A value of a type that a key has. */
export function keyValue(random: Random, type: string, from: readonly string[] = []): Json {
  if (random.chance(0.01)) return random.pick([{ S: '' }, { N: '3' }, { BOOL: true }, { B: '' }, {}]);
  if (type === 'N') return { N: random.chance(0.7) ? String(random.below(6)) : numberText(random) };
  if (type === 'B') return { B: binary(random, 1) };
  return { S: from.length > 0 && random.chance(0.9) ? random.pick(from) : text(random, 1) };
}
