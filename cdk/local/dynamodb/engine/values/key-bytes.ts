import { invalid } from '../engine-error.ts';
import type { AttributeValue } from './attribute-value.ts';
import { readDecimal } from './decimal.ts';

/**
 * A key's value as bytes whose order is DynamoDB's: UTF-8 for text, the bytes of a binary, and for a number its sign,
 * its exponent and two digits a byte. Throws for what can be no key.
 */
export function keyBytes(value: AttributeValue): Uint8Array {
  if ('S' in value) return Buffer.from(value.S, 'utf8');
  if ('N' in value) return numberBytes(value.N);
  if ('B' in value) return Buffer.from(value.B, 'base64');
  throw invalid('One or more parameter values were invalid: Type mismatch for key');
}

const NEGATIVE = 0;
const ZERO = 1;
const POSITIVE = 2;
/** Ends the digits of a negative number, so that one with fewer digits comes after those that begin with them. */
const AFTER_ALL_DIGITS = 0xff;

function numberBytes(text: string): Uint8Array {
  const { negative, digits, exponent } = readDecimal(text);
  if (digits === '') return Uint8Array.of(ZERO);
  const pairs = (digits.length + 1) >> 1;
  const bytes = new Uint8Array(2 + pairs + (negative ? 1 : 0));
  const power = exponent + 130;
  bytes[0] = negative ? NEGATIVE : POSITIVE;
  bytes[1] = negative ? 255 - power : power;
  for (let pair = 0; pair < pairs; pair++) {
    const first = digits.charCodeAt(2 * pair) - 48;
    const second = 2 * pair + 1 < digits.length ? digits.charCodeAt(2 * pair + 1) - 48 : 0;
    const both = 10 * first + second;
    bytes[2 + pair] = negative ? 100 - both : 1 + both;
  }
  if (negative) bytes[2 + pairs] = AFTER_ALL_DIGITS;
  return bytes;
}
