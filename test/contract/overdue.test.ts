import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { tellOverdue } from '../../functions/sweep/overdue.ts';
import { keptDays } from '../../shared/domain/privacy/retention.ts';
import { instant } from '../../shared/domain/time.ts';
import { saveAnchoredTo } from '../../shared/store/anchored.ts';
import { type HubStand, startHub } from '../engine/hub-stand.ts';
import { policedTable } from '../engine/policed-table.ts';
import { aCaseIn } from '../factory/hub.ts';

const DAY = 86_400_000;
let stand: HubStand;
beforeAll(async () => {
  stand = await startHub();
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});
afterAll(() => stand.stop());

/** What the log says of what is overdue. */
async function told(): Promise<unknown[]> {
  const said: unknown[] = [];
  vi.spyOn(console, 'error').mockImplementation((line) => void said.push(JSON.parse(String(line))));
  const { hub } = stand;
  await tellOverdue({ table: await policedTable(hub.table, 'sweep'), hubs: [hub.hub], keptDays });
  return said;
}
function later(days: number): void {
  vi.useFakeTimers({ now: Date.now() + days * DAY, toFake: ['Date'] });
}

describe('what is overdue', () => {
  it('is nothing in an installation that is new, or whose daily work keeps up', async () => {
    await aCaseIn(stand.hub, 'need', 'closed');
    await saveAnchoredTo(stand.hub.table, `${instant(Date.now())}#TRACE#x#ENTRY#1`);
    expect(await told()).toEqual([]);
    later(1);
    expect(await told()).toEqual([]);
  });

  it('is told in the log with how long it waits: a case to be erased, an entry to be seen anchored', async () => {
    later(keptDays.need + 1);
    await saveAnchoredTo(stand.hub.table, `${instant(Date.now())}#TRACE#x#ENTRY#1`);
    expect(await told()).toEqual([]);
    later(3);
    expect(await told()).toEqual([
      { code: 'erasures-late', hours: 96 },
      { code: 'anchors-late', hours: 72 },
    ]);
  });
});
