import { LocalDate } from '../../../domain/time.ts';

/** Why an identity number cannot be one. */
export type IdentityNumberProblem =
  | 'required'
  /** of fifteen digits, as they were until 1999; not valid since 2013 */
  | 'identity-old'
  /** a spreadsheet read it as a number and lost its last digits */
  | 'identity-digits-lost'
  | 'identity-length'
  | 'identity-characters'
  | 'identity-region'
  | 'identity-birth-date'
  | 'identity-check-digit';

/** The province codes of GB/T 2260; 81 to 83 are on the residence permits of people from Hong Kong, Macau and Taiwan. */
const PROVINCES = new Set(
  '11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65 71 81 82 83'.split(' '),
);
const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2] as const;
const CHECK_CHARACTERS = '10X98765432';
/** As a spreadsheet program writes eighteen digits that it took for a number: 1.1E+17. */
const AS_NUMBER = /^\d(\.\d+)?E\+?1[67]$/i;

/** The same number however it was typed: width, case, spaces, dashes and an apostrophe before it do not count. */
export function normalizeIdentityNumber(text: string): string {
  return text
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[\s'‘’`·_-]/g, '');
}

/** The last character of an identity number, from the seventeen digits before it (GB 11643-1999; ISO 7064 MOD 11-2). */
export function checkCharacter(seventeenDigits: string): string {
  const sum = WEIGHTS.reduce((total, weight, index) => total + weight * Number(seventeenDigits.charAt(index)), 0);
  return CHECK_CHARACTERS.charAt(sum % 11);
}

/** The day of birth within a normalized identity number, or undefined when there is no such day. */
export function birthDate(identityNumber: string): LocalDate | undefined {
  const match = /^\d{6}(\d{4})(\d{2})(\d{2})/.exec(identityNumber);
  return match ? LocalDate.safeParse(match.slice(1).join('-')).data : undefined;
}

/** A foreigner's permanent residence card has a 9 and then the province that issued it. */
function knownRegion(identityNumber: string): boolean {
  return PROVINCES.has(identityNumber.startsWith('9') ? identityNumber.slice(1, 3) : identityNumber.slice(0, 2));
}

/**
 * What is wrong with a normalized identity number of mainland China (GB 11643-1999), or undefined.
 * @param today no one is born after it, or 150 years before
 */
export function identityNumberProblem(identityNumber: string, today: LocalDate): IdentityNumberProblem | undefined {
  if (identityNumber === '') return 'required';
  if (AS_NUMBER.test(identityNumber)) return 'identity-digits-lost';
  if (/^\d{15}$/.test(identityNumber)) return 'identity-old';
  if (!/^[\dX]+$/.test(identityNumber)) return 'identity-characters';
  if (identityNumber.length !== 18) return 'identity-length';
  if (!/^\d{17}[\dX]$/.test(identityNumber)) return 'identity-characters';
  if (!knownRegion(identityNumber)) return 'identity-region';
  const born = birthDate(identityNumber);
  if (born === undefined || born > today || born < `${Number(today.slice(0, 4)) - 150}`) return 'identity-birth-date';
  if (checkCharacter(identityNumber) === identityNumber.charAt(17)) return undefined;
  // Three zeros at the end are what is left of digits beyond the fifteenth.
  return identityNumber.endsWith('000') ? 'identity-digits-lost' : 'identity-check-digit';
}

/** For lists that need to tell people apart and nothing more: `110***********123X`. */
export function maskIdentityNumber(identityNumber: string): string {
  const shown = identityNumber.length >= 15 ? 7 : 0;
  if (shown === 0) return '*'.repeat(identityNumber.length);
  return `${identityNumber.slice(0, 3)}${'*'.repeat(identityNumber.length - shown)}${identityNumber.slice(-4)}`;
}
