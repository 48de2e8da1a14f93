import { itemGroup } from '../../../domain/item-group.ts';
import { foldWritten } from '../../../domain/read/number.ts';
import { COUNTED_IN, readQuantity } from '../../../domain/read/quantity.ts';
import { isGoods } from './columns.ts';

/** One of the items that a row asks for, and what was written of its amount. */
export interface Part {
  readonly item: string;
  readonly written: string;
}

const LISTED = /[、,，;；\n]/;
const BESIDE = /[、,，;；\n/|]/;
const EACH = /^(?:各|均|每[样种项类])(?:需要?)? ?(?=.)|^each ?:? ?(?=\d)| ?(?:each|of each)$/i;
/** A name and its amount: "纸尿裤100包", "masks: 500". The amount is the last number. */
const NAMED =
  /^(.*[^\d.,約约至少≥><~ ]) ?[:：x×*]? ?((?:约|大约|至少|不少于|≥|>=?|~)? ?(?:\d[\d,.]*|[一二两三四五六七八九十百千万]+) ?[万千百kw]? ?\D{0,8})$/i;
/** A row of items, then what there shall be of each. */
const EACH_WITHIN = /^(.+?)(?:各|均|每[样种项类])(?:需要?)? ?(\d.*|[一二两三四五六七八九十百千万].*)$/;
/** What a bottle holds rather than how much is needed. */
const SIZE = /^(?:毫?升|克|米|千克)$/;
const LONGEST_NAME = 30;
/** Characters; a longer cell is a text and no list. */
const LONGEST_CELL = 300;

const OPENS = /[(（[【]/;
const CLOSES = /[)）\]】]/;

/** Cuts at separators of one character that stand outside of brackets: 防护服（大、中、小号） is one. */
function cut(text: string, separator: RegExp): string[] {
  const parts = [''];
  let depth = 0;
  for (const character of text) {
    if (OPENS.test(character)) depth += 1;
    else if (CLOSES.test(character)) depth = Math.max(0, depth - 1);
    if (depth === 0 && separator.test(character)) parts.push('');
    else parts[parts.length - 1] += character;
  }
  return parts.map((part) => part.trim()).filter((part) => part !== '');
}

/** The items of an enumeration: several names of goods. Names beside a stroke may be two of one thing, so they must be goods of different kinds. */
function enumerated(item: string, told: 'each' | 'nothing' | 'amount'): string[] | undefined {
  const isName = (part: string) => part.length <= LONGEST_NAME && /\p{L}/u.test(part) && part.length > 1;
  if (told === 'each') {
    const parts = cut(item.replace(/(?<=\p{L}{2})(?:和|及|以及)(?=\p{L}{2})| and /gu, '、'), BESIDE);
    return parts.length > 1 && parts.every(isName) ? parts : undefined;
  }
  const listed = cut(item, LISTED);
  if (listed.length > 1 && listed.every((part) => isName(part) && isGoods(part))) return listed;
  const beside = told === 'nothing' ? cut(item, BESIDE) : [];
  const groups = beside.map(itemGroup);
  return beside.length > 1 &&
    beside.every((part) => isName(part) && isGoods(part)) &&
    new Set(groups).size === groups.length
    ? beside
    : undefined;
}

function namedAmount(text: string): Part | undefined {
  const [, name = '', written = ''] = NAMED.exec(foldWritten(text)) ?? [];
  return name !== '' && readQuantity(written).is === 'amount'
    ? { item: name.trim(), written: written.trim() }
    : undefined;
}

/** Every piece of an enumeration as a name with its amount, or nothing. */
function namedAmounts(text: string): Part[] {
  const pieces = cut(text, LISTED);
  const parts = pieces.map(namedAmount);
  return parts.every((part) => part !== undefined) ? parts : [];
}

function hasUnit({ written }: Part): boolean {
  const reading = readQuantity(written);
  return (
    reading.is === 'amount' && reading.unit !== undefined && COUNTED_IN.test(reading.unit) && !SIZE.test(reading.unit)
  );
}

export interface Parts {
  readonly parts: readonly Part[];
  /** One amount stands for all of them together, so that of none it is known. */
  readonly together?: true;
}

/**
 * What a row asks for, where several things stand in its cells of item and amount: "口罩、防护服各500", "纸尿裤100包,口罩500只".
 * One part, as it was written, for a row that asks for one thing.
 */
export function splitItems(item: string, quantity: string): Parts {
  const whole = { parts: [{ item, written: quantity }] };
  if (item.length > LONGEST_CELL || quantity.length > LONGEST_CELL) return whole;
  const all = (names: readonly string[] | undefined, written: string): Parts =>
    names ? { parts: names.map((name) => ({ item: name, written })) } : whole;
  if (EACH.test(quantity)) return all(enumerated(item, 'each'), quantity.replace(EACH, ''));
  if (quantity === '') {
    const [, names = '', written = ''] = EACH_WITHIN.exec(foldWritten(item)) ?? [];
    const each = enumerated(names, 'each');
    if (each) return all(each, written);
    const named = namedAmounts(item);
    if (named.length > 0 && named.every((part) => isGoods(part.item) && hasUnit(part))) return { parts: named };
    return all(enumerated(item, 'nothing'), '');
  }
  const named = namedAmounts(quantity);
  const known = cut(item, BESIDE);
  const own = (name: string) =>
    known.find((part) => part === name) ?? known.find((part) => part.includes(name) || name.includes(part));
  if (
    named.length > 0 &&
    named.every((part) => own(part.item) !== undefined || (named.length > 1 && isGoods(part.item)))
  )
    return { parts: named.map(({ item: name, written }) => ({ item: own(name) ?? name, written })) };
  const isAmount = readQuantity(quantity).is === 'amount';
  const several = enumerated(item, isAmount ? 'amount' : 'nothing');
  return several ? { ...all(several, quantity), ...(isAmount && { together: true as const }) } : whole;
}
