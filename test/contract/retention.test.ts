import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { verifyTraces } from '../../cdk/cli/audit/trace-chain.ts';
import { eraseDue } from '../../functions/jobs/erase-due.ts';
import { eraseReasons } from '../../functions/jobs/erase-reasons.ts';
import { peopleChain, recordTrace, recordView } from '../../shared/audit/record.ts';
import { withdrawCase } from '../../shared/case/applicant-actions.ts';
import { discloseRoster, rosterHash, rosterOf } from '../../shared/case/roster.ts';
import { inParts } from '../../shared/domain/privacy/personal-part.ts';
import { reasonDays } from '../../shared/domain/privacy/retention.ts';
import { Case } from '../../shared/kinds/case.ts';
import { keptDays } from '../../shared/kinds/retention.ts';
import { removeMember } from '../../shared/people/members.ts';
import { eraseCase } from '../../shared/persons/erase.ts';
import { readCase, readCaseFile, readCases } from '../../shared/store/cases.ts';
import type { Hub } from '../../shared/store/hub.ts';
import { readTraces } from '../../shared/store/traces.ts';
import { commandsDuring } from '../engine/commands-during.ts';
import { contentsOf } from '../engine/contents.ts';
import { type HubStand, startHub } from '../engine/hub-stand.ts';
import { policedTable } from '../engine/policed-table.ts';
import { aCaseIn, applicantOf, openProgramme, person, submitted } from '../factory/hub.ts';

const DAY = 86_400_000;
let stand: HubStand;
let hub: Hub;
beforeAll(async () => {
  stand = await startHub();
  ({ hub } = stand);
  await openProgramme(hub, { id: 'fund' });
});
afterEach(() => void vi.useRealTimers());
afterAll(() => stand.stop());

/** Steps until nothing is left, as a job takes them; gives how many cases were erased. */
const erase = async (table = hub.table, most?: number): Promise<number> => {
  const erasing = { table: await policedTable(table, 'jobs'), hubs: [hub.hub], keptDays };
  let [sum, cursor]: [number, string | null | undefined] = [0, undefined];
  while (cursor !== null) {
    const step = await eraseDue(erasing, cursor, most);
    sum += step.done;
    cursor = step.cursor;
  }
  return sum;
};
/** As if so many days had passed. */
function later(days: number): void {
  vi.useFakeTimers({ now: Date.now() + days * DAY, toFake: ['Date'] });
}
/** Everything in the table that has to do with a case, what is sealed opened. */
async function about({ id }: Case): Promise<string> {
  return JSON.stringify((await contentsOf(hub.table)).filter((item) => JSON.stringify(item).includes(id)));
}

describe('a need that has been closed for its time', () => {
  it('loses everything personal in one step with an event that counts it, and keeps what statistics need', async () => {
    const note = '转交 标记甲';
    const subject = await aCaseIn(hub, 'need', 'closed', { note });
    const looked = { cases: [subject.id], shown: ['contact'], by: { type: 'workflow' }, door: 'console' } as const;
    await recordView(hub.table, { ...looked, reason: '某某来电 标记甲' });
    later(keptDays.need - 1);
    expect(await erase()).toBe(0);
    later(2);
    expect(await erase()).toBe(1);
    const file = await readCaseFile(hub.table, subject.id);
    if (!file) throw new Error('the case is gone');
    const { personal: had } = inParts(Case, subject);
    expect(JSON.stringify(had)).toContain('标记甲');
    expect(JSON.stringify(inParts(Case, file.subject).personal ?? {})).not.toMatch(/标记甲|某某|Name of|1234|某路/);
    expect(file.subject).toMatchObject({ stage: 'closed', place: subject.place, erasedAt: expect.any(String) });
    if (subject.kind !== 'need' || file.subject.kind !== 'need') throw new Error('no need');
    expect(file.subject.lines).toEqual(subject.lines);
    expect(file.subject.decisions.map(({ outcome, at }) => [outcome, at])).toEqual(
      subject.decisions.map(({ outcome, at }) => [outcome, at]),
    );
    expect(file.events.at(-1)).toMatchObject({
      type: 'personal-erased',
      why: 'retention',
      people: 0,
      by: { type: 'workflow' },
    });
    expect(file.events.filter(({ type }) => type === 'personal-erased')).toHaveLength(1);
    expect(await about(subject)).not.toMatch(/标记甲|某某|Name of|0000 1234|某路|someone@/);
    // that somebody looked is still there, and still bound
    const [view] = await readTraces(hub.table, subject.id);
    expect(view).toMatchObject({ trace: { type: 'viewed' }, link: { reason: expect.any(String) } });
    const { faults } = await verifyTraces(hub.table, subject.id, new Map(), '');
    expect(faults).toEqual([]);
  });

  it('is not looked at again: the next run begins where this one ended', async () => {
    later(2 * keptDays.need);
    await erase();
    const [erased, commands] = await commandsDuring(hub.table, () => erase());
    expect(erased).toBe(0);
    expect(commands.filter((name) => /^(Put|TransactWrite)/.test(name))).toEqual([]);
  });
});

describe('an insurance request that has ended', () => {
  it('loses its roster with the rest', async () => {
    const subject = await submitted(hub, 'insurance');
    if (subject.kind !== 'insurance') throw new Error('no insurance request');
    const pk = `ROSTER#${subject.roster.id}`;
    const rows = async () => (await contentsOf(hub.table)).filter((item) => item.pk === pk);
    expect(await rows()).toHaveLength(1);
    const { hash } = subject.roster;
    expect(hash).toBe(rosterHash(await rosterOf(hub, subject)));
    // while it is kept, only what is sealed has what the rows could be guessed by
    const { data } = (await contentsOf(hub.table)).find(({ pk }) => pk === `CASE#${subject.id}`) ?? {};
    expect(JSON.stringify(data)).not.toContain(hash);
    await expect(eraseCase(hub.table, subject.id, 'request', { type: 'workflow' })).rejects.toMatchObject({
      code: 'stage-changed',
    });
    const withdrawn = await withdrawCase(hub, subject.id, {}, applicantOf(subject.id));
    const after = await eraseCase(hub.table, withdrawn.id, 'request', { type: 'workflow' });
    expect(await rows()).toEqual([]);
    expect(await about(subject)).not.toContain(hash);
    expect(after.contact).toBeUndefined();
    const insurer = { type: 'member', member: person('insurer') } as const;
    if (after.kind !== 'insurance') throw new Error('no insurance request');
    expect(await discloseRoster(hub, after, insurer, '某某来电', 'api')).toEqual([]);
    expect(await about(subject)).not.toContain('某某来电');
    // asked again it stays as it is
    const again = await eraseCase(hub.table, withdrawn.id, 'request', { type: 'workflow' });
    expect(again.version).toBe(after.version);
  });
});

describe('many that are due', () => {
  it('are erased by steps until nothing is left; one that fails keeps no other, and is tried again by the next job', async () => {
    const due: Case[] = [];
    for (let count = 0; count < 5; count++) due.push(await aCaseIn(hub, 'need', 'closed'));
    const [, broken] = due;
    later(keptDays.need + 1);
    const { client } = hub.table;
    const send = (command: Parameters<typeof client.send>[0]) =>
      JSON.stringify(command.input).includes(`CASE#${broken?.id}`)
        ? Promise.reject(new Error('cannot be read'))
        : client.send(command);
    const failing = new Proxy(client, {
      get: (target, property) => (property === 'send' ? send : Reflect.get(target, property)),
    });
    expect(await erase({ ...hub.table, client: failing }, 3)).toBe(4);
    const erased = async () =>
      (
        await readCases(
          hub.table,
          due.map(({ id }) => id),
        )
      ).filter(({ erasedAt }) => erasedAt);
    expect(await erased()).toHaveLength(4);
    await erase();
    expect(await erased()).toHaveLength(5);
  });
});

describe('a grant that has ended', () => {
  it('keeps its money and loses its words', async () => {
    const subject = await aCaseIn(hub, 'grant', 'closed');
    await eraseCase(hub.table, subject.id, 'request', { type: 'workflow' });
    expect(await readCase(hub.table, subject.id)).toMatchObject({
      purpose: '',
      answers: {},
      budget: [{ description: '油费', amount: 100_000 }],
      award: { amount: 100_000 },
      report: { summary: '', spent: 100_000 },
    });
  });
});

describe('a reason in a trail outside cases', () => {
  it('goes when its trail has kept it long enough; that it was done stays, and its chain still holds', async () => {
    const lead = person('hub-lead');
    const by = { type: 'member', member: lead.id, party: lead.party } as const;
    await removeMember(hub.table, lead, 'hub-coordinator', { reason: '标记乙 已离职' });
    const told = { type: 'data-requested', by, door: 'console' } as const;
    await recordTrace(hub.table, told, '标记丙 来电');
    const subject = await submitted(hub, 'need');
    const look = { cases: [subject.id], shown: ['contact'], by, door: 'console' } as const;
    await recordView(hub.table, { ...look, reason: '标记丁 核对' });
    const all = async () => JSON.stringify(await contentsOf(hub.table));
    const people = peopleChain(lead.party);
    const [day] = (await contentsOf(hub.table)).flatMap(({ chain, data }) =>
      Object(data).type === 'data-requested' ? [String(chain)] : [],
    );

    // as if they were kept for days, not for years: what the sweep does each day is the same
    const kept = { people: 3, requests: 5 };
    expect(reasonDays).toEqual({ people: 730, requests: 1095 });
    later(2);
    expect(await eraseReasons(await policedTable(hub.table, 'jobs'), kept)).toMatchObject({ done: 0, cursor: null });
    later(2);
    expect(await eraseReasons(await policedTable(hub.table, 'jobs'), kept)).toMatchObject({ done: 1, cursor: null });
    expect(await all()).not.toContain('标记乙');
    expect(await all()).toContain('标记丙');
    later(2);
    expect(await eraseReasons(await policedTable(hub.table, 'jobs'), kept)).toMatchObject({ done: 1, cursor: null });
    expect(await all()).not.toContain('标记丙');
    // that of a case goes with the case
    expect(await all()).toContain('标记丁');
    for (const chain of [people, day ?? '']) {
      const entries = await readTraces(hub.table, chain);
      expect(entries.some(({ link, reason }) => link.reason !== undefined && reason === undefined)).toBe(true);
      expect((await verifyTraces(hub.table, chain, new Map(), '')).faults).toEqual([]);
    }
    const [, commands] = await commandsDuring(hub.table, () => eraseReasons(hub.table, kept));
    expect(commands.length).toBeLessThan(5);
  });
});
