import { type Kind, kinds, type PartyId } from '../../shared/domain/ids.ts';
import { instant } from '../../shared/domain/time.ts';
import { readAnchoredTo } from '../../shared/store/anchored.ts';
import { oldestEnded, readErasureMark } from '../../shared/store/erasures.ts';
import type { Table } from '../../shared/store/table.ts';
import { metrics } from '../env/measures.ts';
import { logLine } from '../log/log-line.ts';
import { logMetric } from '../log/metric-line.ts';

const SECOND = 1_000;
const HOUR = 3_600 * SECOND;
const DAY = 24 * HOUR;
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

/** Measures how long something waits, and says so in the log where that is longer than it may be. */
function tell(name: 'ErasureLag' | 'AnchorLag', code: 'erasures-late' | 'anchors-late', lag: number): void {
  logMetric(name, Math.floor(lag / SECOND));
  if (lag > metrics[name].late * SECOND) logLine(code, { hours: Math.floor(lag / HOUR) });
}

/**
 * Tells how long the oldest case waits to be erased and the oldest entry to be seen anchored: alarms look at these figures. Cost: a read, and for each
 * hub and kind a read and a Query of one key an end stage.
 */
export async function tellOverdue(overdue: Overdue): Promise<void> {
  tell('ErasureLag', 'erasures-late', await erasureLag(overdue));
  tell('AnchorLag', 'anchors-late', await anchorLag(overdue.table));
}
