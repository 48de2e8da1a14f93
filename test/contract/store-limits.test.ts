import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { assertAddressMay, assertCaseMay, knock, mayMail } from '../../shared/case/limits.ts';
import { type Allowance, allowances } from '../../shared/domain/allowances.ts';
import { Rejected } from '../../shared/domain/errors.ts';
import { newCaseId } from '../../shared/domain/ids.ts';
import { keys } from '../../shared/store/keys.ts';
import { consume } from '../../shared/store/limits.ts';
import { openTable, save, type Table } from '../../shared/store/table.ts';
import { commandsDuring } from '../engine/commands-during.ts';
import { contentsOf } from '../engine/contents.ts';
import { type Engine, startEngine } from '../engine/engine.ts';
import { interceptTable } from '../engine/intercepted-table.ts';
import { useMacService } from '../engine/mac-service.ts';

let engine: Engine;
beforeAll(async () => {
  engine = await startEngine();
  await useMacService();
});
afterAll(() => engine.stop());
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'], now: Date.parse('2020-02-03T08:00:00Z') });
});
afterEach(() => {
  vi.useRealTimers();
});

const three: Allowance = { burst: 3, seconds: 600, day: 5, whenUnknown: 'allow' };
const MINUTE = 60_000;

/** The table as another instance of a function has it. */
const another = (): Table => openTable(engine.table);

async function allowed(table: Table, who: string, times: number, allowance = three): Promise<number> {
  let passed = 0;
  for (let time = 0; time < times; time++) if ((await consume(table, 'door', who, allowance)).ok) passed++;
  return passed;
}

/** The table through a client that fails at every update. */
function failing(name: string, $fault: 'client' | 'server'): Table {
  return interceptTable(engine.table, (command) => {
    if (command === 'UpdateItemCommand') throw Object.assign(new Error(name), { name, $fault });
  });
}

describe('a limit', () => {
  it('lets so many through in its time and no more, and says how long to wait', async () => {
    expect(await allowed(engine.table, 'one', 3)).toBe(3);
    vi.setSystemTime(Date.now() + 4 * MINUTE);
    expect(await consume(engine.table, 'door', 'one', three)).toEqual({ ok: false, seconds: 360 });
    vi.setSystemTime(Date.now() + 6 * MINUTE);
    expect(await consume(engine.table, 'door', 'one', three)).toEqual({ ok: true });
  });

  it('holds for the whole day too, until midnight in UTC', async () => {
    expect(await allowed(engine.table, 'daily', 3)).toBe(3);
    vi.setSystemTime(Date.now() + 10 * MINUTE);
    expect(await allowed(engine.table, 'daily', 3)).toBe(2);
    vi.setSystemTime(Date.now() + 10 * MINUTE);
    const refused = await consume(engine.table, 'door', 'daily', three);
    expect(refused).toEqual({ ok: false, seconds: 16 * 3600 - 1200 });
    vi.setSystemTime(Date.parse('2020-02-04T00:00:00Z'));
    expect(await allowed(engine.table, 'daily', 3)).toBe(3);
  });

  it('holds across instances that knock at once', async () => {
    const tables = Array.from({ length: 8 }, another);
    const passed = await Promise.all(tables.flatMap((table) => [allowed(table, 'many', 1), allowed(table, 'many', 1)]));
    expect(passed.reduce((sum, one) => sum + one, 0)).toBe(3);
  });

  it('of one door, and of one knocker, is not another’s', async () => {
    expect(await allowed(engine.table, 'left', 4)).toBe(3);
    expect(await allowed(engine.table, 'right', 4)).toBe(3);
    expect(await consume(engine.table, 'other door', 'left', three)).toEqual({ ok: true });
  });

  it('costs a flood nothing once it was refused', async () => {
    const table = another();
    expect(await allowed(table, 'flood', 4)).toBe(3);
    const item = async () => (await contentsOf(table)).find(({ pk }) => pk === 'LIMIT#door#flood');
    const before = await item();
    expect(await commandsDuring(table, () => allowed(table, 'flood', 1000))).toEqual([0, []]);
    expect(await item()).toEqual(before);
  });

  it('leaves items that go by themselves and hold nothing but counts', async () => {
    await allowed(engine.table, 'traces', 1);
    const item = (await contentsOf(engine.table)).find(({ pk }) => pk === 'LIMIT#door#traces');
    expect(item).toEqual({
      pk: 'LIMIT#door#traces',
      sk: 'DAY#18295',
      entity: 'limit',
      expires: Date.parse('2020-02-05T00:00:00Z') / 1000,
      day: 1,
      w48: 1,
    });
  });

  it('that cannot be counted lets through or refuses, as the door needs it', async () => {
    const table = failing('InternalServerError', 'server');
    expect(await consume(table, 'door', 'x', three)).toEqual({ ok: true });
    const refused = await consume(table, 'door', 'x', { ...three, whenUnknown: 'refuse' });
    expect(refused).toMatchObject({ ok: false });
  });

  it('refuses where the table says that this very item is written too often', async () => {
    const table = failing('ThrottlingException', 'client');
    expect(await consume(table, 'door', 'x', three)).toMatchObject({ ok: false });
  });
});

describe('doors', () => {
  const counting = () => ({ table: another(), macKeyId: 'key' });
  const link = (caseId = newCaseId('need')) => ({ type: 'link', caseId }) as const;

  it('are wide enough for a hospital behind one address: 1,000 needs within ten minutes', () => {
    expect(allowances['submit/address'].burst).toBeGreaterThanOrEqual(1000);
    for (const { burst, seconds, day } of Object.values<Allowance>(allowances)) {
      expect(day).toBeGreaterThan(burst);
      expect(86_400 % seconds).toBe(0);
      expect(seconds).toBeGreaterThanOrEqual(300);
    }
  });

  it('count an address by a keyed hash: no address is in the table', async () => {
    const hub = counting();
    await assertAddressMay(hub, 'find/address', '203.0.113.77');
    await assertAddressMay(hub, 'find/address', '2001:db8:1:2::77');
    const text = JSON.stringify(await contentsOf(engine.table));
    expect(text).not.toContain('203.0.113.77');
    expect(text).not.toContain('2001:db8');
  });

  it('refuse an address with the seconds to wait, and not its neighbour', async () => {
    const hub = counting();
    const { burst } = allowances['send-link/address'];
    for (let time = 0; time < burst; time++) await assertAddressMay(hub, 'send-link/address', '198.51.100.1');
    const refusal = await assertAddressMay(hub, 'send-link/address', '198.51.100.1').catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(Rejected);
    expect(refusal).toMatchObject({ code: 'too-many-requests', params: { seconds: 600, minutes: 10 } });
    expect(await knock(hub, 'send-link/address', '198.51.100.2')).toEqual({ ok: true });
  });

  it('refuse whoever has a /48, though each of their /64s knocks once, and no neighbour beyond it', async () => {
    const hub = counting();
    const { burst } = allowances['send-link/address'];
    const knocks = Array.from({ length: burst * 10 }, (_, index) => `2001:db8:48:${index.toString(16)}::1`);
    for (const address of knocks) expect(await knock(hub, 'send-link/address', address)).toEqual({ ok: true });
    expect(await knock(hub, 'send-link/address', '2001:db8:48:ffff::1')).toMatchObject({ ok: false });
    expect(await knock(hub, 'send-link/address', '2001:db8:49::1')).toEqual({ ok: true });
  });

  it('refuse what is done to one case too often', async () => {
    const hub = counting();
    const id = newCaseId('need');
    for (let time = 0; time < allowances['act/case'].burst; time++) await assertCaseMay(hub, 'act/case', id);
    await expect(assertCaseMay(hub, 'act/case', id)).rejects.toMatchObject({ code: 'too-many-requests' });
    await assertCaseMay(hub, 'act/case', newCaseId('need'));
  });

  it('mail a link a few times for a case, and no more, from however many addresses it is asked', async () => {
    const id = newCaseId('need');
    const mailed = async (table: Table) => mayMail({ table, macKeyId: 'key' }, link(id), 'one@example.org');
    const asked = await Promise.all(Array.from({ length: 12 }, () => mailed(another())));
    expect(asked.filter(Boolean)).toHaveLength(allowances['send-link/case'].burst);
  });

  it('fill nobody’s mail box by way of many cases, however its address is written', async () => {
    const hub = counting();
    let mails = 0;
    for (let hour = 0; hour < 24; hour++) {
      vi.setSystemTime(Date.parse('2020-02-06T00:00:00Z') + hour * 60 * MINUTE);
      for (const box of ['Two@example.org', 'two@EXAMPLE.org ', 'two@example.org'])
        for (let time = 0; time < 3; time++) if (await mayMail(hub, link(), box)) mails++;
    }
    expect(mails).toBe(allowances['send-link/mailbox'].day);
  });

  it('mail no more links to all mailboxes together than keep the sender off the block lists that all other mail goes by', async () => {
    const hub = counting();
    const { burst, day } = allowances['send-link/everybody'];
    const morning = Date.parse('2020-02-07T08:00:00Z');
    vi.setSystemTime(morning);
    let boxes = 0;
    const mailed = async (times: number) => {
      let mails = 0;
      for (let time = 0; time < times; time++) if (await mayMail(hub, link(), `all${boxes++}@example.org`)) mails++;
      return mails;
    };
    const counted = (all: object) =>
      save(engine.table, { ...keys.limit('send-link/everybody', 'all', 18_299), entity: 'limit', ...all });
    await counted({ day: burst - 2, w8: burst - 2 });
    expect(await mailed(5)).toBe(2);
    vi.setSystemTime(morning + 60 * MINUTE);
    expect(await mailed(5)).toBe(5);
    await counted({ day: day - 3 });
    expect(await mailed(5)).toBe(3);
    // what is no stranger's is not held up by it
    expect(await mayMail(hub, { type: 'news' }, 'all0@example.org')).toBe(true);
  });

  it('mail no link while nobody can count', async () => {
    const table = failing('InternalServerError', 'server');
    expect(await mayMail({ table, macKeyId: 'key' }, link(), 'three@example.org')).toBe(false);
  });
});
