import * as z from 'zod';
import { PartyId, WarehouseId } from '../../../shared/domain/ids.ts';
import { Instant } from '../../../shared/domain/time.ts';

/** A warehouse of a hub. */
export const WarehouseView = z.object({
  id: WarehouseId,
  party: PartyId,
  name: z.string(),
  place: z.object({ province: z.string(), city: z.string(), district: z.string() }),
  openedAt: Instant,
});
