import * as z from 'zod';
import { Place } from '../../domain/applicant.ts';
import { PartyId, WarehouseId } from '../../domain/ids.ts';
import { classed } from '../../domain/privacy/classes.ts';
import { line } from '../../domain/text.ts';
import { Instant } from '../../domain/time.ts';

/** A warehouse as a hub enters it. */
export const WarehouseInput = z.strictObject({ ...classed('party', { name: line(120) }), place: Place });

/** A warehouse of a hub. */
export const Warehouse = WarehouseInput.extend(
  classed('party', { id: WarehouseId, party: PartyId, openedAt: Instant }),
);
export type Warehouse = z.infer<typeof Warehouse>;
