import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTask } from '../../functions/stages/open-task/open-task.ts';
import { amendNeed, withdrawCase } from '../../shared/case/applicant-actions.ts';
import { decideTask } from '../../shared/case/decide.ts';
import { ProgrammeId, stuckTaskIdFor } from '../../shared/domain/ids.ts';
import { readCase, readCaseFile } from '../../shared/store/cases.ts';
import type { Hub } from '../../shared/store/hub.ts';
import { readProgramme } from '../../shared/store/programmes.ts';
import { readTask } from '../../shared/store/tasks.ts';
import { contentsOf } from '../engine/contents.ts';
import { type HubStand, startHub } from '../engine/hub-stand.ts';
import { asMade } from '../factory/cases.ts';
import { aCaseIn, answer, applicantOf, by, openProgramme, submitted, taskOf } from '../factory/hub.ts';

let stand: HubStand;
let hub: Hub;
beforeAll(async () => {
  stand = await startHub();
  ({ hub } = stand);
  await openProgramme(hub, { id: 'fund' });
});
afterAll(() => stand.stop());

const available = async (id: string) => (await readProgramme(hub.table, ProgrammeId.parse(id)))?.available;

describe('an applicant who withdraws', () => {
  it('before anybody was asked ends the case', async () => {
    const subject = await submitted(hub, 'need');
    const after = await withdrawCase(hub, subject.id, { reason: '已解决' }, applicantOf(subject.id));
    expect(after).toMatchObject({ stage: 'withdrawn', decisions: [{ outcome: 'withdrawn', reason: '已解决' }] });
    expect(asMade(await readCase(hub.table, subject.id))).toEqual(asMade(after));
  });

  it('closes the question that was open, so that nobody answers in vain and the workflow hears of it', async () => {
    const subject = await aCaseIn(hub, 'insurance', 'binding');
    await withdrawCase(hub, subject.id, {}, applicantOf(subject.id));
    expect(await readTask(hub.table, taskOf(subject))).toMatchObject({ status: 'closed', outcome: 'withdrawn' });
    const file = await readCaseFile(hub.table, subject.id);
    expect(file?.events.at(-1)).toMatchObject({ on: 'withdrawn', closedTask: taskOf(subject) });
    await expect(answer(hub, subject)).rejects.toMatchObject({ code: 'already-decided', params: { by: 'applicant' } });
  });

  it('while the workflow is stuck leaves no question behind', async () => {
    const subject = await aCaseIn(hub, 'need', 'verifying');
    await openTask(hub.table, {
      caseId: subject.id,
      stage: 'verifying',
      taskToken: 't',
      dueSeconds: 60,
      stuck: true,
    });
    await withdrawCase(hub, subject.id, {}, applicantOf(subject.id));
    const file = await readCaseFile(hub.table, subject.id);
    expect(file?.tasks.map(({ status }) => status)).toEqual(['closed', 'closed']);
    // the workflow waits for the mending to be answered
    expect(file?.events.at(-1)).toMatchObject({ closedTask: stuckTaskIdFor(subject, 1) });
  });

  it('once, whatever the number of the same requests, and not at all when goods are on their way', async () => {
    const subject = await aCaseIn(hub, 'need', 'verifying');
    const once = { scope: 'link x', key: 'withdraw', request: {} };
    const withdraw = () => withdrawCase(hub, subject.id, {}, applicantOf(subject.id), once);
    for (const after of await Promise.all([withdraw(), withdraw(), withdraw()])) expect(after.stage).toBe('withdrawn');
    expect((await readCaseFile(hub.table, subject.id))?.subject.decisions).toHaveLength(1);
    await expect(withdrawCase(hub, subject.id, {}, applicantOf(subject.id))).rejects.toMatchObject({
      code: 'stage-changed',
    });
    const going = await aCaseIn(hub, 'need', 'in-transit');
    await expect(withdrawCase(hub, going.id, {}, applicantOf(going.id))).rejects.toMatchObject({
      code: 'stage-changed',
    });
  });

  it('at the moment of an approval: the money is reserved or not, never half', async () => {
    const before = await available('fund');
    for (let round = 0; round < 4; round++) {
      const subject = await aCaseIn(hub, 'grant', 'approving');
      await Promise.allSettled([answer(hub, subject), withdrawCase(hub, subject.id, {}, applicantOf(subject.id))]);
      expect((await readCase(hub.table, subject.id))?.stage).toBe('withdrawn');
      expect(await available('fund')).toBe(before);
    }
  });

  it('is the one with the link, or a coordinator for one without e-mail', async () => {
    const subject = await submitted(hub, 'need');
    const other = await submitted(hub, 'need');
    await expect(withdrawCase(hub, subject.id, {}, applicantOf(other.id))).rejects.toMatchObject({ code: 'not-found' });
    await expect(withdrawCase(hub, subject.id, {}, by('hub-lead'))).rejects.toMatchObject({ code: 'forbidden' });
    await expect(withdrawCase(hub, subject.id, {}, by('funder-approver'))).rejects.toMatchObject({ code: 'not-found' });
    const contact = { name: '某某', phone: '027-0000 1234' };
    const offline = await submitted(hub, 'need', { contact });
    expect(await withdrawCase(hub, offline.id, {}, by('hub-coordinator'))).toMatchObject({
      decisions: [{ by: { member: 'hub-coordinator', onBehalf: true } }],
    });
  });
});

describe('amounts that become known', () => {
  const lines = [
    { item: '口罩', quantity: null },
    { item: '手套', quantity: null },
  ];

  it('are kept without asking anybody anew; the open question stays', async () => {
    const subject = await aCaseIn(hub, 'need', 'matching', { lines });
    const after = await amendNeed(hub, subject.id, { lines: [{ line: 'L1', quantity: 50 }] }, applicantOf(subject.id));
    expect(after).toMatchObject({ stage: 'matching', lines: [{ quantity: 50 }, { quantity: null }] });
    expect(await readTask(hub.table, taskOf(subject))).toMatchObject({ status: 'open' });
    expect((await readCaseFile(hub.table, subject.id))?.events.at(-1)).toMatchObject({ type: 'amended' });
  });

  it('all of them count that are given at the same moment', async () => {
    const subject = await aCaseIn(hub, 'need', 'matching', { lines });
    await Promise.all(
      ['L1', 'L2'].map((line, index) =>
        amendNeed(hub, subject.id, { lines: [{ line, quantity: 10 + index }] }, applicantOf(subject.id)),
      ),
    );
    expect(await readCase(hub.table, subject.id)).toMatchObject({ lines: [{ quantity: 10 }, { quantity: 11 }] });
  });

  it('of "enough" for every line close the need and its question', async () => {
    const subject = await aCaseIn(hub, 'need', 'matching', { lines });
    const enough = ['L1', 'L2'].map((line) => ({ line, enough: true }));
    const after = await amendNeed(hub, subject.id, { lines: enough }, applicantOf(subject.id));
    expect(after.stage).toBe('closed');
    expect(await readTask(hub.table, taskOf(subject))).toMatchObject({ status: 'closed', outcome: 'enough' });
  });

  it('are refused for lines that are not there, for other kinds, and when it is too late; nothing is changed then', async () => {
    const subject = await aCaseIn(hub, 'need', 'approving');
    const grant = await submitted(hub, 'grant');
    const before = await contentsOf(hub.table);
    const amend = (id: typeof subject.id, body: unknown) => amendNeed(hub, id, body, applicantOf(id));
    const body = { lines: [{ line: 'L1', quantity: 1 }] };
    await expect(amend(subject.id, body)).rejects.toMatchObject({ code: 'stage-changed' });
    await expect(amend(grant.id, body)).rejects.toMatchObject({ code: 'not-found' });
    await expect(amend(subject.id, { lines: [] })).rejects.toMatchObject({ code: 'invalid' });
    expect(await contentsOf(hub.table)).toEqual(before);
  });
});

describe('a workflow that is stuck', () => {
  it('goes on when the hub says so: who said it and how it was mended is kept, also when the case moved meanwhile', async () => {
    const subject = await aCaseIn(hub, 'need', 'verifying');
    await openTask(hub.table, {
      caseId: subject.id,
      stage: 'verifying',
      taskToken: 't',
      dueSeconds: 60,
      stuck: true,
    });
    await answer(hub, subject);
    const id = stuckTaskIdFor(subject, 1);
    const after = await decideTask(hub, id, { outcome: 'resumed', reason: '已修好' }, by('hub-lead'));
    expect(after.stage).toBe('matching');
    expect(after.decisions.at(-1)).toMatchObject({ outcome: 'resumed', reason: '已修好', by: { member: 'hub-lead' } });
    const file = await readCaseFile(hub.table, subject.id);
    expect(file?.events.at(-1)).toMatchObject({ type: 'resumed', closedTask: id });
    expect(file?.tasks.every(({ status }) => status === 'closed')).toBe(true);
  });
});
