import { eraseCase } from '../../shared/cases/erase.ts';
import { type Kind, kinds, type PartyId } from '../../shared/domain/ids.ts';
import { instant } from '../../shared/domain/time.ts';
import { type ErasureMark, endedCases, readErasureMark, saveErasureMark } from '../../shared/store/erasures.ts';
import type { Table } from '../../shared/store/table.ts';
import { logFailure, logLine } from '../log/log-line.ts';

export interface Erasing {
  readonly table: Table;
  readonly hubs: readonly PartyId[];
  readonly keptDays: Readonly<Record<Kind, number>>;
}

const DAY = 86_400_000;
/** Cases that one run erases at most, well within its five minutes; the next day goes on. */
const A_RUN = 1_000;

/**
 * Erases what is personal in cases that ended long enough ago. Each hub and kind has a mark up to which all is done, so
 * that a run reads only what fell due since the last. One case that fails keeps the mark before it, not the others after.
 * Cost: a read and a Query of keys for each hub, kind and end stage; an erasure for each case that is due.
 * @returns how many cases were erased
 */
export async function eraseDue({ table, hubs, keptDays }: Erasing): Promise<number> {
  let done = 0;
  for (const hub of hubs) {
    for (const kind of kinds) {
      const until = instant(Date.now() - keptDays[kind] * DAY);
      const before = await readErasureMark(table, hub, kind);
      const after: Record<string, string> = { ...before };
      for await (const { stage, ids } of endedCases(table, { hub, kind, after: before, until, most: A_RUN - done })) {
        let failed = false;
        for (const { id, place } of ids) {
          try {
            await eraseCase(table, id, 'retention', { type: 'workflow' });
            done += 1;
            if (!failed) after[stage] = place;
          } catch (error) {
            failed = true;
            logFailure('erase-failed', error, { caseId: id });
          }
        }
      }
      await moved(table, hub, kind, before, after);
    }
  }
  if (done > 0) logLine('erased', { cases: done });
  return done;
}

async function moved(table: Table, hub: PartyId, kind: Kind, before: ErasureMark, after: ErasureMark): Promise<void> {
  const isSame = Object.entries(after).every(([stage, place]) => before[stage] === place);
  if (!isSame) await saveErasureMark(table, hub, kind, after);
}
