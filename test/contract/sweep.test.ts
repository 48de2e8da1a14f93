import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { relayEvent } from '../../functions/relay/relay.ts';
import { cover } from '../../functions/stages/cover/cover.ts';
import { openTask } from '../../functions/stages/open-task/open-task.ts';
import { sweepCases } from '../../functions/sweep/sweep.ts';
import { PartyId } from '../../shared/domain/ids.ts';
import { instant } from '../../shared/domain/time.ts';
import type { Case } from '../../shared/kinds/case.ts';
import { readCaseFile } from '../../shared/store/cases.ts';
import { readHealth } from '../../shared/store/health.ts';
import type { Hub } from '../../shared/store/hub.ts';
import { saveParty } from '../../shared/store/parties.ts';
import { commandsDuring } from '../engine/commands-during.ts';
import { contentsOf } from '../engine/contents.ts';
import { type HubStand, startHub } from '../engine/hub-stand.ts';
import { policedTable } from '../engine/policed-table.ts';
import { aCaseIn, answer, broughtTo, submitted, taskOf } from '../factory/hub.ts';
import { ServiceFault } from '../fake/aws-json.ts';
import { type FakeStepFunctions, startStepFunctions } from '../fake/step-functions.ts';

let stand: HubStand;
let sfn: FakeStepFunctions;
let hub: Hub;
beforeAll(async () => {
  for (const level of ['log', 'warn', 'error'] as const) vi.spyOn(console, level).mockImplementation(() => {});
  [stand, sfn] = [await startHub(), await startStepFunctions()];
});
let hubs = 0;
beforeEach(async () => {
  hubs += 1;
  hub = { ...stand.hub, hub: PartyId.parse('hub') };
  // each test sweeps cases that are its own: those of the others are of long ago then
  vi.useFakeTimers({ toFake: ['Date'], now: Date.parse('2020-02-01T02:00:00.000Z') + hubs * 30 * 86_400_000 });
});
afterEach(() => {
  vi.useRealTimers();
  sfn.fault = undefined;
  sfn.executions.clear();
});
afterAll(async () => {
  await stand.stop();
  await sfn.stop();
});

const later = (minutes: number) => vi.setSystemTime(Date.now() + minutes * 60_000);
const sfnParts = () => ({ sfn: sfn.client, machines: sfn.machines, jobsMachine: sfn.jobsMachine });
const sweep = async (hubs = [hub.hub]) =>
  sweepCases({ table: await policedTable(hub.table, 'sweep'), ...sfnParts() }, hubs);
async function eventsOf(subject: Case) {
  return (await readCaseFile(hub.table, subject.id))?.events ?? [];
}
const running = (subject: Case, status = 'RUNNING', run = 1) =>
  sfn.executions.set(`${subject.id}-${run}`, { machine: '', input: {}, status });

describe('the sweep', () => {
  it('asks again for the start of a workflow that the stream lost, and the relay starts it', async () => {
    const subject = await submitted(hub, 'need');
    later(20);
    expect(await sweep()).toBe(1);
    const event = (await eventsOf(subject)).at(-1);
    expect(event).toMatchObject({ type: 'nudged', run: 1, version: 2 });
    if (event) await relayEvent({ table: await policedTable(hub.table, 'relay'), ...sfnParts() }, event);
    expect([...sfn.executions.keys()]).toEqual([`${subject.id}-1`]);
  });

  it('asks again for an answer that the workflow did not get', async () => {
    const subject = await aCaseIn(hub, 'need', 'verifying');
    running(subject);
    const after = await answer(hub, subject);
    later(20);
    expect(await sweep()).toBe(1);
    expect((await eventsOf(subject)).at(-1)).toMatchObject({
      type: 'nudged',
      run: 1,
      closedTask: taskOf(subject),
      stage: after.stage,
    });
  });

  it('gives a case whose execution ended too early a new run', async () => {
    const subject = await aCaseIn(hub, 'need', 'verifying');
    await answer(hub, subject);
    running(subject, 'FAILED');
    later(20);
    expect(await sweep()).toBe(1);
    expect((await eventsOf(subject)).at(-1)).toMatchObject({ type: 'nudged', run: 2 });
    expect((await readCaseFile(hub.table, subject.id))?.subject.run).toBe(2);
    // the relay was not there to hear it
    expect(await sweep()).toBe(1);
    expect((await eventsOf(subject)).at(-1)).toMatchObject({ type: 'nudged', run: 2 });
  });

  it('finds an insurance request whose people were never entered as covered', async () => {
    const subject = await aCaseIn(hub, 'insurance', 'binding');
    running(subject);
    await answer(hub, subject);
    later(20);
    expect(await sweep()).toBe(1);
    expect((await eventsOf(subject)).at(-1)).toMatchObject({ type: 'nudged', stage: 'active' });
    await cover(hub.table, subject.id);
    expect(await sweep()).toBe(0);
  });

  it('leaves healthy cases alone: asked, ended, covered, stuck and told, or too new to say', async () => {
    const asked = await aCaseIn(hub, 'need', 'verifying');
    const active = await aCaseIn(hub, 'insurance', 'active');
    await cover(hub.table, active.id);
    const ended = await broughtTo(hub, await submitted(hub, 'need'), 'closed');
    const stuck = await aCaseIn(hub, 'need', 'verifying');
    await answer(hub, stuck);
    await openTask(hub.table, { caseId: stuck.id, stage: 'matching', taskToken: 't', dueSeconds: 60, stuck: true });
    for (const subject of [asked, active, ended, stuck]) running(subject);
    later(20);
    await submitted(hub, 'need');
    const contents = async () => (await contentsOf(hub.table)).filter(({ entity }) => entity !== 'sweep-run');
    const before = await contents();
    expect(await sweep()).toBe(0);
    expect(await contents()).toEqual(before);
  });

  it('reads no case again that was asked about, and goes on reading one that lags', async () => {
    running(await aCaseIn(hub, 'need', 'verifying'));
    later(20);
    expect(await commandsDuring(hub.table, () => sweep())).toEqual([
      0,
      expect.arrayContaining(['BatchGetItemCommand']),
    ]);
    later(120);
    const lost = await submitted(hub, 'need');
    later(20);
    expect(await sweep()).toBe(1);
    later(24 * 60);
    expect(await sweep()).toBe(1);
    await broughtTo(hub, lost, 'verifying');
    later(120);
    await sweep();
    later(120);
    const [nudged, commands] = await commandsDuring(hub.table, () => sweep());
    expect(nudged).toBe(0);
    expect(commands).not.toContain('BatchGetItemCommand');
  });

  it('looks back as far as a week without power, and at more cases than a page has', async () => {
    await Promise.all(Array.from({ length: 130 }, () => submitted(hub, 'need')));
    later(7 * 24 * 60);
    expect(await sweep()).toBe(130);
  });

  it('goes on with the others when one case fails', async () => {
    await submitted(hub, 'need');
    later(20);
    sfn.fault = new ServiceFault('ThrottlingException');
    expect(await sweep()).toBe(0);
    sfn.fault = undefined;
    expect(await sweep()).toBe(1);
  });

  it('asks again for the cases of every hub, each from its own mark, and goes on with the others when one hub fails', async () => {
    const second = PartyId.parse('second-hub');
    await saveParty(hub.table, { id: second, type: 'hub', name: '西区协调中心' });
    const mine = await submitted(hub, 'need');
    const theirs = await submitted({ ...hub, hub: second }, 'need');
    later(20);
    expect(await sweep([hub.hub, second])).toBe(2);
    for (const subject of [mine, theirs]) expect((await eventsOf(subject)).at(-1)).toMatchObject({ type: 'nudged' });
    // what was lost in the second while the first was looked through alone is found by the second's own mark
    later(24 * 60);
    await submitted({ ...hub, hub: second }, 'need');
    for (const each of [mine, theirs]) await broughtTo(hub, each, 'verifying');
    later(24 * 60);
    expect(await sweep()).toBe(0);
    expect(await sweep([second])).toBe(1);
    const healthy = hub.table;
    const client = new Proxy(healthy.client, {
      get: (target, property) =>
        property === 'send'
          ? (command: Parameters<typeof target.send>[0]) =>
              JSON.stringify(command.input).includes('"hub#')
                ? Promise.reject(new Error('this partition is away'))
                : target.send(command)
          : Reflect.get(target, property),
    });
    hub = { ...hub, table: { ...healthy, client } };
    await expect(sweep([hub.hub, second])).rejects.toThrow('away');
    hub = { ...hub, table: healthy };
    expect((await readHealth(hub.table)).sweeps.find((run) => run.hub === second)?.at).toBe(instant(Date.now()));
  });
});
