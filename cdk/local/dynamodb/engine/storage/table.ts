import type { KeySchema } from '../expressions/index.ts';
import { type AttributeValue, attributeOf, type Item, setAttribute } from '../values/index.ts';
import type { Definition, IndexDefinition, KeyElement } from './definition.ts';

/** What lies in a table or in an index. */
export interface Contents {
  items: number;
  bytes: number;
}

/** A stream that takes what is written to its table. */
export interface OpenStream {
  readonly id: number;
  readonly label: string;
  readonly view: string;
  /** The number of the newest record. */
  last: number;
}

export interface TableIndex extends Contents {
  readonly id: number;
  readonly name: string;
  readonly isLocal: boolean;
  readonly key: KeySchema;
  /** What of an item the index holds; undefined: all of it. */
  readonly projected: ReadonlySet<string> | undefined;
  readonly definition: IndexDefinition;
}

/** A table as it is kept in memory: what the file says, made ready for use. */
export interface Table extends Contents {
  readonly id: number;
  readonly name: string;
  readonly definition: Definition;
  readonly key: KeySchema;
  readonly indexes: readonly TableIndex[];
  readonly stream: OpenStream | undefined;
}

/** A key schema with the types of its attributes. Throws when one is not defined. */
export function keyFrom(schema: readonly KeyElement[], attributes: Definition['attributes']): KeySchema {
  const find = (kind: KeyElement['KeyType']): KeySchema['pk'] | undefined => {
    const name = schema.find(({ KeyType }) => KeyType === kind)?.AttributeName;
    const type = attributes.find(({ AttributeName }) => AttributeName === name)?.AttributeType;
    return name !== undefined && type !== undefined ? { name, type } : undefined;
  };
  const pk = find('HASH');
  if (pk === undefined) throw new Error('A table has no key.');
  return { pk, sk: find('RANGE') };
}

/** An index of a table, ready for use. */
export function indexOf(
  table: Definition,
  index: IndexDefinition,
  kept: { readonly id: number; readonly isLocal: boolean } & Contents,
): TableIndex {
  const { ProjectionType: type, NonKeyAttributes: included = [] } = index.Projection;
  const keys = [...table.keySchema, ...index.KeySchema].map(({ AttributeName }) => AttributeName);
  return {
    ...kept,
    name: index.IndexName,
    key: keyFrom(index.KeySchema, table.attributes),
    projected: type === 'ALL' ? undefined : new Set(type === 'INCLUDE' ? [...keys, ...included] : keys),
    definition: index,
  };
}

/** What of an item an index holds. */
export function projectedBy({ projected }: TableIndex, item: Item): Item {
  if (projected === undefined) return item;
  const kept: Record<string, AttributeValue> = {};
  for (const name of projected) {
    const value = attributeOf(item, name);
    if (value) setAttribute(kept, name, value);
  }
  return kept;
}
