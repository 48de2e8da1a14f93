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

/**
 * The headings that volunteers' sheets have, by what a row of them can tell. The order matters for the patterns: "医院地址" is an
 * address before it is a hospital, "物资数量" a quantity before it is an item, and a bare "单位" is the organization
 * where nothing else is, and the unit beside one.
 */
const before = {
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

function rules<F extends string>(columns: Readonly<Record<F, Headings>>, fields: readonly F[]): ColumnRule<F>[] {
  return fields.map((field) => ({ field, ...columns[field] }));
}

export const needColumns: readonly ColumnRule<NeedField>[] = [
  ...rules(before, ['quantity', 'specification', 'phone', 'contact', 'address']),
  ...dayFields.map((field) => ({ field, ...needFields[field].column })),
  ...rules(after, ['urgency', 'careTier', 'note', 'province', 'city', 'district', 'organization', 'unit', 'item']),
];
