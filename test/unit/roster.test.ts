import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CaseId } from '../../shared/domain/ids.ts';
import type { SheetRow } from '../../shared/domain/sheet/sheet-row.ts';
import { MAX_VOLUNTEERS, Volunteer } from '../../shared/kinds/insurance/input.ts';
import { age } from '../../shared/kinds/insurance/roster/age.ts';
import { checkRoster, type RosterCheck } from '../../shared/kinds/insurance/roster/check-roster.ts';
import {
  birthDate,
  checkCharacter,
  identityNumberProblem,
  maskIdentityNumber,
  normalizeIdentityNumber,
} from '../../shared/kinds/insurance/roster/identity-number.ts';
import { insurerBatchRows } from '../../shared/kinds/insurance/roster/insurer-batch.ts';
import {
  type RosterRow,
  readRosterSheets,
  rosterTemplate,
  sharingTelephones,
} from '../../shared/kinds/insurance/roster/read-roster-sheet.ts';
import { writeCsv } from '../../shared/spreadsheet/index.ts';
import { rowsOf, workbook } from './spreadsheet-file.ts';

const TODAY = '2026-02-01';
const CHECK: RosterCheck = { coverFrom: '2026-03-01', today: TODAY };
const PHONE = '13000000000';

/** A made-up number: 110000 is a whole province, which registers no person. */
function identity(born: string, sequence = 1, region = '110000'): string {
  const digits = `${region}${born.replaceAll('-', '')}${String(sequence).padStart(3, '0')}`;
  return `${digits}${checkCharacter(digits)}`;
}

const row = (over: Partial<RosterRow> = {}): RosterRow => ({
  line: 2,
  name: '示例甲',
  identityNumber: identity('1990-03-07'),
  phone: PHONE,
  ...over,
});

function codes(rows: readonly RosterRow[], check: RosterCheck = CHECK): string[][] {
  return checkRoster(rows, check).map((checked) =>
    checked.ok ? [] : checked.problems.map(({ field, code }) => `${field} ${code}`),
  );
}

const born = fc
  .date({ min: new Date('1900-01-01'), max: new Date('2026-01-31'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));
const number = fc.tuple(born, fc.nat(999)).map(([date, sequence]) => identity(date, sequence));

test('every number made by the rule of GB 11643 is accepted, and tells the day of birth', () => {
  fc.assert(
    fc.property(born, fc.nat(999), (date, sequence) => {
      const made = identity(date, sequence);
      expect(identityNumberProblem(made, TODAY)).toBeUndefined();
      expect(birthDate(made)).toBe(date);
    }),
  );
});

test('the check character fulfils ISO 7064 MOD 11-2: the weighted sum with powers of two leaves one', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(9), { minLength: 17, maxLength: 17 }), (digits) => {
      const last = checkCharacter(digits.join(''));
      const values = [...digits, last === 'X' ? 10 : Number(last)];
      expect(values.reduce((sum, digit) => (sum * 2 + digit) % 11, 0)).toBe(1);
    }),
  );
});

test('the published example of the standard has the check character that the standard gives', () => {
  expect(checkCharacter('11010519491231002')).toBe('X');
});

test('any one digit mistyped, and any two neighbours swapped, is found', () => {
  fc.assert(
    fc.property(number, fc.nat(17), fc.integer({ min: 1, max: 9 }), (made, at, by) => {
      const digit = made.charAt(at);
      const other = digit === 'X' ? String(by) : String((Number(digit) + by) % 10);
      expect(identityNumberProblem(`${made.slice(0, at)}${other}${made.slice(at + 1)}`, TODAY)).toBeDefined();
      const next = made.charAt(at + 1);
      if (at < 17 && next !== digit)
        expect(identityNumberProblem(`${made.slice(0, at)}${next}${digit}${made.slice(at + 2)}`, TODAY)).toBeDefined();
    }),
  );
});

test('one number however it was typed', () => {
  const made = identity('1990-03-07', 7);
  const fullwidth = made.replace(/[0-9X]/g, (character) => String.fromCharCode(character.charCodeAt(0) + 0xfee0));
  for (const typed of [
    made.toLowerCase(),
    fullwidth,
    ` ${made.slice(0, 6)} ${made.slice(6, 14)}-${made.slice(14)}`,
    `'${made}`,
  ])
    expect(normalizeIdentityNumber(typed)).toBe(made);
});

test.each([
  ['', 'required'],
  ['110000900307001', 'identity-old'],
  ['1.1E+17', 'identity-digits-lost'],
  ['110000199003070000', 'identity-digits-lost'],
  ['11000019900307', 'identity-length'],
  ['1100001990030700123', 'identity-length'],
  ['11000X199003070012', 'identity-characters'],
  ['护照A1234567', 'identity-characters'],
  [identity('1990-03-07', 1, '990000'), 'identity-region'],
  [identity('1990-02-30'), 'identity-birth-date'],
  [identity('2026-02-02'), 'identity-birth-date'],
  [identity('1850-01-01'), 'identity-birth-date'],
  [`${identity('1990-03-07').slice(0, 17)}${identity('1990-03-07').endsWith('1') ? '2' : '1'}`, 'identity-check-digit'],
])('the identity number %j is refused as %s', (identityNumber, code) => {
  expect(codes([row({ identityNumber })])).toEqual([[`identityNumber ${code}`]]);
});

test('residence permits of people from Hong Kong and permanent residence cards of foreigners are accepted', () => {
  expect(codes([row({ identityNumber: identity('1990-03-07', 1, '810000') })])).toEqual([[]]);
  expect(codes([row({ identityNumber: identity('1990-03-07', 1, '911840') })])).toEqual([[]]);
});

test.each([
  ['the eighteenth birthday is the first day of cover', '2008-03-01', []],
  ['it is a day later', '2008-03-02', ['identityNumber too-young']],
  ['the seventy-first birthday is the day after', '1955-03-02', []],
  ['it is the first day of cover', '1955-03-01', ['identityNumber too-old']],
])('a volunteer from 18 to 70 completed years is insured: %s', (_, date, problems) => {
  expect(codes([row({ identityNumber: identity(date) })])).toEqual([problems]);
});

test('age counts completed years; 29 February comes on 1 March in other years', () => {
  expect(age('2008-02-29', '2026-02-28')).toBe(17);
  expect(age('2008-02-29', '2026-03-01')).toBe(18);
  expect(age('2008-02-29', '2028-02-29')).toBe(20);
});

test.each(['13000000000', '+86 130 0000 0000', '86-130-0000-0000', '１３０００００００００', "'13000000000"])(
  'the mobile number %j is taken as eleven digits',
  (phone) => {
    expect(checkRoster([row({ phone })], CHECK)).toMatchObject([{ ok: true, volunteer: { phone: PHONE } }]);
  },
);

test.each([
  ['', 'required'],
  ['12000000000', 'phone-not-mobile'],
  ['0713-0000000', 'phone-not-mobile'],
  ['1300000000', 'phone-not-mobile'],
  ['1.3E+10', 'phone-not-mobile'],
])('the telephone %j is refused as %s', (phone, code) => {
  expect(codes([row({ phone })])).toEqual([[`phone ${code}`]]);
});

test.each(['示例甲', '欧阳示例', '阿依古丽·示例', '阿依古丽•示例', 'Anne-Marie O’Example', '𠀀例'])(
  'the name %j is taken',
  (name) => {
    expect(codes([row({ name })])).toEqual([[]]);
  },
);

test.each([
  ['', 'required'],
  ['甲', 'name-implausible'],
  ['示例1号', 'name-implausible'],
  ['=1+1', 'name-implausible'],
  ['<b>示例</b>', 'name-implausible'],
  ['例'.repeat(61), 'name-implausible'],
])('the name %j is refused as %s', (name, code) => {
  expect(codes([row({ name })])).toEqual([[`name ${code}`]]);
});

test('the second and later rows of one person are doubles and name the first, however they are typed', () => {
  const identityNumber = identity('1990-03-07', 7);
  const checked = checkRoster(
    [
      row({ line: 4, identityNumber, phone: '' }),
      row({ line: 7, identityNumber: identityNumber.toLowerCase() }),
      row({ line: 9, identityNumber }),
    ],
    CHECK,
  );
  expect(checked.map((one) => (one.ok ? [] : one.problems))).toEqual([
    [{ field: 'phone', code: 'required' }],
    [{ field: 'identityNumber', code: 'double-in-file', first: { line: 4 } }],
    [{ field: 'identityNumber', code: 'double-in-file', first: { line: 4 } }],
  ]);
});

test('two rows without an identity number are not doubles of each other', () => {
  expect(codes([row({ identityNumber: '' }), row({ identityNumber: '' })])).toEqual([
    ['identityNumber required'],
    ['identityNumber required'],
  ]);
});

test('a bad row tells everything that is wrong beside what was typed', () => {
  expect(checkRoster([{ line: 5, name: ' 甲 ', identityNumber: '123' }], CHECK)).toEqual([
    {
      line: 5,
      ok: false,
      problems: [
        { field: 'name', code: 'name-implausible' },
        { field: 'identityNumber', code: 'identity-length' },
        { field: 'phone', code: 'required' },
      ],
      values: { name: '甲', identityNumber: '123', phone: '' },
    },
  ]);
});

test('every row is answered in its place, and what is found good can be stored', () => {
  const text = fc.oneof(fc.string({ unit: 'grapheme' }), fc.constantFrom('', '示例甲', PHONE, '1.1E+17'), number);
  fc.assert(
    fc.property(fc.array(fc.record({ name: text, identityNumber: text, phone: text }), { maxLength: 20 }), (typed) => {
      const checked = checkRoster(
        typed.map((values, index) => ({ line: index + 1, ...values })),
        CHECK,
      );
      expect(checked.map(({ line }) => line)).toEqual(typed.map((_, index) => index + 1));
      for (const one of checked) {
        if (one.ok) expect(Volunteer.safeParse(one.volunteer).success).toBe(true);
        else expect(one.problems.length).toBeGreaterThan(0);
      }
      const numbers = checked.flatMap((one) => (one.ok ? [one.volunteer.identityNumber] : []));
      expect(new Set(numbers).size).toBe(numbers.length);
    }),
  );
});

const readOne = (rows: readonly SheetRow[], choice = {}) => readRosterSheets([{ name: '', rows }], choice);
const sheetOf = (name: string, ...cells: readonly (readonly string[])[]) => ({
  name,
  rows: cells.map((row, index) => ({ line: index + 1, cells: row })),
});
const HEAD = ['姓名', '身份证号', '手机'];
const [ONE, TWO] = [identity('1990-03-07', 1), identity('1991-03-07', 2)];

describe('an uploaded file', () => {
  test('gives the people of all its sheets, with the sheet and row of each, and names the sheets that have none', () => {
    const roster = readRosterSheets([
      sheetOf('填写说明', ['请填写姓名和身份证'], ['身份证为 18 位']),
      sheetOf('第一组', ['名单'], HEAD, ['示例甲', ONE, PHONE]),
      sheetOf('第二组', HEAD, ['示例乙', TWO, PHONE]),
    ]);
    expect(roster).toMatchObject({
      ok: true,
      unread: ['填写说明'],
      rows: [
        { line: 3, sheet: '第一组', name: '示例甲' },
        { line: 2, sheet: '第二组', name: '示例乙' },
      ],
    });
    const twice = readRosterSheets([
      sheetOf('甲', HEAD, ['示例甲', ONE, PHONE]),
      sheetOf('乙', HEAD, ['示例甲', ONE, PHONE]),
    ]);
    const [, double] = checkRoster(twice.ok ? twice.rows : [], CHECK);
    expect(double).toMatchObject({ line: 2, sheet: '乙', problems: [{ first: { line: 2, sheet: '甲' } }] });
  });

  test.each([
    ['a running number called ID', ['ID', 'Name', 'Identity number', 'Mobile phone'], ['1', 'Li Wen', ONE, PHONE]],
    [
      'the telephone of somebody else',
      ['姓名', '紧急联系人电话', '身份证号', '本人手机'],
      ['示例甲', '13900009999', ONE, PHONE],
    ],
    ['the kind of document', ['姓名', '证件类型', '证件号码', '联系电话'], ['示例甲', '身份证', ONE, PHONE]],
    ['the name of somebody else', ['联系人姓名', '志愿者姓名', '身份证', '手机'], ['示例丙', '示例甲', ONE, PHONE]],
  ])('is not read by %s, though that stands further left', (_what, head, row) => {
    const roster = readRosterSheets([sheetOf('', head, row)]);
    expect(roster.ok && roster.rows).toMatchObject([{ identityNumber: ONE, phone: PHONE }]);
    expect(roster.ok && roster.rows[0]?.name).not.toBe('示例丙');
    expect(roster.ok && roster.sheets[0]?.ignored).toHaveLength(1);
  });

  test('is read by the columns that a person names', () => {
    const sheet = sheetOf('', ['姓名', '身份证号', '手机', '备用号'], ['示例甲', ONE, PHONE, '13900008888']);
    const roster = readRosterSheets([sheet], { phone: '备用号' });
    expect(roster).toMatchObject({
      rows: [{ phone: '13900008888' }],
      sheets: [{ columns: { phone: { header: '备用号' } }, ignored: [{ header: '手机' }] }],
    });
  });

  test('may have a total, a signature, a note and its headings again below as many people as there may be', () => {
    const people = Array.from({ length: MAX_VOLUNTEERS }, (_, index) => [
      '示例甲',
      identity('1990-03-07', index % 1000),
      PHONE,
    ]);
    const roster = readRosterSheets([
      sheetOf(
        '',
        HEAD,
        ...people,
        HEAD,
        ['合计', '', '1700'],
        ['填表人：示例 审核：示例', '', ''],
        ['备注：自带车辆', '', ''],
      ),
    ]);
    expect(roster.ok && roster.rows).toHaveLength(MAX_VOLUNTEERS);
    expect(roster.ok && roster.passedOver.map(({ line }) => line)).toEqual([1702, 1703, 1704, 1705]);
  });

  test('in which many have one telephone is noticed', () => {
    const rows = ['示例甲', '示例乙', '示例丙', '示例丁'].map((name, index) => ({
      line: index + 2,
      name,
      phone: index < 3 ? PHONE : '13900007777',
    }));
    expect(sharingTelephones(rows)).toBe(3);
    expect(sharingTelephones(rows.slice(1))).toBe(0);
  });
});

test.each([
  ['Chinese', ['序号', '姓名', '证件号码', '联系电话']],
  ['English', ['No.', 'Full name', 'ID number', 'Mobile phone']],
])('finds the columns of an uploaded roster with %s headings, below a title', async (_, header) => {
  const file = writeCsv([['志愿者名单'], header, ['1', '示例甲', identity('1990-03-07'), PHONE], ['2', '', '', '']]);
  const roster = readRosterSheets([{ name: '', rows: await rowsOf(Buffer.from(file)) }]);
  expect(roster).toMatchObject({
    ok: true,
    rows: [{ line: 3, name: '示例甲', identityNumber: identity('1990-03-07'), phone: PHONE }],
  });
});

test('the template for download is read back with all its columns', () => {
  for (const cells of [rosterTemplate.zh, rosterTemplate.en])
    expect(
      readRosterSheets([
        {
          name: '',
          rows: [
            { line: 1, cells },
            { line: 2, cells: ['示例甲', '1', '2'] },
          ],
        },
      ]).ok,
    ).toBe(true);
});

test('headings are found below whatever stands above them, also a cell of millions of brackets', () => {
  const above = { line: 1, cells: ['（'.repeat(4_000_000)] };
  const header = { line: 2, cells: ['姓名', '身份证号码', '手机号码'] };
  expect(readOne([above, header, { line: 3, cells: ['张三', '1', '2'] }])).toMatchObject({ ok: true });
});

test('says which columns are missing, that nobody is in it, or that there are too many', () => {
  const header = { line: 1, cells: rosterTemplate.zh };
  expect(readOne([{ line: 1, cells: ['姓名', '电话'] }])).toEqual({
    ok: false,
    code: 'columns-missing',
    missing: ['identityNumber'],
    headings: ['姓名', '电话'],
  });
  expect(readOne([header])).toEqual({ ok: false, code: 'no-volunteers' });
  const many = (count: number) =>
    Array.from({ length: count }, (_, index) => ({ line: index + 2, cells: ['甲乙', '1', '2'] }));
  expect(readOne([header, ...many(MAX_VOLUNTEERS)]).ok).toBe(true);
  expect(readOne([header, ...many(MAX_VOLUNTEERS + 1)])).toEqual({
    ok: false,
    code: 'too-many-volunteers',
    count: MAX_VOLUNTEERS + 1,
    maximum: MAX_VOLUNTEERS,
  });
});

test('an identity number that a workbook kept as a number is refused as having lost digits, even where it looks right', async () => {
  // Of all that end in three zeros, one whose check character happens to be 0.
  const looksRight = Array.from({ length: 10 }, (_, index) => identity('1990-03-07', index * 100)).find((made) =>
    made.endsWith('000'),
  );
  expect(looksRight).toBeDefined();
  const head = ['姓名', '身份证号', '手机'].map((text) => `<c t="str"><v>${text}</v></c>`).join('');
  const data = `<c t="str"><v>示例甲</v></c><c><v>${looksRight}</v></c><c><v>${PHONE}</v></c>`;
  const rows = await rowsOf(
    workbook([{ name: 'S', xml: `<sheetData><row>${head}</row><row>${data}</row></sheetData>` }]),
  );
  const roster = readOne(rows);
  expect(roster.ok && codes(roster.rows)).toEqual([['identityNumber identity-digits-lost']]);
});

test('a masked number shows neither birthday nor the place below the province', () => {
  fc.assert(
    fc.property(number, (made) => {
      const masked = maskIdentityNumber(made);
      expect(masked).toHaveLength(18);
      expect(masked.slice(3, 14)).toBe('*'.repeat(11));
    }),
  );
  expect(maskIdentityNumber('1234')).toBe('****');
});

test('the batch file for the insurer has one row a volunteer under its headings', () => {
  const first = { name: '示例甲', identityNumber: identity('1990-03-07', 1), phone: PHONE };
  const volunteers = [first, { name: '示例乙', identityNumber: identity('1991-03-07', 2), phone: PHONE }];
  const batch = {
    id: CaseId.parse('I000000001'),
    organization: '示例志愿队',
    activity: '送餐',
    isStartPassed: false,
    volunteers: volunteers.map((volunteer) => ({ volunteer, days: [{ from: '2026-03-01', to: '2026-04-30' }] })),
  };
  const rows = insurerBatchRows([batch], 'en');
  expect(rows).toHaveLength(3);
  expect(rows[0]).toEqual([
    'Case',
    'Organization',
    'Name',
    'Identity number',
    'Mobile phone',
    'Cover from',
    'Cover to',
    'Activity',
    'Note',
  ]);
  expect(rows[2]).toEqual([
    'I000000001',
    '示例志愿队',
    '示例乙',
    identity('1991-03-07', 2),
    PHONE,
    '2026-03-01',
    '2026-04-30',
    '送餐',
    '',
  ]);
  expect(insurerBatchRows([batch], 'zh')[0]).toHaveLength(9);
  // others insure the one in the middle of the days, and the other on all of them
  const apart = [
    { from: '2026-03-01', to: '2026-03-09' },
    { from: '2026-03-20', to: '2026-04-30' },
  ];
  const some = { ...batch, isStartPassed: true, volunteers: [{ volunteer: first, days: apart }] };
  expect(insurerBatchRows([some], 'en').map((row) => row.slice(5, 7))).toEqual([
    ['Cover from', 'Cover to'],
    ['2026-03-01', '2026-03-09'],
    ['2026-03-20', '2026-04-30'],
  ]);
  expect(insurerBatchRows([some], 'en')[1]?.[8]).toContain('other days');
});
