import { afterAll, beforeAll, vi } from 'vitest';
import type { Hub } from '../../shared/store/hub.ts';
import { openProgramme } from '../factory/hub.ts';
import { type HubStand, startHub } from './hub-stand.ts';

/** A hub for all tests of a file, with a programme `fund` that has money for all of them. What is logged is not shown. */
export function withFundedHub(use: (hub: Hub) => void): void {
  let stand: HubStand;
  beforeAll(async () => {
    vi.spyOn(console, 'log').mockImplementation(() => {});
    stand = await startHub();
    await openProgramme(stand.hub, { id: 'fund', budget: 1_000_000_000 });
    use(stand.hub);
  });
  afterAll(() => stand.stop());
}
