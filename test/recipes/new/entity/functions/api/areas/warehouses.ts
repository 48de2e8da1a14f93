import { openWarehouse } from '../../../shared/case/open-warehouse.ts';
import { Rejected } from '../../../shared/domain/errors.ts';
import { WarehouseInput } from '../../../shared/entities/warehouse/warehouse.ts';
import { listWarehouses, readWarehouse } from '../../../shared/store/warehouses.ts';
import { actingMember, type Call } from '../call.ts';
import { once } from '../idempotency.ts';
import { json, operation } from '../operation.ts';
import { listOf } from '../views/list.ts';
import { WarehouseView } from '../views/warehouse.ts';

const example = () => ({
  warehouse: {
    summary: 'A warehouse by the river',
    value: { name: '江畔仓库', place: { province: '江城省', city: '江城市', district: '东湖区' } },
  },
});

async function list(call: Call) {
  const items = await listWarehouses(call.hub.table, actingMember(call).member.party);
  return { body: { items: items.map((one) => WarehouseView.parse(one)), nextCursor: null } };
}

async function open(call: Call) {
  const { member } = actingMember(call);
  const body = await call.json();
  const warehouse = await once(
    call,
    body,
    (key) => openWarehouse(call.hub, body, member, key),
    async (done) =>
      (await readWarehouse(call.hub.table, member.party, done)) ?? Promise.reject(new Rejected('not-found')),
  );
  return { body: WarehouseView.parse(warehouse) };
}

export const warehouses = {
  listWarehouses: operation({
    method: 'get',
    path: '/warehouses',
    access: 'token',
    action: 'see-warehouses',
    summary: 'Warehouses of the caller’s hub',
    answer: { description: 'Warehouses', schema: { WarehouseList: listOf(WarehouseView) } },
    handle: list,
  }),
  openWarehouse: operation({
    method: 'post',
    path: '/warehouses',
    access: 'token',
    action: 'open-warehouse',
    summary: 'Open a warehouse',
    request: json({ WarehouseInput }, example),
    answer: { status: 201, description: 'The warehouse', schema: { Warehouse: WarehouseView } },
    handle: open,
  }),
};
