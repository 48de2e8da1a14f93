import { placeNamed } from '../../../domain/places.ts';
import { COUNTED_IN, readQuantity } from '../../../domain/read/quantity.ts';
import { columnNamed } from '../../../domain/sheet/column-letter.ts';
import { type Column, type Columns, findHeader, type Header, headerAt } from '../../../domain/sheet/find-header.ts';
import type { Sheet, SheetRow } from '../../../domain/sheet/sheet-row.ts';
import { isGoods, isSite, type NeedField, needColumns, requiredNeedFields } from './columns.ts';
import type { NoticeCode, Remark } from './plan.ts';

/** What a person says of a sheet, where it would be read otherwise; what they say nothing of is found. */
export interface SheetChoice {
  /** `false`: nothing of the sheet is taken. */
  readonly use?: boolean | undefined;
  /** The row of the headings, as the file counts; 0 for a sheet without any. */
  readonly headings?: number | undefined;
  /** By the letter of a column: the field that it holds, `amounts` of what its heading names, or null for nothing. */
  readonly columns?: Readonly<Record<string, NeedField | 'amounts' | null>> | undefined;
  /** Who needs everything in the sheet, where no column says it. */
  readonly organization?: string | undefined;
  /** Rows, as the file counts, that are not taken. */
  readonly without?: readonly number[] | undefined;
  /** Rows, as the file counts, that are taken although they look like a total, a note or a signature. */
  readonly take?: readonly number[] | undefined;
}

/** A column of a table that goes across: its heading names what is needed, or who needs it, and its cells how much. */
export interface AcrossColumn extends Column {
  readonly name: string;
  readonly unit?: string;
  readonly specification?: string;
}

/** How the rows of a sheet are to be read. */
export interface Layout {
  readonly columns: Columns<NeedField>;
  readonly ignored: readonly Column[];
  readonly missing: readonly NeedField[];
  /** The table goes across, by items or by who needs them. */
  readonly across?: { readonly of: 'item' | 'organization'; readonly columns: readonly AcrossColumn[] };
  /** What the sheet says by its name or above its headings, for all its rows. */
  readonly said: Readonly<Partial<Record<'organization' | 'province' | 'city' | 'district', string>>>;
  /** The row of the headings, as the file counts; 0 without. */
  readonly line: number;
  /** Rows below the headings. */
  readonly rows: readonly SheetRow[];
  readonly notices: readonly Omit<Remark<NoticeCode>, 'sheet' | 'line'>[];
}

/** Headings that are goods by a word in them and mean something else. */
const NO_GOODS =
  /床位|病床|床数|机构|司机|手机|人数|编号|代码|日期|时间|电话|地址|库存|消耗|已[收到有]|备注|说明|是否|合计|总计|单价|金额/;
/** Characters; what an item or an organization takes. */
const LONGEST_NAME = 120;
const SAMPLE = 60;
const MOST = 0.6;
/** Words of a heading that say no more than that amounts stand below it. */
const AMOUNT_OF = /(?:的)?(?:需求)?(?:数量|需求量|需求数|缺口|数)$|\s*\(?(?:qty|quantity|needed)\)?$/i;
const SAID_ABOVE =
  /^(?:单位名称|医院名称|机构名称|需求单位|受捐单位|受赠单位|求助单位|申请单位|医院|hospital|organi[sz]ation)\s*[:：]\s*(.{2,60})$/i;

function holdsAmounts(rows: readonly SheetRow[], index: number): boolean {
  const cells = rows
    .slice(0, SAMPLE)
    .flatMap(({ cells: row }) => (row[index] ? [row[index].slice(0, LONGEST_NAME)] : []));
  const amounts = cells.filter((cell) => !['words', 'problem'].includes(readQuantity(cell).is));
  return amounts.length >= MOST * cells.length;
}

/** "N95口罩（只）": its name, and what stands in brackets: the unit, or what it must be like. */
function acrossColumn({ index, header }: Column): AcrossColumn {
  const text = header.normalize('NFKC').replace(/\s+/g, ' ').trim();
  const [, name = text, aside = ''] =
    /^(.+?) ?(?:\(([^()]*)\)|\/ ?([^/()]{1,4}))$/.exec(text.replace(/\/ ?([^/()]{1,4})$/, '($1)')) ?? [];
  const inside = aside.replace(/^单位[:：]? ?/, '');
  const plain = name.replace(AMOUNT_OF, '').trim() || name;
  const isUnit = COUNTED_IN.test(inside);
  return {
    index,
    header,
    name: plain.slice(0, LONGEST_NAME),
    ...(isUnit && { unit: inside }),
    ...(!isUnit && inside !== '' && { specification: inside.slice(0, LONGEST_NAME) }),
  };
}

/** The columns of a table that goes across. Two or more of them, or it is a list that lacks a column. */
function findAcross(
  header: Header<NeedField>,
  rows: readonly SheetRow[],
  is: (heading: string) => boolean,
  free: ReadonlySet<NeedField>,
): Column[] {
  const claimed = new Set(
    Object.entries(header.columns).flatMap(([field, column]) =>
      column && ![...free].some((each) => each === field) ? [column.index] : [],
    ),
  );
  const open = header.names
    .map((heading, index): Column => ({ index, header: heading }))
    .filter(({ index, header: heading }) => heading !== '' && !claimed.has(index) && !NO_GOODS.test(heading))
    .filter(({ index }) => holdsAmounts(rows, index));
  const known = open.filter(({ header: heading }) => is(heading));
  const [first, last] = [known[0]?.index ?? 0, known.at(-1)?.index ?? 0];
  // what stands between goods is goods too, though nobody knows the word
  return known.length > 1 ? open.filter(({ index }) => index >= first && index <= last) : [];
}

/** A row directly below the headings that has units in the columns of a table that goes across, and nothing else. */
function unitsBelow(rows: readonly SheetRow[], columns: readonly Column[]): readonly string[] {
  const [first] = rows;
  const filled = first?.cells.filter((cell) => cell !== '') ?? [];
  const units = columns.map(({ index }) => (first?.cells[index] ?? '').replace(/^[(（](.*)[)）]$/, '$1'));
  return filled.length > 1 && units.filter((unit) => COUNTED_IN.test(unit)).length === filled.length ? units : [];
}

function without<T extends object>(record: T, keys: readonly string[]): T {
  const kept = { ...record };
  for (const key of keys) Reflect.deleteProperty(kept, key);
  return kept;
}

/** The columns as they were found, and as a person says otherwise. */
function chosen(
  header: Header<NeedField>,
  choice: SheetChoice,
): { columns: Columns<NeedField>; amounts: number[] | undefined } {
  const said = Object.entries(choice.columns ?? {}).map(([letters, field]) => ({ index: columnNamed(letters), field }));
  if (said.length === 0) return { columns: header.columns, amounts: undefined };
  const columns: Partial<Record<NeedField, Column>> = {};
  const taken = new Set(said.map(({ index }) => index));
  for (const { field } of needColumns) {
    const found = header.columns[field];
    if (found && !taken.has(found.index)) columns[field] = found;
  }
  for (const { index, field } of said)
    if (field !== null && field !== 'amounts') columns[field] = { index, header: header.headings[index] ?? '' };
  return { columns, amounts: said.flatMap(({ index, field }) => (field === 'amounts' ? [index] : [])) };
}

/** What the sheet says of all its rows: above the headings, or by its name. */
function saidOf(
  { name, rows }: Sheet,
  above: readonly SheetRow[],
  has: (field: NeedField) => boolean,
  choice: SheetChoice,
): Pick<Layout, 'said' | 'notices'> {
  const said: { -readonly [K in keyof Layout['said']]: Layout['said'][K] } = {};
  const notices: Layout['notices'][number][] = [];
  if (!has('organization')) {
    const title = above.flatMap(({ cells }) => cells).find((cell) => SAID_ABOVE.test(cell.slice(0, SAMPLE + SAMPLE)));
    const [, titled] = SAID_ABOVE.exec(title ?? '') ?? [];
    const found = choice.organization ?? titled?.trim() ?? (isSite(name) ? name.trim() : undefined);
    if (found !== undefined && rows.length > 0) {
      said.organization = found;
      if (choice.organization === undefined)
        notices.push({
          code: titled === undefined ? 'organization-from-sheet' : 'organization-from-title',
          value: found,
        });
    }
  }
  const place = placeNamed(name);
  for (const [field, value] of Object.entries(place ?? {})) {
    if ((field !== 'province' && field !== 'city' && field !== 'district') || has(field)) continue;
    said[field] = value;
    notices.push({ column: field, code: 'place-from-sheet', value });
  }
  return { said, notices };
}

/** Finds out how a sheet is to be read: its headings, whether it is a list or a table that goes across, and what it says of all its rows. */
export function layoutOf(sheet: Sheet, choice: SheetChoice = {}): Layout {
  const { rows } = sheet;
  const place = choice.headings === undefined ? -1 : rows.findIndex(({ line }) => line === choice.headings);
  const header =
    choice.headings === undefined
      ? findHeader(rows, needColumns, requiredNeedFields, { alsoHeading: isGoods })
      : headerAt(rows, needColumns, place);
  const below = rows.slice(header.at + 1);
  let { columns, amounts } = chosen(header, choice);
  const { said, notices: sayings } = saidOf(
    sheet,
    rows.slice(0, Math.max(0, header.at)),
    (field) => columns[field] !== undefined,
    choice,
  );
  const notices = [...sayings];
  let across: Layout['across'];
  const goAcross = (of: 'item' | 'organization', found: readonly Column[], fields: readonly NeedField[]) => {
    const indexes = new Set(found.map(({ index }) => index));
    columns = without(
      columns,
      fields.filter((field) => indexes.has(columns[field]?.index ?? -1)),
    );
    const units = of === 'item' ? unitsBelow(below, found) : [];
    across = {
      of,
      columns: found.map((column, index) => {
        const unit = units[index];
        return { ...acrossColumn(column), ...(unit && { unit }) };
      }),
    };
    notices.push({
      code: of === 'item' ? 'read-as-matrix' : 'read-as-matrix-of-sites',
      value: found.map(({ header: heading }) => heading).join('、'),
    });
  };
  const ofItems = ['item', 'quantity', 'unit', 'specification'] as const;
  if (amounts && amounts.length > 0) {
    const of = columns.item ? 'organization' : 'item';
    goAcross(
      of,
      amounts.map((index) => ({ index, header: header.names[index] ?? '' })),
      [],
    );
  } else if (!amounts) {
    const goods = findAcross(header, below, isGoods, new Set(ofItems));
    if (goods.length > 0 && (!columns.item || goods.some(({ index }) => index === columns.item?.index)))
      goAcross('item', goods, ofItems);
    else if (columns.item) {
      const sites = findAcross(header, below, isSite, new Set(['organization']));
      const isFree = !columns.organization || sites.some(({ index }) => index === columns.organization?.index);
      if (sites.length > 0 && isFree) goAcross('organization', sites, ['organization']);
    }
  }
  for (const [field, column] of Object.entries(columns))
    if (column?.guessed) notices.push({ code: 'column-guessed', value: column.header, ...fieldOf(field) });
  const missing = requiredNeedFields.filter(
    (field) =>
      columns[field] === undefined &&
      across?.of !== field &&
      !(field === 'organization' && said.organization !== undefined),
  );
  const used = new Set([
    ...Object.values(columns).map((column) => column?.index),
    ...(across?.columns.map(({ index }) => index) ?? []),
  ]);
  return {
    columns,
    ignored: header.all.filter(({ index }) => !used.has(index)),
    missing,
    ...(across && { across }),
    said,
    line: rows[header.at]?.line ?? 0,
    rows: below,
    notices,
  };
}

function fieldOf(name: string): { column?: NeedField } {
  const rule = needColumns.find(({ field }) => field === name);
  return rule ? { column: rule.field } : {};
}
