import { foldWritten } from './number.ts';

/** Why what was written is no telephone number. */
export type PhoneProblem = 'not-a-phone' | 'phone-too-short' | 'phone-too-long' | 'too-many-phones';

export type PhoneReading =
  | {
      readonly ok: true;
      /** As it was written, with plain digits; an extension as `转801`; two numbers as `a / b`. */
      readonly phone: string;
    }
  | { readonly ok: false; readonly code: PhoneProblem };

const LABEL = /^(?:联系)?(?:电话|手机|座机|固话|tel(?:ephone)?|phone|mobile)(?:号码?)?\.? ?:? ?/i;
const EXTENSION = / ?(?:转|分机号?|ext(?:ension)?\.?|x) ?:? ?(\d{1,6})$/i;
const BETWEEN = / ?[/、,;|] ?| or | ?或者? ?| ?和 ?/i;
const NUMBER = /^\+?[0-9(][0-9 ()-]*[0-9]$/;
const MOST = 2;
/** Characters of one number. */
const SHORTEST = 7;
const LONGEST = 30;
/** A space beside a whole mobile number, unless +86 stands before it: "13900000001 13900000002". */
const BESIDE_MOBILE = /(?<!\+?86) (?=1[3-9]\d{9}(?!\d))|(?<=(?<!\d)1[3-9]\d{9}) (?=\d)/g;

/** Lines are apart as numbers are. */
function foldPhones(written: string): string {
  return foldWritten(written.trim().replace(/\s*[\r\n]\s*/g, ';'));
}

function readOne(text: string): PhoneReading {
  const [tail = '', extension] = EXTENSION.exec(text) ?? [];
  const number = text.slice(0, text.length - tail.length).replace(LABEL, '');
  if (!NUMBER.test(number)) return { ok: false, code: 'not-a-phone' };
  if (number.length < SHORTEST) return { ok: false, code: 'phone-too-short' };
  if (number.length > LONGEST) return { ok: false, code: 'phone-too-long' };
  return { ok: true, phone: extension === undefined ? number : `${number}转${extension}` };
}

/**
 * Reads a telephone number, mobile or landline, as people write it: full width digits, spaces, dashes, brackets, a leading plus,
 * an extension (转801, 分机801, ext. 801), one number or two ("0713-0000001 / 13900000002"). Reading what it gave changes nothing.
 */
export function readPhone(written: string): PhoneReading {
  const parts = foldPhones(written)
    .split(BETWEEN)
    .filter((part) => part !== '');
  if (parts.length > MOST) return { ok: false, code: 'too-many-phones' };
  const numbers: string[] = [];
  for (const part of parts) {
    const read = readOne(part);
    if (!read.ok) return read;
    numbers.push(read.phone);
  }
  return numbers.length === 0 ? { ok: false, code: 'not-a-phone' } : { ok: true, phone: numbers.join(' / ') };
}

/** A telephone number within other words, with its extension. */
const WITHIN = /\+?\(?\d[\d ()-]{5,28}\d(?: ?(?:转|分机号?|ext(?:ension)?\.?) ?:? ?\d{1,6})?/gi;

export interface PhonesInWords {
  /** Every number, each once, in its order. */
  readonly phones: readonly string[];
  /** What stands beside the numbers; labels such as 电话 left out. */
  readonly words: string;
}

/** Takes the telephone numbers out of a cell in which people mix them with words. */
export function findPhones(written: string): PhonesInWords {
  const text = foldPhones(written).replace(BESIDE_MOBILE, ';');
  const phones = [...text.matchAll(WITHIN)].flatMap(([found]) => {
    const read = readOne(found.trim());
    return read.ok ? [read.phone] : [];
  });
  const words = text
    .replace(WITHIN, ' ')
    .replace(/(?:联系)?(?:电话|手机|tel|phone|mobile)(?:号码?)?\s*:?/gi, ' ')
    .replace(/^[\s,;:/、-]+|[\s,;:/、-]+$/g, '')
    .replace(/\s+/g, ' ');
  return { phones: [...new Set(phones)], words };
}

/** The eleven digits of a mainland mobile number, however it was typed (+86, spaces, dashes, full width); undefined when it is none. */
export function readMobilePhone(written: string): string | undefined {
  const digits = foldWritten(written).replace(/[\s'‘’()·.-]/g, '');
  return /^(?:\+?86|0086)?(1[3-9]\d{9})$/.exec(digits)?.[1];
}
