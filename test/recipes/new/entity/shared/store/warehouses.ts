import type { TransactWriteItem } from '@aws-sdk/client-dynamodb';
import type { PartyId } from '../domain/ids.ts';
import { Warehouse } from '../entities/warehouse/warehouse.ts';
import { keys } from './keys.ts';
import { dataOf, wholeOf } from './personal-item.ts';
import { get, put, queryAll, type Table } from './table.ts';

/** Cost: one consistent read. */
export async function readWarehouse(table: Table, party: PartyId, id: string): Promise<Warehouse | undefined> {
  const item = await get(table, keys.warehouse(party, id));
  return item && wholeOf(Warehouse, item);
}

/** A hub's warehouses. Cost: one Query. */
export async function listWarehouses(table: Table, party: PartyId): Promise<Warehouse[]> {
  return (await queryAll(table, keys.warehouse(party, '').pk)).map((item) => wholeOf(Warehouse, item));
}

/** The write of a new warehouse. */
export function opening(table: Table, warehouse: Warehouse): TransactWriteItem {
  const { party, id } = warehouse;
  return put(table, { ...keys.warehouse(party, id), entity: 'warehouse', ...dataOf(Warehouse, warehouse) }, true);
}
