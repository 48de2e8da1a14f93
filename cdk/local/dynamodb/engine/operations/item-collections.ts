import { keyOf } from '../storage/place.ts';
import type { Table } from '../storage/table.ts';
import type { Item } from '../values/index.ts';

/** Gigabytes between which AWS says that a collection's size lies. */
const ESTIMATE = [0, 1];

/** Tables without local indexes have no item collections to speak of. */
const hasCollections = ({ indexes }: Table): boolean => indexes.some(({ isLocal }) => isLocal);

const metrics = (table: Table, item: Item): object => ({
  ItemCollectionKey: keyOf({ pk: table.key.pk }, item),
  SizeEstimateRangeGB: ESTIMATE,
});

/** `,"ItemCollectionMetrics":{…}` when the sizes of collections were asked for, else nothing. */
export function metricsOfOne(asked: unknown, table: Table, item: Item): string {
  return asked === 'SIZE' && hasCollections(table)
    ? `,"ItemCollectionMetrics":${JSON.stringify(metrics(table, item))}`
    : '';
}

/** `,"ItemCollectionMetrics":{"table":[…]}` for writes to several tables, else nothing. */
export function metricsOfMany(asked: unknown, written: readonly { table: Table; key: Item }[]): string {
  if (asked !== 'SIZE') return '';
  const byTable: Record<string, object[]> = {};
  const told = new Set<string>();
  for (const { table, key } of written.filter((each) => hasCollections(each.table))) {
    const one = metrics(table, key);
    const text = `${table.name} ${JSON.stringify(one)}`;
    if (told.has(text)) continue;
    told.add(text);
    byTable[table.name] = [...(byTable[table.name] ?? []), one];
  }
  return told.size === 0 ? '' : `,"ItemCollectionMetrics":${JSON.stringify(byTable)}`;
}
