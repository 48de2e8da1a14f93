import { type AttributeValue, type Item, typeOf } from './attribute-value.ts';
import { compareNumbers } from './decimal.ts';

/** Which text comes first in the order of its UTF-8 bytes. */
export function compareText(left: string, right: string): number {
  const length = Math.min(left.length, right.length);
  for (let at = 0; at < length; at++) {
    const a = left.charCodeAt(at);
    const b = right.charCodeAt(at);
    if (a !== b) return byteRank(a) - byteRank(b);
  }
  return left.length - right.length;
}

/** UTF-16 puts halves of pairs before U+E000; UTF-8 puts what they stand for last. */
const byteRank = (unit: number): number => (unit < 0xd800 ? unit : unit < 0xe000 ? unit + 0x2000 : unit - 0x800);

/** As for sorting; undefined when the two have different types or no order. */
export function compareValues(left: AttributeValue, right: AttributeValue): number | undefined {
  if ('S' in left) return 'S' in right ? compareText(left.S, right.S) : undefined;
  if ('N' in left) return 'N' in right ? compareNumbers(left.N, right.N) : undefined;
  if ('B' in left) {
    return 'B' in right ? Buffer.compare(Buffer.from(left.B, 'base64'), Buffer.from(right.B, 'base64')) : undefined;
  }
  return undefined;
}

/** Whether two values are the same to DynamoDB: sets have no order, maps neither. */
export function sameValue(left: AttributeValue, right: AttributeValue): boolean {
  if ('S' in left) return 'S' in right && left.S === right.S;
  if ('N' in left) return 'N' in right && left.N === right.N;
  if ('B' in left) return 'B' in right && left.B === right.B;
  if ('BOOL' in left) return 'BOOL' in right && left.BOOL === right.BOOL;
  if ('NULL' in left) return 'NULL' in right;
  if ('M' in left) return 'M' in right && sameItem(left.M, right.M);
  if ('L' in left) {
    return 'L' in right && left.L.length === right.L.length && left.L.every((each, at) => isSame(each, right.L[at]));
  }
  if ('SS' in left) return 'SS' in right && sameSet(left.SS, right.SS);
  if ('NS' in left) return 'NS' in right && sameSet(left.NS, right.NS);
  return 'BS' in right && sameSet(left.BS, right.BS);
}

const isSame = (left: AttributeValue, right: AttributeValue | undefined): boolean =>
  right !== undefined && sameValue(left, right);

/** Whether two items have the same attributes. */
export function sameItem(left: Item, right: Item): boolean {
  const names = Object.keys(left);
  return names.length === Object.keys(right).length && names.every((name) => sameAttribute(left[name], right, name));
}

const sameAttribute = (value: AttributeValue | undefined, other: Item, name: string): boolean =>
  value !== undefined && Object.hasOwn(other, name) && isSame(value, other[name]);

const sameSet = (left: readonly string[], right: readonly string[]): boolean =>
  left.length === right.length && left.every((member) => right.includes(member));

/** The members of a set; undefined for what is no set. */
export function setMembers(value: AttributeValue): readonly string[] | undefined {
  if ('SS' in value) return value.SS;
  if ('NS' in value) return value.NS;
  return 'BS' in value ? value.BS : undefined;
}

/** A set of the type of `like` (which must be a set) with these members. */
export function setLike(like: AttributeValue, members: readonly string[]): AttributeValue {
  switch (typeOf(like)) {
    case 'SS':
      return { SS: members };
    case 'NS':
      return { NS: members };
    default:
      return { BS: members };
  }
}
