import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import * as z from 'zod';
import { advance } from '../../functions/stages/advance/advance.ts';
import { cover } from '../../functions/stages/cover/cover.ts';
import { openTask } from '../../functions/stages/open-task/open-task.ts';
import { screen } from '../../functions/stages/screen/screen.ts';
import { withdrawCase } from '../../shared/case/applicant-actions.ts';
import { daysToInsure } from '../../shared/case/covered-volunteers.ts';
import { decideTask } from '../../shared/case/decide.ts';
import { rosterOf } from '../../shared/case/roster.ts';
import { newCaseId, ProgrammeId, stuckTaskIdFor } from '../../shared/domain/ids.ts';
import { addDays, endOfDay, startOfDay } from '../../shared/domain/time.ts';
import type { AdvanceInput } from '../../shared/domain/workflow/contract.ts';
import type { Case } from '../../shared/kinds/case.ts';
import { readCase, readCaseFile } from '../../shared/store/cases.ts';
import type { Hub } from '../../shared/store/hub.ts';
import { readProgramme } from '../../shared/store/programmes.ts';
import { unstageRoster } from '../../shared/store/rosters.ts';
import { inbox, readTask, readToken } from '../../shared/store/tasks.ts';
import { contentsOf } from '../engine/contents.ts';
import { type HubStand, startHub } from '../engine/hub-stand.ts';
import { interceptTable } from '../engine/intercepted-table.ts';
import {
  aCaseIn,
  answer,
  answerWith,
  applicantOf,
  broughtTo,
  by,
  day,
  openProgramme,
  submitted,
  taskOf,
} from '../factory/hub.ts';
import { ServiceFault } from '../fake/aws-json.ts';

let stand: HubStand;
let hub: Hub;
beforeAll(async () => {
  stand = await startHub();
  ({ hub } = stand);
  await openProgramme(hub, {
    id: 'fund',
    areas: ['别处省'],
    questions: [{ id: 'why', text: '为什么？' }],
    ceiling: 50_000,
  });
});
afterAll(() => stand.stop());

async function fileOf(subject: Case) {
  const file = await readCaseFile(hub.table, subject.id);
  if (!file) throw new Error('no case');
  return file;
}
const screening = (subject: Case) => screen(hub.table, hub.macKeyId, subject.id);
const ask = (subject: Case, stage: string, taskToken = 'token', stuck = false) =>
  openTask(hub.table, { caseId: subject.id, stage, taskToken, dueSeconds: 3600, ...(stuck && { stuck }) });
const act = (subject: Case, action: AdvanceInput['action'], round = 0, stage: string = subject.stage) =>
  advance(hub.table, { caseId: subject.id, stage, action, round, run: subject.run });

describe('screening', () => {
  it('tells a coordinator of another open need of the same organization for the same item', async () => {
    const organization = '重复医院';
    const first = await submitted(hub, 'need', { organization });
    const subject = await submitted(hub, 'need', { organization: '重复 医院' });
    expect(await screening(subject)).toEqual({ stage: 'screening' });
    expect((await fileOf(subject)).subject.screening).toMatchObject([{ code: 'likely-double', cases: [first.id] }]);
  });

  const at = (district: string) => ({ place: { province: '湖北', city: '武汉市', district } });

  it.each(['武汉第九医院', '武漢市第9醫院（发热门诊）'])(
    'finds it by another spelling of the hospital: %s',
    async (organization) => {
      const first = await submitted(hub, 'need', { organization: '武汉市第九医院', ...at('青山区') });
      await screening(first);
      const subject = await submitted(hub, 'need', { organization, ...at('青山区') });
      await screening(subject);
      const { screening: found } = (await fileOf(subject)).subject;
      expect(found.flatMap(({ cases }) => cases ?? [])).toContain(first.id);
    },
  );

  it('takes no office of one name in another district for it', async () => {
    await screening(await submitted(hub, 'need', { organization: '示例慈善会', ...at('江岸区') }));
    const other = await submitted(hub, 'need', { organization: '示例慈善会', ...at('武昌区') });
    await screening(other);
    expect((await fileOf(other)).subject.screening).toEqual([]);
  });

  it('tells which rules of the programme an application does not meet', async () => {
    const subject = await submitted(hub, 'grant', { organization: '某组织' });
    await screening(subject);
    const codes = (await fileOf(subject)).subject.screening.map(({ code }) => code);
    expect(codes).toEqual(['outside-area', 'above-ceiling', 'unanswered']);
  });

  it('tells how many of a roster are covered meanwhile', async () => {
    const first = await submitted(hub, 'insurance');
    const second = await submitted(hub, 'insurance', { volunteers: await sameVolunteers(first) });
    await brought(first, 'active');
    await cover(hub.table, first.id);
    await screening(second);
    expect((await fileOf(second)).subject.screening).toMatchObject([{ code: 'already-covered', params: { count: 2 } }]);
  });

  it('done twice changes nothing more, nor does it for a case that has moved on', async () => {
    const subject = await submitted(hub, 'need');
    await screening(subject);
    const before = await contentsOf(hub.table);
    expect(await screening(subject)).toEqual({ stage: 'screening' });
    expect(await contentsOf(hub.table)).toEqual(before);
    await withdrawCase(hub, subject.id, {}, applicantOf(subject.id));
    expect(await screening(subject)).toEqual({ stage: 'withdrawn' });
  });
});

async function sameVolunteers(subject: Case) {
  if (subject.kind !== 'insurance') throw new Error('no insurance request');
  return rosterOf(hub, subject);
}

function brought(subject: Case, stage: string): Promise<Case> {
  return broughtTo(hub, subject, stage);
}

describe('asking', () => {
  it('brings the case to its stage, puts the question to the right desk and keeps the token, all at once', async () => {
    const subject = await submitted(hub, 'need', { organization: '询问医院' });
    await screening(subject);
    await ask(subject, 'verifying', 'first');
    const { subject: after, events, tasks } = await fileOf(subject);
    expect(after.stage).toBe('verifying');
    expect(tasks).toMatchObject([
      {
        id: taskOf(after),
        status: 'open',
        stage: 'verifying',
        outcomes: ['verified', 'changes-requested', 'merged', 'rejected'],
      },
    ]);
    expect(events.at(-1)).toMatchObject({ type: 'stage-changed', on: 'screened', openedTask: taskOf(after) });
    expect(await readToken(hub.table, taskOf(after))).toBe('first');
    const { items } = await inbox(hub.table, { party: hub.hub, roles: ['coordinator'] }, undefined, 100);
    expect(items.map(({ id }) => id)).toContain(taskOf(after));
  });

  it('twice asks once: the same task with its due time, and the new token', async () => {
    const subject = await aCaseIn(hub, 'need', 'verifying');
    const before = await fileOf(subject);
    await ask(subject, 'verifying', 'second');
    expect(await fileOf(subject)).toEqual(before);
    expect(await readToken(hub.table, taskOf(subject))).toBe('second');
  });

  it('what was answered already makes the relay give the answer to the new token', async () => {
    const subject = await aCaseIn(hub, 'need', 'verifying');
    await answer(hub, subject);
    // the step for the earlier stage is tried again
    await ask(subject, 'verifying', 'late');
    const { subject: after, events, tasks } = await fileOf(subject);
    expect(after.stage).toBe('matching');
    const nudged = events.at(-1);
    if (nudged?.type !== 'nudged' || !nudged.closedTask) throw new Error('not nudged');
    expect(await readToken(hub.table, nudged.closedTask)).toBe('late');
    expect(tasks).toHaveLength(1);
  });

  it('about a case that has ended asks nobody', async () => {
    const subject = await aCaseIn(hub, 'need', 'verifying');
    await withdrawCase(hub, subject.id, {}, applicantOf(subject.id));
    for (const stuck of [false, true]) {
      await ask(subject, 'verifying', 'late', stuck);
      const { events, tasks } = await fileOf(subject);
      expect(events.at(-1)).toMatchObject({ type: 'nudged', stage: 'withdrawn' });
      expect(tasks.filter(({ status }) => status === 'open')).toEqual([]);
    }
  });

  it('while the answer comes is tried again: the new token does not take the place of the one that is answered', async () => {
    const subject = await aCaseIn(hub, 'need', 'verifying');
    let answered = false;
    const table = interceptTable(hub.table, async (command) => {
      if (command !== 'TransactWriteItemsCommand' || answered) return;
      answered = true;
      await answer(hub, subject);
    });
    const asking = { caseId: subject.id, stage: 'verifying', taskToken: 'new', dueSeconds: 60 };
    await expect(openTask(table, asking)).rejects.toMatchObject({ name: 'Retryable' });
    expect(await readToken(hub.table, taskOf(subject))).toBe(`token of ${subject.id}`);
    await openTask(table, asking);
    expect((await fileOf(subject)).events.at(-1)).toMatchObject({ type: 'nudged', stage: 'matching' });
  });

  it('at the moment of the answer never leaves the new token without it', async () => {
    for (let round = 0; round < 6; round++) {
      const subject = await aCaseIn(hub, 'need', 'verifying');
      const [asked] = await Promise.allSettled([ask(subject, 'verifying', 'new'), answer(hub, subject)]);
      const { events, subject: after } = await fileOf(subject);
      expect(after.stage).toBe('matching');
      if (asked?.status === 'rejected') {
        expect(asked.reason).toMatchObject({ name: 'Retryable' });
      } else {
        const told = events.filter((event) => 'closedTask' in event && event.closedTask !== undefined);
        const tokens = await Promise.all(
          told.map((event) =>
            'closedTask' in event && event.closedTask ? readToken(hub.table, event.closedTask) : '',
          ),
        );
        expect(tokens).toContain('new');
      }
    }
  });

  it('goes to the applicant, or to the hub for one without e-mail', async () => {
    const contact = { name: '某某', phone: '027-0000 1234' };
    const sentBack = async (changes: object) => {
      const subject = await aCaseIn(hub, 'insurance', 'approving', changes);
      await answerWith(hub, subject, { outcome: 'changes-requested', reason: '请补充' });
      const back = await brought(subject, 'changes-requested');
      return readTask(hub.table, taskOf(back));
    };
    expect((await sentBack({}))?.assignee).toEqual({ type: 'applicant' });
    expect((await sentBack({ contact }))?.assignee).toMatchObject({ type: 'party', party: 'hub', onBehalf: true });
  });

  it('to mend a stuck workflow is asked once, and anew when what was mended broke again', async () => {
    const subject = await submitted(hub, 'need');
    await ask(subject, 'unknown', 'one', true);
    await ask(subject, 'unknown', 'two', true);
    const [first, second] = [stuckTaskIdFor(subject, 1), stuckTaskIdFor(subject, 2)];
    expect((await fileOf(subject)).tasks).toMatchObject([{ id: first, outcomes: ['resumed'], status: 'open' }]);
    expect(await readToken(hub.table, first)).toBe('two');
    await decideTask(hub, first, { outcome: 'resumed' }, by('hub-coordinator'));
    await ask(subject, 'unknown', 'three', true);
    const { tasks, events } = await fileOf(subject);
    expect(tasks).toMatchObject([
      { id: first, status: 'closed' },
      { id: second, status: 'open' },
    ]);
    expect(events.map(({ type }) => type)).toEqual(['submitted', 'stuck', 'resumed', 'stuck']);
    expect(await readToken(hub.table, second)).toBe('three');
  });
});

describe('time', () => {
  it('reminds of a question, once for each round also when it is tried again', async () => {
    const subject = await aCaseIn(hub, 'need', 'verifying');
    expect(await act(subject, 'remind')).toEqual({ stage: 'verifying' });
    expect(await act(subject, 'remind')).toEqual({ stage: 'verifying' });
    await act(subject, 'escalate', 1);
    const { events, tasks } = await fileOf(subject);
    const chasing = events.filter(({ type }) => type === 'reminded' || type === 'escalated');
    expect(chasing).toMatchObject([
      { type: 'reminded', task: taskOf(subject), round: 1 },
      { type: 'escalated', task: taskOf(subject), round: 2 },
    ]);
    expect(tasks).toMatchObject([{ status: 'open', round: 2 }]);
    // a new run of the case counts from the beginning
    await act(subject, 'remind', 0);
    expect((await fileOf(subject)).events.at(-1)).toMatchObject({ type: 'reminded', round: 1 });
  });

  it('brings an applicant’s overdue task to the hub, where both may answer it', async () => {
    const subject = await aCaseIn(hub, 'need', 'in-transit');
    await act(subject, 'escalate', 1);
    const { items } = await inbox(hub.table, { party: hub.hub, roles: ['lead'] }, undefined, 100);
    expect(items.map(({ id }) => id)).toContain(taskOf(subject));
    const after = await decideTask(hub, taskOf(subject), { outcome: 'confirmed' }, by('hub-coordinator'));
    expect(after.decisions.at(-1)).toMatchObject({ by: { member: 'hub-coordinator', onBehalf: true } });
    const other = await aCaseIn(hub, 'need', 'in-transit');
    await act(other, 'escalate', 1);
    expect(await answer(hub, other)).toMatchObject({ stage: 'reporting' });
  });

  it('ends what nobody answered: the question is closed and reserved money is free again', async () => {
    await openProgramme(hub, { id: 'lapsing' });
    const available = async () => (await readProgramme(hub.table, ProgrammeId.parse('lapsing')))?.available;
    const before = await available();
    const subject = await aCaseIn(hub, 'grant', 'agreement', { programme: 'lapsing' });
    expect(await available()).toBe((before ?? 0) - 100_000);
    expect(await act(subject, 'expire')).toEqual({ stage: 'lapsed' });
    expect(await act(subject, 'expire')).toEqual({ stage: 'lapsed' });
    expect(await available()).toBe(before);
    expect(await readTask(hub.table, taskOf(subject))).toMatchObject({
      status: 'closed',
      outcome: 'expired',
      closedBy: { type: 'workflow' },
    });
    await expect(answer(hub, subject)).rejects.toMatchObject({ code: 'already-decided', params: { by: 'workflow' } });
  });

  it('ends no case whose lifecycle does not say so', async () => {
    const subject = await aCaseIn(hub, 'need', 'verifying');
    const before = await contentsOf(hub.table);
    for (const action of ['expire', 'arrival-due', 'end'] as const)
      expect(await act(subject, action)).toEqual({ stage: 'verifying' });
    expect(await contentsOf(hub.table)).toEqual(before);
  });

  it('asks whether goods have arrived when they should have', async () => {
    const subject = await aCaseIn(hub, 'need', 'in-transit');
    expect(await act(subject, 'arrival-due')).toEqual({ stage: 'confirming' });
    await ask(subject, 'confirming');
    const { subject: after, tasks } = await fileOf(subject);
    expect(after.stage).toBe('confirming');
    expect(tasks.filter(({ status }) => status === 'open')).toMatchObject([
      { stage: 'confirming', outcomes: ['confirmed', 'not-arrived'] },
    ]);
  });

  it('gives way to a person: a case that was moved on meanwhile is left alone', async () => {
    const subject = await aCaseIn(hub, 'need', 'in-transit');
    await answer(hub, subject);
    const before = await contentsOf(hub.table);
    for (const action of ['remind', 'escalate', 'expire', 'arrival-due', 'renew'] as const) {
      expect(await act(subject, action)).toEqual({ stage: 'reporting' });
    }
    expect(await contentsOf(hub.table)).toEqual(before);
  });

  it('at the same moment as a person: one of the two counts, and the workflow follows it', async () => {
    for (let round = 0; round < 6; round++) {
      const subject = await aCaseIn(hub, 'need', 'matching');
      const [expired, answered] = await Promise.allSettled([act(subject, 'expire'), answer(hub, subject)]);
      const after = await readCase(hub.table, subject.id);
      if (answered?.status === 'fulfilled') {
        expect(after?.stage).toBe('approving');
        if (expired?.status === 'rejected') expect(expired.reason).toMatchObject({ name: 'Retryable' });
        expect(await act(subject, 'expire')).toEqual({ stage: 'approving' });
      } else {
        expect(after?.stage).toBe('expired');
        expect(answered?.reason).toMatchObject({ code: 'already-decided' });
      }
    }
  });

  it('makes a case that waits for a year go on in a new run, once', async () => {
    const subject = await aCaseIn(hub, 'need', 'verifying');
    for (let tries = 0; tries < 2; tries++) expect(await act(subject, 'renew')).toEqual({ stage: 'verifying' });
    const { subject: after, events } = await fileOf(subject);
    expect(after.run).toBe(2);
    expect(events.filter(({ type }) => type === 'nudged')).toMatchObject([{ run: 2 }]);
  });

  it('tells the workflow until when goods are expected', async () => {
    const subject = await aCaseIn(hub, 'need', 'in-transit');
    const { consignment } = z.object({ consignment: z.object({ expectedOn: z.string() }) }).parse(subject);
    expect(await act(subject, 'remind')).toEqual({ stage: 'in-transit', until: endOfDay(consignment.expectedOn) });
  });
});

describe('cover', () => {
  it('is entered for every volunteer, once however often it is done, and says when it ends', async () => {
    const coverTo = day(30);
    const subject = await aCaseIn(hub, 'insurance', 'active', { coverTo });
    const progress = await cover(hub.table, subject.id);
    expect(progress).toEqual({
      stage: 'active',
      endingSoonAt: startOfDay(addDays(coverTo, -3)),
      endsAt: endOfDay(coverTo),
    });
    const before = await contentsOf(hub.table);
    expect(await cover(hub.table, subject.id)).toEqual(progress);
    expect(await contentsOf(hub.table)).toEqual(before);
    if (subject.kind !== 'insurance') throw new Error('no insurance request');
    const roster = await rosterOf(hub, subject);
    const days = [{ from: subject.coverFrom, to: coverTo }];
    expect(await daysToInsure(hub, subject, roster)).toEqual([days, days]);
    const numbers = roster.map(({ identityNumber }) => identityNumber);
    for (const { pk, entity } of before) {
      if (entity === 'cover-days') for (const number of numbers) expect(String(pk)).not.toContain(number);
    }
  });

  it('is told to be ending once, also when that is tried again, and ends', async () => {
    const subject = await aCaseIn(hub, 'insurance', 'active');
    await act(subject, 'ending-soon');
    await act(subject, 'ending-soon');
    expect((await fileOf(subject)).events.filter(({ type }) => type === 'ending-soon')).toHaveLength(1);
    expect(await act(subject, 'end')).toEqual({ stage: 'closed' });
    expect(await act(subject, 'end')).toEqual({ stage: 'closed' });
  });

  it.each([
    ['has only just begun', { coverFrom: day(1), coverTo: day(3) }, 0],
    ['is over', { coverFrom: day(1), coverTo: day(20) }, 40],
  ])('is not told to be ending when it %s', async (_when, days, later) => {
    const subject = await aCaseIn(hub, 'insurance', 'active', days);
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + later * 86_400_000 });
    try {
      await act(subject, 'ending-soon');
    } finally {
      vi.useRealTimers();
    }
    expect((await fileOf(subject)).events.map(({ type }) => type)).not.toContain('ending-soon');
  });

  it('is Permanent to fail for a roster that is not what was sent', async () => {
    const subject = await aCaseIn(hub, 'insurance', 'active');
    if (subject.kind !== 'insurance') throw new Error('no insurance request');
    await unstageRoster(hub.table, subject.roster.id, 1);
    await expect(cover(hub.table, subject.id)).rejects.toMatchObject({ name: 'Permanent' });
  });
});

describe('what a stage function throws is named by who tries again', () => {
  const failing = (fault: string) =>
    interceptTable(hub.table, () => {
      throw new ServiceFault(fault);
    });
  const functions = {
    screen: (table: Hub['table'], caseId: Case['id']) => screen(table, hub.macKeyId, caseId),
    'open-task': (table: Hub['table'], caseId: Case['id']) =>
      openTask(table, { caseId, stage: 'verifying', taskToken: 't', dueSeconds: 60 }),
    advance: (table: Hub['table'], caseId: Case['id']) =>
      advance(table, { caseId, stage: 'verifying', action: 'remind', round: 0, run: 1 }),
    cover,
  };

  it.each(Object.entries(functions))('%s', async (_name, run) => {
    await expect(run(hub.table, newCaseId('insurance'))).rejects.toMatchObject({ name: 'Permanent' });
    await expect(run(failing('ThrottlingException'), newCaseId('need'))).rejects.toMatchObject({ name: 'Throttled' });
    await expect(run(failing('TimeoutError'), newCaseId('need'))).rejects.toMatchObject({ name: 'Retryable' });
  });

  it('Permanent also where nobody is asked in a stage or no way leads there', async () => {
    const subject = await aCaseIn(hub, 'insurance', 'active');
    await expect(ask(subject, 'active')).rejects.toMatchObject({ name: 'Permanent' });
    await expect(cover(hub.table, (await submitted(hub, 'need')).id)).rejects.toMatchObject({
      name: 'Permanent',
    });
  });
});
