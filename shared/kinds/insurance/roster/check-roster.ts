import { readMobilePhone } from '../../../domain/read/phone.ts';
import { optionalLine } from '../../../domain/text.ts';
import type { LocalDate } from '../../../domain/time.ts';
import type { Volunteer } from '../input.ts';
import { age } from './age.ts';
import {
  birthDate,
  type IdentityNumberProblem,
  identityNumberProblem,
  normalizeIdentityNumber,
} from './identity-number.ts';
import type { RosterField, RosterRow } from './read-roster-sheet.ts';

/** Completed years at the start of the cover, both included. */
export const insurableAge = { from: 18, to: 70 } as const;

export type RosterProblemCode =
  | IdentityNumberProblem
  | 'name-implausible'
  | 'phone-not-mobile'
  | 'too-young'
  | 'too-old'
  /** the same identity number stands in an earlier row, `first` */
  | 'double-in-file';

export interface RosterProblem {
  readonly field: RosterField;
  readonly code: RosterProblemCode;
  readonly first?: Pick<RosterRow, 'line' | 'sheet'>;
  /** Completed years at the start of the cover. */
  readonly age?: number;
}

/** What became of one row. Of a bad one everything that is wrong is told, beside what was typed. */
export type CheckedRow =
  | { readonly line: number; readonly sheet?: string | undefined; readonly ok: true; readonly volunteer: Volunteer }
  | {
      readonly line: number;
      readonly sheet?: string | undefined;
      readonly ok: false;
      readonly problems: readonly RosterProblem[];
      readonly values: Readonly<Record<RosterField, string>>;
    };

export interface RosterCheck {
  /** The first day of the cover. */
  readonly coverFrom: LocalDate;
  readonly today: LocalDate;
}

const typed = optionalLine(32_767);
/** People write the dot within a name in many ways. */
const DOTS = /[•‧∙・]/g;
/** Letters of any script with dots, apostrophes, hyphens and spaces between them; two characters at least. */
const NAME = /^\p{L}[\p{L}\p{M}·.'’ -]*[\p{L}\p{M}.]$/u;
const LONGEST_NAME = 60;

function cell(text: string | undefined): string {
  return typed.safeParse((text ?? '').toWellFormed()).data ?? '';
}

function nameProblem(name: string): RosterProblemCode | undefined {
  if (name === '') return 'required';
  return NAME.test(name) && name.length <= LONGEST_NAME ? undefined : 'name-implausible';
}

function ageProblem(identityNumber: string, coverFrom: LocalDate): RosterProblem | undefined {
  const born = birthDate(identityNumber);
  const years = born === undefined ? undefined : age(born, coverFrom);
  if (years === undefined || (years >= insurableAge.from && years <= insurableAge.to)) return undefined;
  return { field: 'identityNumber', code: years < insurableAge.from ? 'too-young' : 'too-old', age: years };
}

/** Everything about the identity number: what it is, how old its owner will be, and whether it is there already. */
function identityProblems(
  row: RosterRow,
  identityNumber: string,
  first: RosterProblem['first'],
  check: RosterCheck,
): RosterProblem[] {
  const field = 'identityNumber';
  const code = row.digitsLost ? 'identity-digits-lost' : identityNumberProblem(identityNumber, check.today);
  if (code) return [{ field, code }];
  const tooYoungOrOld = ageProblem(identityNumber, check.coverFrom);
  return [
    ...(tooYoungOrOld ? [tooYoungOrOld] : []),
    ...(first === undefined ? [] : [{ field, code: 'double-in-file', first } as const]),
  ];
}

/**
 * Checks every row of a roster for accident insurance: name, identity number (GB 11643-1999), age at the start of the
 * cover, mobile telephone, double in the roster. Gives one result a row, in their order.
 */
export function checkRoster(rows: readonly RosterRow[], check: RosterCheck): CheckedRow[] {
  const firsts = new Map<string, NonNullable<RosterProblem['first']>>();
  return rows.map((row) => {
    const values = { name: cell(row.name), identityNumber: cell(row.identityNumber), phone: cell(row.phone) };
    const name = values.name.normalize('NFKC').replace(DOTS, '·');
    const identityNumber = normalizeIdentityNumber(values.identityNumber);
    const phone = readMobilePhone(values.phone);
    const nameCode = nameProblem(name);
    const problems: RosterProblem[] = [
      ...(nameCode ? [{ field: 'name', code: nameCode } as const] : []),
      ...identityProblems(row, identityNumber, firsts.get(identityNumber), check),
      ...(phone === undefined
        ? [{ field: 'phone', code: values.phone === '' ? 'required' : 'phone-not-mobile' } as const]
        : []),
    ];
    const place = { line: row.line, ...(row.sheet !== undefined && { sheet: row.sheet }) };
    if (!firsts.has(identityNumber)) firsts.set(identityNumber, place);
    if (problems.length > 0 || phone === undefined) return { ...place, ok: false, problems, values };
    return { ...place, ok: true, volunteer: { name, identityNumber, phone } };
  });
}
