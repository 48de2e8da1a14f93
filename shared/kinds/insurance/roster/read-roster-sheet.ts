import type { Bilingual } from '../../../domain/language.ts';
import { readMobilePhone } from '../../../domain/read/phone.ts';
import {
  type Column,
  type ColumnRule,
  type Columns,
  findHeader,
  foldHeading,
  type Header,
} from '../../../domain/sheet/find-header.ts';
import type { Sheet } from '../../../domain/sheet/sheet-row.ts';
import { MAX_VOLUNTEERS } from '../input.ts';

const rosterFields = ['name', 'identityNumber', 'phone'] as const;
export type RosterField = (typeof rosterFields)[number];

/** The headings of the empty roster that people can download and fill in. */
export const rosterTemplate: Bilingual<readonly string[]> = {
  zh: ['姓名', '证件号码', '手机号码'],
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
    except: /类型|种类|有效期|type|expiry/,
    fits: (cell) => /\d{14}[\dXx]|\dE\+?1[67]/i.test(cell.replace(/[\s-]/g, '')),
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
    patterns: [/手机/, /电话|联系方式/, /phone|mobile/],
    // somebody else's
    except: /紧急|应急|家属|亲属|父母|队长|负责人|emergency|nextofkin|leader/,
    fits: (cell) => readMobilePhone(cell) !== undefined,
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
    except: /紧急|应急|家属|亲属|联系人|单位|组织|队长|负责人|emergency|organi[sz]ation|team|user/,
    fits: (cell) => !/\d/.test(cell),
  },
];

/** A row of a roster as it was typed or uploaded, before it is checked. */
export interface RosterRow {
  /** In the file, from 1, as the person who opens it sees it; of typed rows their place. */
  readonly line: number;
  /** the sheet, in a file that has several */
  readonly sheet?: string | undefined;
  readonly name?: string | undefined;
  readonly identityNumber?: string | undefined;
  readonly phone?: string | undefined;
  /** The identity number was stored as a number, whose last digits no spreadsheet keeps. */
  readonly digitsLost?: boolean | undefined;
}

/** Where a row is, as whoever has the file open finds it: `13`, or `13 (第二组)` in a file of several sheets. */
export function placeOf({ line, sheet }: Pick<RosterRow, 'line' | 'sheet'>): string {
  return sheet ? `${line} (${sheet})` : String(line);
}

/** A sheet that people were read from. */
interface PeopleSheet {
  readonly name: string;
  readonly columns: Columns<RosterField>;
  readonly ignored: readonly Column[];
}

export type RosterFile =
  | {
      readonly ok: true;
      readonly sheets: readonly PeopleSheet[];
      /** sheets without the three columns, by name: nothing of them was read */
      readonly unread: readonly string[];
      /** rows that are nobody: totals, notes and signatures, the headings once more */
      readonly passedOver: readonly Pick<RosterRow, 'line' | 'sheet'>[];
      readonly rows: readonly RosterRow[];
      /** that of a text file, and whether it could only be guessed */
      readonly encoding?: { readonly name: string; readonly guessed: boolean } | undefined;
    }
  | {
      readonly ok: false;
      readonly code: 'columns-missing';
      readonly missing: readonly RosterField[];
      /** what the columns are called that there are */
      readonly headings: readonly string[];
    }
  | { readonly ok: false; readonly code: 'no-volunteers' }
  | { readonly ok: false; readonly code: 'too-many-volunteers'; readonly count: number; readonly maximum: number };

/** Which column a person says is which, by its heading. */
export type ColumnChoice = Readonly<Partial<Record<RosterField, string | undefined>>>;

const TOTAL = /^(合计|总计|共计|小计|总数|总人数|人数|total|subtotal|sum|grandtotal|共?\d+人$)/;
const NOTE = /填表|制表|审核|盖章|签字|签名|^(说明|备注|注)[：:]/;

/** Whether a row is nobody's: who has an identity number is somebody. */
function isNobody(cells: readonly string[], identityNumber: string): boolean {
  if (identityNumber !== '') return false;
  return cells.some((cell) => TOTAL.test(foldHeading(cell)) || NOTE.test(cell.slice(0, 200)));
}

function chosen({ headings, columns, ignored, ...header }: Header<RosterField>, choice: ColumnChoice) {
  const picked = { ...columns };
  for (const field of rosterFields) {
    const wanted = foldHeading(choice[field] ?? '');
    const index = wanted === '' ? -1 : headings.findIndex((heading) => foldHeading(heading) === wanted);
    if (index >= 0) picked[field] = { index, header: headings[index] ?? '' };
  }
  const used = new Set(Object.values(picked).map(({ index }) => index));
  const all = [...Object.values(columns), ...ignored].toSorted((one, other) => one.index - other.index);
  return { ...header, headings, columns: picked, ignored: all.filter(({ index }) => !used.has(index)) };
}

/**
 * Takes the volunteers out of the sheets of an uploaded file: of each that has headings for the three columns, in Chinese or English,
 * below any title. Of several columns that could be one, the one is taken whose cells fit. Rows with nothing in the three
 * columns are passed over, as are totals, notes and headings that come again.
 * @param choice which column is which, where a person says so
 */
export function readRosterSheets(sheets: readonly Sheet[], choice: ColumnChoice = {}): RosterFile {
  const found = sheets.map(({ name, rows }) => ({
    name,
    rows,
    ...chosen(findHeader(rows, rosterColumns, rosterFields), choice),
  }));
  const missing = (columns: Columns<RosterField>) => rosterFields.filter((field) => !columns[field]);
  const [best] = found.toSorted((one, other) => missing(one.columns).length - missing(other.columns).length);
  if (!best || missing(best.columns).length > 0)
    return {
      ok: false,
      code: 'columns-missing',
      missing: best ? missing(best.columns) : rosterFields,
      headings: (best?.headings ?? []).filter((heading) => heading !== ''),
    };
  const rows: RosterRow[] = [];
  const passedOver: Pick<RosterRow, 'line' | 'sheet'>[] = [];
  const read = found.filter(({ columns }) => missing(columns).length === 0);
  for (const { name: sheetName, rows: sheetRows, at, headings, columns } of read) {
    const indexOf = (field: RosterField) => columns[field]?.index ?? -1;
    for (const { line, cells, imprecise } of sheetRows.slice(at + 1)) {
      const cell = (field: RosterField) => cells[indexOf(field)] ?? '';
      const place = { line, ...(sheets.length > 1 && { sheet: sheetName }) };
      const [name, identityNumber, phone] = [cell('name'), cell('identityNumber'), cell('phone')];
      const isEmpty = name === '' && identityNumber === '' && phone === '';
      const isHeading = !isEmpty && rosterFields.every((field) => cell(field) === (headings[indexOf(field)] ?? ''));
      const hasWords = cells.some((text) => text !== '');
      if (isHeading || (hasWords && isNobody(cells, identityNumber))) passedOver.push(place);
      else if (!isEmpty)
        rows.push({
          ...place,
          name,
          identityNumber,
          phone,
          digitsLost: imprecise?.includes(indexOf('identityNumber')) ?? false,
        });
    }
  }
  if (rows.length === 0) return { ok: false, code: 'no-volunteers' };
  if (rows.length > MAX_VOLUNTEERS)
    return { ok: false, code: 'too-many-volunteers', count: rows.length, maximum: MAX_VOLUNTEERS };
  return {
    ok: true,
    sheets: read.map(({ name, columns, ignored }) => ({ name, columns, ignored })),
    unread: found.filter((sheet) => !read.includes(sheet)).map(({ name }) => name),
    passedOver,
    rows,
  };
}

/** People of whom as many have one telephone as no family has: often it is the one of who filled the sheet in. */
const MANY = 3;

/** How many people have a telephone that at least two others have too. */
export function sharingTelephones(rows: readonly RosterRow[]): number {
  const shared = Map.groupBy(
    rows.filter(({ phone = '' }) => phone !== ''),
    ({ phone }) => readMobilePhone(phone ?? '') ?? phone,
  );
  return [...shared.values()].reduce((sum, { length }) => (length >= MANY ? sum + length : sum), 0);
}
