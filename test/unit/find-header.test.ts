import { expect, test } from 'vitest';
import { type ColumnRule, findHeader } from '../../shared/domain/sheet/find-header.ts';
import type { SheetRow } from '../../shared/domain/sheet/sheet-row.ts';

type Field = 'name' | 'number' | 'phone';
const isPhone = (cell: string) => /^1\d{10}$/.test(cell);
const rules: readonly ColumnRule<Field>[] = [
  { field: 'number', names: ['id', 'number'], patterns: [/number/], fits: (cell) => cell.length === 18 },
  { field: 'phone', names: ['phone', '电话'], patterns: [/phone/], except: /emergency/, fits: isPhone, shows: isPhone },
  { field: 'name', names: ['name', '姓名'], patterns: [/name$/] },
];
const NUMBER = '110000199003070001';
const PHONE = '13900000001';

function headerOf(cells: readonly (readonly string[])[], alsoHeading?: (heading: string) => boolean) {
  const rows: SheetRow[] = cells.map((row, index) => ({ line: index + 1, cells: row }));
  const { at, columns, ignored } = findHeader(rows, rules, ['name', 'number'], alsoHeading ? { alsoHeading } : {});
  const found = Object.entries(columns).map(([field, column]) => [field, column.index]);
  return { at, found: Object.fromEntries(found), ignored: ignored.map(({ index }) => index) };
}

test('takes of two columns that could be it the one whose cells are like it, not the leftmost', () => {
  const rows = [
    ['ID', 'Name', 'Identity number', 'Phone'],
    ['1', 'A', NUMBER, PHONE],
    ['2', 'B', NUMBER, PHONE],
  ];
  expect(headerOf(rows)).toEqual({ at: 0, found: { number: 2, name: 1, phone: 3 }, ignored: [0] });
  expect(headerOf(rows.map(([first = '', name = '']) => [first, name])).found).toEqual({ number: 0, name: 1 });
});

test('takes no column whose heading says that it is something else, and the column that is filled', () => {
  const rows = [
    ['Name', 'Emergency phone', 'Number', 'Phone (home)', 'Phone (mobile)'],
    ['A', '13900000009', NUMBER, '', PHONE],
  ];
  expect(headerOf(rows)).toMatchObject({ found: { phone: 4 }, ignored: [1, 3] });
});

test('knows a column under an unknown heading by its cells, unless two are like it', () => {
  const one = [
    ['Name', 'Number', 'How to call', ''],
    ['A', NUMBER, PHONE, 'x'],
    ['B', NUMBER, PHONE, 'x'],
  ];
  expect(headerOf(one)).toEqual({ at: 0, found: { name: 0, number: 1, phone: 2 }, ignored: [3] });
  // one cell may be so by chance
  expect(headerOf(one.slice(0, 2)).found).toEqual({ name: 0, number: 1 });
  const two = [
    ['Name', 'Number', 'By day', 'By night'],
    ['A', NUMBER, PHONE, '13900000002'],
    ['B', NUMBER, PHONE, '13900000002'],
  ];
  expect(headerOf(two)).toMatchObject({ found: { name: 0, number: 1 }, ignored: [2, 3] });
});

test('reads two rows of headings together where the upper one reaches over columns', () => {
  const rows = [['List of July'], ['Number', 'Who', '', ''], ['', 'Name', 'Phone', 'Other'], [NUMBER, 'A', PHONE, 'x']];
  expect(headerOf(rows)).toEqual({ at: 2, found: { number: 0, name: 1, phone: 2 }, ignored: [3] });
});

test('takes no row of data for a second row of headings', () => {
  const rows = [
    ['Name', 'Number', ''],
    ['A name', 'phone', 'B name'],
  ];
  expect(headerOf(rows)).toMatchObject({ at: 0, found: { name: 0, number: 1 } });
});

test('looks below a heading that stands over several goods for the headings of the goods', () => {
  const goods = (heading: string) => /mask|glove/.test(heading);
  const rows = [
    ['Name', 'Number', '', ''],
    ['', 'Masks', 'Gloves', 'Phone'],
    ['A', '5', '6', PHONE],
  ];
  expect(headerOf(rows, goods).at).toBe(1);
  expect(headerOf(rows).at).toBe(0);
});
