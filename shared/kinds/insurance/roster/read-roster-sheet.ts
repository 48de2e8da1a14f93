import type { Bilingual } from '../../../domain/language.ts';
import { type Column, type ColumnRule, type Columns, findHeader } from '../../../domain/sheet/find-header.ts';
import type { SheetRow } from '../../../domain/sheet/sheet-row.ts';
import { MAX_VOLUNTEERS } from '../input.ts';

const rosterFields = ['name', 'identityNumber', 'phone'] as const;
export type RosterField = (typeof rosterFields)[number];

/** The headings of the empty roster that people can download and fill in. */
export const rosterTemplate: Bilingual<readonly string[]> = {
  zh: ['姓名', '身份证号码', '手机号码'],
  en: ['Name', 'Identity number', 'Mobile phone'],
};

const rosterColumns: readonly ColumnRule<RosterField>[] = [
  {
    field: 'identityNumber',
    names: [
      '身份证',
      '身份证号',
      '身份证号码',
      '证件号',
      '证件号码',
      '公民身份号码',
      'identitynumber',
      'idnumber',
      'idno',
      'id',
      'idcard',
    ],
    patterns: [/身份证|证件号|身份号码/, /identity|idnumber|idcard|idno/],
  },
  {
    field: 'phone',
    names: [
      '手机',
      '手机号',
      '手机号码',
      '电话',
      '联系电话',
      '联系方式',
      'phone',
      'mobile',
      'mobilephone',
      'phonenumber',
      'tel',
    ],
    patterns: [/手机|电话|联系方式/, /phone|mobile/],
  },
  {
    field: 'name',
    names: [
      '姓名',
      '名字',
      '志愿者',
      '志愿者姓名',
      '被保险人',
      '被保险人姓名',
      'name',
      'fullname',
      'volunteer',
      'volunteername',
    ],
    patterns: [/姓名/, /name$/],
  },
];

/** A row of a roster as it was typed or uploaded, before it is checked. */
export interface RosterRow {
  /** In the file, from 1; of typed rows their place. */
  readonly line: number;
  readonly name?: string | undefined;
  readonly identityNumber?: string | undefined;
  readonly phone?: string | undefined;
  /** The identity number was stored as a number, whose last digits no spreadsheet keeps. */
  readonly digitsLost?: boolean | undefined;
}

export type RosterSheet =
  | {
      readonly ok: true;
      readonly columns: Columns<RosterField>;
      readonly ignored: readonly Column[];
      readonly rows: readonly RosterRow[];
    }
  | { readonly ok: false; readonly code: 'columns-missing'; readonly missing: readonly RosterField[] }
  | { readonly ok: false; readonly code: 'no-volunteers' }
  | { readonly ok: false; readonly code: 'too-many-volunteers'; readonly count: number; readonly maximum: number };

/**
 * Takes the volunteers out of an uploaded sheet: headings in Chinese or English, below any title. Rows with nothing in
 * the three columns are passed over.
 */
export function readRosterSheet(sheetRows: readonly SheetRow[]): RosterSheet {
  const { at, columns, ignored } = findHeader(sheetRows, rosterColumns, rosterFields);
  const { name, identityNumber, phone } = columns;
  if (!name || !identityNumber || !phone)
    return { ok: false, code: 'columns-missing', missing: rosterFields.filter((field) => !columns[field]) };
  const rows = sheetRows
    .slice(at + 1)
    .map((row) => ({
      line: row.line,
      name: row.cells[name.index] ?? '',
      identityNumber: row.cells[identityNumber.index] ?? '',
      phone: row.cells[phone.index] ?? '',
      digitsLost: row.imprecise?.includes(identityNumber.index) ?? false,
    }))
    .filter((row) => row.name !== '' || row.identityNumber !== '' || row.phone !== '');
  if (rows.length === 0) return { ok: false, code: 'no-volunteers' };
  if (rows.length > MAX_VOLUNTEERS)
    return { ok: false, code: 'too-many-volunteers', count: rows.length, maximum: MAX_VOLUNTEERS };
  return { ok: true, columns, ignored, rows };
}
