import { once } from 'node:events';
import { createServer } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createHealth } from '../../cdk/cli/health.ts';
import { createSite } from '../../functions/site/app.tsx';
import { CaseId, newSlug, PartyId } from '../../shared/domain/ids.ts';
import { instant } from '../../shared/domain/time.ts';
import { recordSweep } from '../../shared/store/health.ts';
import { keepWaiting } from '../../shared/store/mails.ts';
import type { Table } from '../../shared/store/table.ts';
import { type HubStand, startHub } from '../engine/hub-stand.ts';
import { interceptTable } from '../engine/intercepted-table.ts';
import { policedTable } from '../engine/policed-table.ts';
import { noFiles } from '../fake/no-files.ts';

const HOUR = 3_600_000;
let stand: HubStand;
let table: Table;
beforeAll(async () => {
  stand = await startHub();
  table = await policedTable(stand.hub.table, 'site');
});
afterAll(() => stand.stop());

async function asked(of: Table) {
  // a process of its own: an answer is given again for seconds
  const answer = await createSite({ hub: { ...stand.hub, table: of }, incoming: noFiles }).request('/health');
  return [answer.status, await answer.json()];
}

describe('what watches an installation', () => {
  it('hears of one server too that its disk is nearly full, that a reader is stopped, and that records were given up', async () => {
    const hears = async (free: number, attempts: number, givenUp: number) => {
      const status = async () => ({
        queues: [{ name: 'given up', messages: 2, givenUp }],
        stuckReaders: attempts > 0 ? [{ functionName: 'Relay', attempts }] : [],
      });
      const server = createServer(createHealth({ status, free: async () => free }, stand.hub.table));
      await once(server.listen(0, '127.0.0.1'), 'listening');
      const address = server.address();
      const answer = await fetch(`http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}/health`);
      server.close();
      return [answer.status, await answer.json()];
    };
    const much = 10 * 1024 ** 3;
    expect(await hears(much, 3, 0)).toEqual([200, { ok: true, codes: [] }]);
    expect(await hears(100 * 1024 ** 2, 0, 0)).toEqual([503, { ok: false, codes: ['disk'] }]);
    expect(await hears(much, 9, 1)).toEqual([503, { ok: false, codes: ['queues', 'relay'] }]);
  });

  it('hears 200 where all is well, and 503 with the code of what is not, and nothing else', async () => {
    expect(await asked(table)).toEqual([200, { ok: true, codes: [] }]);
    const hub = PartyId.parse('hub');
    const sweep = (at: number) => recordSweep(stand.hub.table, { hub, at: instant(at), nudged: 0, upTo: instant(0) });
    await sweep(Date.now() - 3 * HOUR);
    expect(await asked(table)).toEqual([503, { ok: false, codes: ['sweep'] }]);
    await sweep(Date.now());

    const at = instant(Date.now());
    const caseId = CaseId.parse('N000000000');
    const letter = { type: 'link-again', id: newSlug(), at, caseId, address: 'a'.repeat(22), language: 'zh' } as const;
    const waiting = (name: string, why: 'sender' | 'put-off', since: number) =>
      keepWaiting(stand.hub.table, {
        name,
        why,
        tries: 1,
        at,
        since: instant(since),
        about: { type: 'letter', letter },
      });
    // a mailbox that is full is no fault of the installation, and a stumble is over soon
    await waiting('one', 'put-off', Date.now() - 9 * HOUR);
    await waiting('two', 'sender', Date.now());
    expect(await asked(table)).toEqual([200, { ok: true, codes: [] }]);
    await waiting('three', 'sender', Date.now() - HOUR);
    expect(await asked(table)).toEqual([503, { ok: false, codes: ['mail'] }]);
  });

  it('hears that the table does not answer', async () => {
    const away = interceptTable(table, () => {
      throw new Error('away');
    });
    expect(await asked(away)).toEqual([503, { ok: false, codes: ['table'] }]);
  });

  it('costs one look in some seconds, however often it asks', async () => {
    let calls = 0;
    const counting = interceptTable(table, () => {
      calls++;
    });
    const site = createSite({ hub: { ...stand.hub, table: counting }, incoming: noFiles });
    for (let times = 0; times < 20; times++) await site.request('/health');
    // nine for the look, and one for who the hub is
    expect(calls).toBeLessThanOrEqual(10);
  });
});
