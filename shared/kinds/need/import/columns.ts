import { itemGroup } from '../../../domain/item-group.ts';
import { findPhones } from '../../../domain/read/phone.ts';
import { readQuantity } from '../../../domain/read/quantity.ts';
import type { ColumnRule } from '../../../domain/sheet/find-header.ts';
import type { AnyFields, Headings } from '../../define.ts';
import { needFields } from '../fields.ts';

type Described = typeof needFields;
/** The days that a need is asked for, where a sheet can tell them. */
export type DayField = {
  [K in keyof Described]: Described[K] extends { widget: 'date'; column: Headings } ? K : never;
}[keyof Described];

function isDayField(name: string): name is DayField {
  const fields: AnyFields = needFields;
  const field = fields[name];
  return field?.widget === 'date' && field.column !== undefined;
}
export const dayFields: readonly DayField[] = Object.keys(needFields).filter(isDayField);

const { organization, place, contact, lines, careTier, note, urgency, delivery } = needFields;

/** What a sheet tells of a line that no form asks for. */
const told = {
  dailyUse: {
    names: [
      '日均消耗',
      '日消耗',
      '日消耗量',
      '每日消耗',
      '每日消耗量',
      '日均用量',
      '日用量',
      'dailyuse',
      'dailyconsumption',
    ],
    patterns: [/日均|每[日天].*(消耗|用量|使用)|日(消耗|用)量?/, /daily(use|usage|consum|need)|perday|burnrate/],
  },
  onHand: {
    names: ['库存', '库存量', '现有库存', '库存数量', '现有数量', '现有', 'stock', 'onhand', 'instock'],
    patterns: [/库存|现有(数?量|物资)?$/, /stock|onhand/],
    except: /上架|stocking/,
  },
} as const;

/**
 * The headings that volunteers' sheets have, by what a row of them can tell. The order matters for the patterns: "医院地址" is an
 * address before it is a hospital, "物资数量" a quantity before it is an item, and a bare "单位" is the organization
 * where nothing else is, and the unit beside one.
 */
const before = {
  ...told,
  quantity: lines.parts.quantity.column,
  specification: lines.parts.specification.column,
  phone: contact.parts.phone.column,
  contact: contact.parts.name.column,
  address: delivery.parts.address.column,
} as const;
const after = {
  urgency: urgency.column,
  careTier: careTier.column,
  note: note.column,
  province: place.parts.province.column,
  city: place.parts.city.column,
  district: place.parts.district.column,
  organization: organization.column,
  unit: lines.parts.unit.column,
  item: lines.parts.item.column,
} as const;

export type NeedField = keyof typeof before | DayField | keyof typeof after;
export const requiredNeedFields = ['organization', 'item'] as const satisfies readonly NeedField[];

const CODE = /^[a-z]{0,4}[-\d./]*\d[-\d./]*$/i;
const SITE =
  /医院|卫生院|卫生所|卫生室|卫生服务|保健院|疾控|诊所|社区|街道|居委会|村委会|养老院|敬老院|福利院|慈善|红十字|学校|中学|小学|幼儿园|派出所|大队|hospital|clinic|health cent|care home|nursing home|community|school|foundation|red cross/i;
/** Characters of a name of goods as people write it; what is longer is a sentence. */
const LONGEST_ITEM = 40;

const isText = (cell: string) => /\p{L}/u.test(cell) && !CODE.test(cell) && findPhones(cell).phones.length === 0;

/** What cells say of a column, where its heading says too little. */
const cells: Partial<Record<NeedField, Pick<ColumnRule<NeedField>, 'fits' | 'shows'>>> = {
  quantity: { fits: (cell) => !['words', 'problem'].includes(readQuantity(cell).is) },
  phone: { fits: (cell) => findPhones(cell).phones.length > 0 },
  organization: { fits: isText, shows: (cell) => isText(cell) && SITE.test(cell) },
  item: {
    fits: isText,
    shows: (cell) => isText(cell) && cell.length <= LONGEST_ITEM && isGoods(cell) && !SITE.test(cell),
  },
};

/** Whether words are the name of one that needs things: 市一医院, not 医院 or 各医院. */
export function isSite(words: string): boolean {
  const [before] = words.normalize('NFKC').trim().split(SITE);
  return words.length <= LONGEST_ITEM && SITE.test(words) && (before ?? '').length > 1 && !/^[各全本所]/.test(words);
}

/** Whether words name goods of a kind that is known. */
export function isGoods(words: string): boolean {
  return itemGroup(words) !== 'other';
}

function rules<F extends NeedField>(
  columns: Readonly<Record<F, Headings>>,
  fields: readonly F[],
): ColumnRule<NeedField>[] {
  return fields.map((field) => ({ field, ...columns[field], ...cells[field] }));
}

export const needColumns: readonly ColumnRule<NeedField>[] = [
  ...rules(before, ['dailyUse', 'onHand', 'quantity', 'specification', 'phone', 'contact', 'address']),
  ...dayFields.map((field) => ({ field, ...needFields[field].column })),
  ...rules(after, ['urgency', 'careTier', 'note', 'province', 'city', 'district', 'organization', 'unit', 'item']),
];
