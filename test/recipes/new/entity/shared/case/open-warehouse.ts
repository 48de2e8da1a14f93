import { assertMay } from '../answering/acting.ts';
import { newSlug, WarehouseId } from '../domain/ids.ts';
import type { Member } from '../domain/party.ts';
import { parseInput } from '../domain/problems.ts';
import { instant } from '../domain/time.ts';
import { type Warehouse, WarehouseInput } from '../entities/warehouse/warehouse.ts';
import type { Hub } from '../store/hub.ts';
import { type Idempotency, remembering, replay } from '../store/idempotency.ts';
import { transact } from '../store/table.ts';
import { opening, readWarehouse } from '../store/warehouses.ts';

/** A hub opens a warehouse. @throws Rejected `forbidden`, or a problem for every wrong field */
export async function openWarehouse(hub: Hub, body: unknown, member: Member, once?: Idempotency): Promise<Warehouse> {
  assertMay({ type: 'member', member }, 'open-warehouse', { ownedBy: member.party });
  const input = parseInput(WarehouseInput, body);
  const done = await replay(hub.table, once);
  const known = done && (await readWarehouse(hub.table, member.party, done));
  if (known) return known;
  const id = WarehouseId.parse(newSlug());
  const warehouse: Warehouse = { ...input, id, party: member.party, openedAt: instant(Date.now()) };
  await transact(hub.table, [opening(hub.table, warehouse), ...remembering(hub.table, once, id)]);
  return warehouse;
}
