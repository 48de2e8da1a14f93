import type { careTiers, urgencies } from '../input.ts';

export type Urgency = (typeof urgencies)[number];
export type CareTier = (typeof careTiers)[number];

/** In the order in which they are tried: 非常紧急 is critical before it is urgent, 不急 normal before anything. */
const URGENCY_WORDS: readonly (readonly [Urgency, RegExp])[] = [
  ['normal', /不急|不紧急|一般|普通|常规|normal|low|medium|routine/i],
  ['critical', /特急|特别紧?急|非常|十万火急|极|最高|危急|critical|emergency|immediate/i],
  ['urgent', /急|紧|高|urgent|high/i],
];
const CARE_WORDS: readonly (readonly [CareTier, RegExp])[] = [
  ['severe', /重症|危重|重型|severe|critical/i],
  ['suspected', /疑似|发热|隔离|suspected|fever/i],
  ['general', /一般|普通|非|general|normal|none/i],
];

function firstMatch<T>(words: readonly (readonly [T, RegExp])[], text: string): T | undefined {
  return words.find(([, pattern]) => pattern.test(text.normalize('NFKC')))?.[0];
}

/** The urgency that a cell names, or undefined. */
export function readUrgency(text: string): Urgency | undefined {
  return firstMatch(URGENCY_WORDS, text);
}

/** The care tier that a cell names, or undefined. */
export function readCareTier(text: string): CareTier | undefined {
  return firstMatch(CARE_WORDS, text);
}

/** The higher of two degrees, where `order` runs from the lowest to the highest. */
export function higher<T>(order: readonly T[], first: T | undefined, second: T | undefined): T | undefined {
  if (first === undefined || second === undefined) return first ?? second;
  return order.indexOf(first) < order.indexOf(second) ? second : first;
}
