import type { PartyId } from '../domain/ids.ts';
import type { Table } from './table.ts';

/** What the work on cases rests on: the table, the key that others are derived from, and who serves new cases. */
export interface Hub {
  readonly table: Table;
  /** the KMS key for message authentication codes */
  readonly macKeyId: string;
  /** the hub that new cases belong to */
  readonly hub: PartyId;
  /** the insurer that insurance requests go to */
  readonly insurer: PartyId;
}
