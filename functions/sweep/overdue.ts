import { type Kind, kinds, type PartyId } from '../../shared/domain/ids.ts';
import { instant } from '../../shared/domain/time.ts';
import { readAnchoredTo } from '../../shared/store/anchored.ts';
import { oldestEnded, readErasureMark } from '../../shared/store/erasures.ts';
import type { Table } from '../../shared/store/table.ts';
import { logLine } from '../log/log-line.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** The daily job has two days for what fell due: the first may fail, and the second is told of. */
const ERASED_WITHIN = 2 * DAY;
/** Once a day all is seen to be anchored, up to a quarter of an hour ago. */
const ANCHORED_WITHIN = 30 * HOUR;
/** Characters of an instant. */
const INSTANT = 24;

export interface Overdue {
  readonly table: Table;
  readonly hubs: readonly PartyId[];
  readonly keptDays: Readonly<Record<Kind, number>>;
}

/** For how long the oldest case that is due to be erased has been due, in milliseconds; 0 where none is. */
async function erasureLag({ table, hubs, keptDays }: Overdue): Promise<number> {
  const now = Date.now();
  let longest = 0;
  for (const hub of hubs) {
    for (const kind of kinds) {
      const kept = keptDays[kind] * DAY;
      const after = await readErasureMark(table, hub, kind);
      const oldest = await oldestEnded(table, { hub, kind, after, until: instant(now - kept) });
      if (oldest !== undefined) longest = Math.max(longest, now - kept - Date.parse(oldest));
    }
  }
  return longest;
}

/** For how long it was not seen that all is anchored, in milliseconds; 0 in an installation where it never was yet. */
async function anchorLag(table: Table): Promise<number> {
  const place = await readAnchoredTo(table);
  return place === undefined ? 0 : Date.now() - Date.parse(place.slice(0, INSTANT));
}

/**
 * Says in the log how long the oldest case waits to be erased and the oldest entry to be seen anchored, where that is longer than
 * it may be: alarms look for these lines. Cost: a read, and for each hub and kind a read and a Query of one key an end stage.
 */
export async function tellOverdue(overdue: Overdue): Promise<void> {
  const erasure = await erasureLag(overdue);
  const anchors = await anchorLag(overdue.table);
  if (erasure > ERASED_WITHIN) logLine('erasures-late', { hours: Math.floor(erasure / HOUR) });
  if (anchors > ANCHORED_WITHIN) logLine('anchors-late', { hours: Math.floor(anchors / HOUR) });
}
