import { invalid } from '../engine-error.ts';

/** A number as sign, significant digits without zeros at either end, and the power of ten of its first digit. */
export interface Decimal {
  readonly negative: boolean;
  /** Empty for zero. */
  readonly digits: string;
  /** The power of ten of the first digit: 2 for 150, -1 for 0.15. */
  readonly exponent: number;
}

const zero: Decimal = { negative: false, digits: '', exponent: 0 };
const shape = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d+))?$/;
const plain = /^(?:0|-?[1-9]\d{0,37})$/;

/** How many significant digits DynamoDB keeps, and the powers of ten between which a number lies. */
const PRECISION = 38;
const LARGEST = 125;
const SMALLEST = -130;

/** Reads a number, however it is written. Throws in AWS's words what is no number or not within its range. */
export function readDecimal(text: string): Decimal {
  const match = shape.exec(text);
  const whole = match?.[2] ?? '';
  const fraction = match?.[3] ?? '';
  if (match === null || whole + fraction === '') {
    throw invalid(`The parameter cannot be converted to a numeric value${text === '' ? '' : `: ${text}`}`);
  }
  const all = whole + fraction;
  let start = 0;
  while (all.charCodeAt(start) === 48) start++;
  if (start === all.length) return zero;
  let end = all.length;
  while (all.charCodeAt(end - 1) === 48) end--;
  const exponent = whole.length - 1 - start + Number(match[4] ?? 0);
  return checked({ negative: match[1] === '-', digits: all.slice(start, end), exponent });
}

function checked(decimal: Decimal): Decimal {
  if (decimal.exponent > LARGEST) {
    throw invalid('Number overflow. Attempting to store a number with magnitude larger than supported range');
  }
  if (decimal.exponent < SMALLEST) {
    throw invalid('Number underflow. Attempting to store a number with magnitude smaller than supported range');
  }
  if (decimal.digits.length > PRECISION) {
    throw invalid('Attempting to store more than 38 significant digits in a Number');
  }
  return decimal;
}

/** Writes a number as DynamoDB gives it back: plain, without exponent, without zeros that say nothing. */
export function printDecimal({ negative, digits, exponent }: Decimal): string {
  if (digits === '') return '0';
  const sign = negative ? '-' : '';
  if (exponent < 0) return `${sign}0.${'0'.repeat(-exponent - 1)}${digits}`;
  if (digits.length <= exponent + 1) return sign + digits.padEnd(exponent + 1, '0');
  return `${sign}${digits.slice(0, exponent + 1)}.${digits.slice(exponent + 1)}`;
}

/** The one way to write a number, so that equal numbers are equal texts. Throws as {@link readDecimal}. */
export function canonicalNumber(text: string): string {
  return plain.test(text) ? text : printDecimal(readDecimal(text));
}

/** Which of two numbers is larger: negative, zero or positive, as for sorting. */
export function compareNumbers(left: string, right: string): number {
  if (left === right) return 0;
  if (left.length < 16 && right.length < 16) {
    const difference = Number(left) - Number(right);
    if (difference !== 0) return difference;
  }
  const a = readDecimal(left);
  const b = readDecimal(right);
  if (signOf(a) !== signOf(b)) return signOf(a) - signOf(b);
  const magnitudes = a.exponent - b.exponent || (a.digits < b.digits ? -1 : Number(a.digits > b.digits));
  return a.negative ? -magnitudes : magnitudes;
}

const signOf = ({ negative, digits }: Decimal): number => (digits === '' ? 0 : negative ? -1 : 1);

/** The sum (or, with `sign` -1, the difference) of two numbers. Throws in AWS's words when it is out of range. */
export function addNumbers(left: string, right: string, sign: 1 | -1 = 1): string {
  if (left.length < 15 && right.length < 15) {
    const sum = Number(left) + sign * Number(right);
    if (Number.isSafeInteger(Number(left)) && Number.isSafeInteger(Number(right))) return String(sum + 0);
  }
  const a = readDecimal(left);
  const b = readDecimal(right);
  const scale = Math.min(lastPower(a), lastPower(b));
  const total = scaled(a, scale) + BigInt(sign) * scaled(b, scale);
  return printDecimal(readDecimal(`${total}E${scale}`));
}

const lastPower = ({ digits, exponent }: Decimal): number => (digits === '' ? 0 : exponent - digits.length + 1);

const scaled = (decimal: Decimal, scale: number): bigint => {
  if (decimal.digits === '') return 0n;
  const whole = BigInt(decimal.digits) * 10n ** BigInt(lastPower(decimal) - scale);
  return decimal.negative ? -whole : whole;
};
