import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { recordTrace, recordView } from '../../shared/audit/record.ts';
import { newCaseId, PartyId } from '../../shared/domain/ids.ts';
import { localDate } from '../../shared/domain/time.ts';
import { readTraces, traceGenesis } from '../../shared/store/traces.ts';
import { commandsDuring } from '../engine/commands-during.ts';
import { type Engine, startEngine } from '../engine/engine.ts';
import { aMember } from '../factory/cases.ts';

let engine: Engine;
beforeAll(async () => {
  engine = await startEngine();
});
afterAll(() => engine.stop());
afterEach(() => {
  vi.useRealTimers();
});

function look(caseId: ReturnType<typeof newCaseId>, who: string, shown: 'contact' | 'roster' = 'contact') {
  return recordView(engine.table, { cases: [caseId], shown: [shown], by: aMember(who), door: 'console' });
}

describe('the chain of views of a case', () => {
  it('has one entry for each person who looked, each bound to the one before, however many look at once', async () => {
    const id = newCaseId('need');
    const people = Array.from({ length: 12 }, (_, index) => `person-${index}`);
    await Promise.all(people.map((person) => look(id, person)));
    const entries = await readTraces(engine.table, id);
    expect(entries.map(({ seq }) => seq)).toEqual(people.map((_, index) => index + 1));
    expect(entries.map(({ link }) => link.previous)).toEqual([
      traceGenesis(id),
      ...entries.slice(0, -1).map(({ link }) => link.hash),
    ]);
    expect(new Set(entries.map(({ trace }) => JSON.stringify(trace.by))).size).toBe(people.length);
  });

  it('counts the same look of the same person once within five minutes, and again after', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    const id = newCaseId('need');
    await look(id, 'someone');
    vi.setSystemTime(Date.now() + 4 * 60_000);
    await look(id, 'someone');
    expect(await readTraces(engine.table, id)).toHaveLength(1);
    await look(id, 'someone', 'roster');
    vi.setSystemTime(Date.now() + 2 * 60_000);
    await look(id, 'someone');
    expect(await readTraces(engine.table, id)).toHaveLength(3);
  });

  it('keeps every look for which a reason was asked, with the reason and not in the trace itself', async () => {
    const id = newCaseId('insurance');
    const view = { cases: [id], shown: ['identity'], by: aMember('insurer'), door: 'api', reason: '核对保单' } as const;
    await recordView(engine.table, view);
    await recordView(engine.table, view);
    const entries = await readTraces(engine.table, id);
    expect(entries.map(({ reason }) => reason)).toEqual(['核对保单', '核对保单']);
    expect(JSON.stringify(entries.map(({ trace, link }) => [trace, link]))).not.toContain('核对');
  });

  it('is carried on for each of many cases that one file shows', async () => {
    const ids = Array.from({ length: 90 }, () => newCaseId('insurance'));
    await recordView(engine.table, { cases: ids, shown: ['identity'], by: aMember('insurer'), door: 'api' });
    for (const id of [ids[0], ids[45], ids[89]]) expect(await readTraces(engine.table, id ?? '')).toHaveLength(1);
  });

  it('costs one read when nothing new is to be kept, and one transaction of two items when there is', async () => {
    const id = newCaseId('need');
    const looking = async () => (await commandsDuring(engine.table, () => look(id, 'someone')))[1];
    expect(await looking()).toEqual(['BatchGetItemCommand', 'TransactWriteItemsCommand']);
    expect(await looking()).toEqual(['BatchGetItemCommand']);
  });
});

describe('what is no change of a case', () => {
  it('is entered by party and day', async () => {
    const by = { ...aMember('someone'), party: PartyId.parse('hub-x') };
    await recordTrace(engine.table, { type: 'signed-in', by, door: 'console' });
    await recordTrace(engine.table, { type: 'signed-out', by, door: 'console' });
    const entries = await readTraces(engine.table, `hub-x/${localDate(Date.now())}`);
    expect(entries.map(({ trace }) => trace.type)).toEqual(['signed-in', 'signed-out']);
  });
});
