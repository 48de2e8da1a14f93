import * as z from 'zod';
import { classed } from '../../domain/privacy/classes.ts';
import { line } from '../../domain/text.ts';

/** Letters and digits of a 统一社会信用代码: no I, O, S, V and Z, since people take them for others (GB 32100-2015, table 2). */
const SIGNS = '0123456789ABCDEFGHJKLMNPQRTUWXY';
/** authority and kind, the place of registration, the body's own code, the check digit (GB 32100-2015, 4) */
const USCC = /^[0-9A-HJ-NPQRTUWXY]{2}\d{6}[0-9A-HJ-NPQRTUWXY]{10}$/;
/** the code that bodies had before, 组织机构代码: it is characters 9 to 17 of the later one (GB 11714-1997) */
const ORGC = /^[0-9A-Z]{8}[0-9X]$/;

/** The check digit of the first 17 characters: weights are powers of 3, modulo 31 (GB 32100-2015, 5). */
function usccCheckDigit(code: string): string | undefined {
  let sum = 0;
  let weight = 1;
  for (const sign of code.slice(0, 17)) {
    sum += SIGNS.indexOf(sign) * weight;
    weight = (weight * 3) % 31;
  }
  return SIGNS[(31 - (sum % 31)) % 31];
}

/** The check digit of the first 8 characters (GB 11714-1997): letters count from 10, 10 is written X. */
function orgcCheckDigit(code: string): string {
  const weights = [3, 7, 9, 10, 5, 8, 4, 2];
  const sum = weights.reduce((all, weight, at) => all + weight * Number.parseInt(code[at] ?? '0', 36), 0);
  const digit = (11 - (sum % 11)) % 11;
  return digit === 10 ? 'X' : String(digit);
}

/** Why a number is none of its scheme. */
export type NumberProblem = 'not-a-number-of-scheme' | 'wrong-check-digit' | 'unknown-scheme';

export type NumberReading =
  | { readonly ok: true; readonly scheme: string; readonly number: string }
  | { readonly ok: false; readonly code: NumberProblem };

interface Scheme {
  readonly shape: RegExp;
  /** what people write otherwise and mean the same, on letters and digits alone */
  readonly tidy?: (plain: string) => string;
  readonly isRight?: (number: string) => boolean;
}

const padded = (length: number) => (plain: string) => plain.padStart(length, '0');
const schemes: Readonly<Record<string, Scheme>> = {
  'CN-USCC': { shape: USCC, isRight: (number) => number[17] === usccCheckDigit(number) },
  'CN-ORGC': { shape: ORGC, isRight: (number) => number[8] === orgcCheckDigit(number) },
  // what a spreadsheet takes from a number is its zeros in front
  'GB-CHC': { shape: /^\d{5,7}$/, tidy: (plain) => plain.replace(/^0+/, '') },
  'GB-SC': { shape: /^SC0\d{5}$/, tidy: (plain) => `SC${plain.replace(/^SC/, '').padStart(6, '0')}` },
  'GB-NIC': { shape: /^NIC\d{6}$/, tidy: (plain) => `NIC${plain.replace(/^NIC/, '')}` },
  'GB-COH': { shape: /^[0-9A-Z]{2}\d{6}$/, tidy: padded(8) },
  'US-EIN': { shape: /^\d{9}$/, tidy: padded(9) },
};

/** A scheme's name as registers of registers write it: the country, a dash, the register. */
const SCHEME = /^[A-Z]{2}-[A-Z0-9]{2,12}$/;
/** Words that stand before a number in a cell. */
const LABEL =
  /^(?:统一社会信用代码|组织机构代码|社会信用代码|信用代码|(?:registered )?(?:charity|company)|reg(?:istration|istered)?|no|number|编号|证号)[\s.:：#(（)）]*/i;

function lettersOf(written: string): string {
  let text = written.normalize('NFKC').trim();
  for (let before = ''; before !== text; ) {
    before = text;
    text = text.replace(LABEL, '');
  }
  return text.toUpperCase().replace(/[^0-9A-Z]/g, '');
}

/**
 * Reads a registration number as people write it: small letters, full width, spaces, dashes, a label before it, zeros that a
 * spreadsheet took. Of a scheme without a rule here the letters and digits count.
 */
export function readNumber(scheme: string, written: string): NumberReading {
  const name = scheme.normalize('NFKC').trim().toUpperCase();
  if (!SCHEME.test(name)) return { ok: false, code: 'unknown-scheme' };
  const plain = lettersOf(written);
  const rule = Object.hasOwn(schemes, name) ? schemes[name] : undefined;
  const number = plain === '' ? plain : (rule?.tidy?.(plain) ?? plain);
  if (number === '' || number.length > 30) return { ok: false, code: 'not-a-number-of-scheme' };
  if (rule && !rule.shape.test(number)) return { ok: false, code: 'not-a-number-of-scheme' };
  if (rule?.isRight && !rule.isRight(number)) return { ok: false, code: 'wrong-check-digit' };
  return { ok: true, scheme: name, number };
}

/** How a number looks with its scheme before it: GB-CHC-1234567, as open data on grants has it. */
const WITH_SCHEME = /^([A-Z]{2}-[A-Z0-9]{2,12})[-:\s]\s*(.+)$/;

/**
 * Reads a registration number that stands alone: with its scheme before it, or one whose shape says what it is. Undefined for
 * what could be of several registers.
 */
export function readLoneNumber(written: string): NumberReading | undefined {
  const text = written.normalize('NFKC').trim().toUpperCase();
  const [, scheme, number] = WITH_SCHEME.exec(text) ?? [];
  if (scheme !== undefined && number !== undefined) return readNumber(scheme, number);
  const plain = lettersOf(written);
  if (USCC.test(plain)) return readNumber('CN-USCC', plain);
  return /^SC0\d{5}$/.test(plain) ? readNumber('GB-SC', plain) : undefined;
}

/** A number in a register, as a form has it. A body may have none, and several in several registers. */
export const Registration = z
  .strictObject(classed('public', { scheme: line(15), number: line(60) }))
  .transform((written, context) => {
    const read = readNumber(written.scheme, written.number);
    if (read.ok) return { scheme: read.scheme, number: read.number };
    const path = [read.code === 'unknown-scheme' ? 'scheme' : 'number'];
    context.addIssue({ code: 'custom', path, params: { code: read.code } });
    return z.NEVER;
  })
  .pipe(z.strictObject(classed('public', { scheme: z.string(), number: z.string() })));
export type Registration = z.infer<typeof Registration>;

/** The numbers by which a body is found: a 统一社会信用代码 holds the code that it had before. */
export function numbersOf(registrations: readonly Registration[]): Registration[] {
  return registrations.flatMap((one) =>
    one.scheme === 'CN-USCC' ? [one, { scheme: 'CN-ORGC', number: one.number.slice(8, 17) }] : [one],
  );
}
