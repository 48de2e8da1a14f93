import type { AttributeValue, Item } from './attribute-value.ts';
import { readDecimal } from './decimal.ts';

/**
 * How many bytes DynamoDB counts for an item: names and values, two digits of a number a byte, an overhead for lists
 * and maps. https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/CapacityUnitCalculations.html
 */
export function itemSize(item: Item): number {
  let size = 0;
  for (const name in item) {
    const value = item[name];
    if (value !== undefined) size += textSize(name) + valueSize(value);
  }
  return size;
}

/** What a list or map costs beside what is in it, and each thing that is in it. */
const NESTED = 3;
const MEMBER = 1;

/** How many bytes DynamoDB counts for a value. */
export function valueSize(value: AttributeValue): number {
  if ('S' in value) return textSize(value.S);
  if ('N' in value) return numberSize(value.N);
  if ('B' in value) return binarySize(value.B);
  if ('BOOL' in value || 'NULL' in value) return 1;
  if ('M' in value) return NESTED + itemSize(value.M) + MEMBER * Object.keys(value.M).length;
  if ('L' in value) return value.L.reduce((size, each) => size + valueSize(each) + MEMBER, NESTED);
  if ('SS' in value) return value.SS.reduce((size, each) => size + textSize(each), 0);
  if ('NS' in value) return value.NS.reduce((size, each) => size + numberSize(each), 0);
  return value.BS.reduce((size, each) => size + binarySize(each), 0);
}

const textSize = (text: string): number => Buffer.byteLength(text, 'utf8');

const binarySize = (base64: string): number =>
  (base64.length / 4) * 3 - (base64.endsWith('==') ? 2 : base64.endsWith('=') ? 1 : 0);

function numberSize(text: string): number {
  const { negative, digits, exponent } = readDecimal(text);
  if (digits === '') return 1;
  // digits are paired from the decimal point on: 1.5 takes two bytes as 12 takes one
  const odd = exponent % 2 === 0 ? 1 : 0;
  return 1 + Math.ceil((digits.length + odd) / 2) + (negative ? 1 : 0);
}
