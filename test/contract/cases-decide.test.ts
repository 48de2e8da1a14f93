import { describe, expect, it } from 'vitest';
import { makeOffer } from '../../shared/case/catalogue.ts';
import { decideTask } from '../../shared/case/decide.ts';
import { rosterOf } from '../../shared/case/roster.ts';
import { kinds, OfferId, ProgrammeId } from '../../shared/domain/ids.ts';
import type { Case } from '../../shared/kinds/case.ts';
import { edgesFrom, lifecycleOf } from '../../shared/kinds/lifecycle.ts';
import { readCase, readCaseFile } from '../../shared/store/cases.ts';
import type { Hub } from '../../shared/store/hub.ts';
import { readOffer } from '../../shared/store/offers.ts';
import { readProgramme } from '../../shared/store/programmes.ts';
import { inbox, readTask } from '../../shared/store/tasks.ts';
import { carryOn } from '../engine/carry-on.ts';
import { contentsOf } from '../engine/contents.ts';
import { withFundedHub } from '../engine/funded-hub.ts';
import { asMade } from '../factory/cases.ts';
import {
  aCaseIn,
  answer,
  answerWith,
  applicantOf,
  aVolunteer,
  by,
  day,
  openProgramme,
  person,
  straightAnswers,
  submitted,
  taskOf,
} from '../factory/hub.ts';

let hub: Hub;
withFundedHub((made) => {
  hub = made;
});

/** What answers other than the straight way's look like. */
const bodies: Readonly<Record<string, (other: Case) => object>> = {
  merged: (other) => ({ outcome: 'merged', reason: '重复', into: other.id }),
  'changes-requested': () => ({ outcome: 'changes-requested', reason: '请补充' }),
  rejected: () => ({ outcome: 'rejected', reason: '不符合' }),
  declined: () => ({ outcome: 'declined', reason: '没有库存' }),
  'called-off': () => ({ outcome: 'called-off', reason: '没有库存' }),
  'not-arrived': () => ({ outcome: 'not-arrived', reason: '没有库存' }),
  'report-returned': () => ({ outcome: 'report-returned', reason: '请附发票' }),
  'not-recommended': () => ({ outcome: 'not-recommended', reason: '不符合' }),
  paid: () => ({ outcome: 'paid', paidOn: day(0), reference: 'T1', reason: '不符合' }),
  'payment-failed': () => ({ outcome: 'payment-failed', reason: '不符合' }),
  stopped: () => ({ outcome: 'stopped', reason: '不符合' }),
  'entry-corrected': () => ({ outcome: 'entry-corrected', entry: 'E1', on: day(0), reference: 'T2', reason: '重复' }),
  'waiver-asked': () => ({ outcome: 'waiver-asked', reason: '不符合' }),
  'still-owed': () => ({ outcome: 'still-owed', reason: '请附发票' }),
};

const asked = kinds.flatMap((kind) =>
  Object.keys(straightAnswers[kind])
    .filter((stage) => stage !== 'changes-requested' && stage !== 'confirming' && stage !== 'second-approval')
    .flatMap((stage) =>
      [
        ...new Set(
          edgesFrom(kind, stage)
            .filter(({ by }) => by !== 'workflow')
            .map(({ on }) => on),
        ),
      ]
        .filter((on) => on !== 'withdrawn' && on !== 'given-up' && on !== 'enough')
        .map((on) => [kind, stage, on] as const),
    ),
);

describe('an answer', () => {
  it.each(asked)(
    '%s in %s: %s moves the case as the lifecycle says, closes the task and is kept with its reason',
    async (kind, stage, on) => {
      const subject = await aCaseIn(hub, kind, stage);
      const before = await readTask(hub.table, taskOf(subject));
      const straight = straightAnswers[kind][stage];
      const other = bodies[on]?.(await submitted(hub, 'need'));
      const after = await answerWith(hub, subject, other ?? { ...straight?.body, reason: '因为' });
      const file = await readCaseFile(hub.table, subject.id);
      expect(asMade(file?.subject)).toEqual(asMade(after));
      expect(lifecycleOf(kind)).toContainEqual(expect.objectContaining({ from: stage, on, to: after.stage }));
      const event = file?.events.at(-1);
      expect(event).toMatchObject({
        type: 'stage-changed',
        from: stage,
        stage: after.stage,
        on,
        closedTask: before?.id,
      });
      expect(JSON.stringify(event)).not.toMatch(/因为|请补充|不符合|重复|没有库存|发票/);
      expect(after.decisions.at(-1)).toMatchObject({
        stage,
        outcome: on,
        version: event?.version,
        reason: other ? expect.any(String) : '因为',
      });
      const task = await readTask(hub.table, taskOf(subject));
      expect(task).toMatchObject({ status: 'closed', outcome: on, closedAt: event?.at });
      if (before?.assignee.type === 'party') {
        const { items } = await inbox(
          hub.table,
          { party: before.assignee.party, roles: before.assignee.roles },
          undefined,
          100,
        );
        expect(items.map(({ id }) => id)).not.toContain(before.id);
      }
    },
  );

  it('that the task does not know, or is malformed, changes nothing', async () => {
    const subject = await aCaseIn(hub, 'need', 'verifying');
    const before = await contentsOf(hub.table);
    const decide = (body: unknown) => decideTask(hub, taskOf(subject), body, by('hub-coordinator'));
    for (const body of [{ outcome: 'approved' }, { outcome: 'withdrawn' }, { outcome: 3 }, {}, null, 'verified']) {
      await expect(decide(body)).rejects.toMatchObject({ code: 'unknown-outcome' });
    }
    for (const body of [
      { outcome: 'rejected' },
      { outcome: 'verified', extra: 1 },
      { outcome: 'verified', lines: [{ line: 'L9', quantity: 1 }] },
    ]) {
      await expect(decide(body)).rejects.toMatchObject({ code: 'invalid' });
    }
    expect(await contentsOf(hub.table)).toEqual(before);
  });

  it('comes only from those who are asked', async () => {
    const subject = await aCaseIn(hub, 'grant', 'approving');
    const body = { outcome: 'approved' };
    for (const id of ['hub-coordinator', 'funder-finance', 'funder-reviewer', 'auditor']) {
      await expect(decideTask(hub, taskOf(subject), body, by(id))).rejects.toMatchObject({ code: 'forbidden' });
    }
    // whoever has no part in the case is not even told that it is there
    for (const id of ['other-funder-approver', 'insurer', 'org-manager', 'operator']) {
      await expect(decideTask(hub, taskOf(subject), body, by(id))).rejects.toMatchObject({ code: 'not-found' });
    }
    const other = await submitted(hub, 'need');
    for (const id of [subject.id, other.id]) {
      await expect(decideTask(hub, taskOf(subject), body, applicantOf(id))).rejects.toMatchObject({
        code: 'not-found',
      });
    }
    expect((await readCase(hub.table, subject.id))?.stage).toBe('approving');
  });
});

describe('two people who answer at once', () => {
  it('are told apart: one answer counts, and the other person is told who decided what and when', async () => {
    const subject = await aCaseIn(hub, 'need', 'verifying');
    const both = await Promise.allSettled([
      decideTask(hub, taskOf(subject), { outcome: 'verified' }, by('hub-coordinator')),
      decideTask(hub, taskOf(subject), { outcome: 'rejected', reason: '重复' }, by('hub-lead')),
    ]);
    const won = both.findIndex(({ status }) => status === 'fulfilled');
    const lost = both[1 - won];
    const after = await readCase(hub.table, subject.id);
    const decision = after?.decisions.at(-1);
    if (lost?.status !== 'rejected') throw new Error('both won');
    expect(lost.reason).toMatchObject({
      code: 'already-decided',
      params: { by: decision?.name, outcome: decision?.outcome, at: decision?.at },
    });
    expect(after?.decisions).toHaveLength(1);
    expect(after?.stage).toBe(won === 0 ? 'matching' : 'rejected');
    // later too, and by a person of another stage
    await expect(
      decideTask(hub, taskOf(subject), { outcome: 'verified' }, by('hub-coordinator')),
    ).rejects.toMatchObject({ code: 'already-decided' });
  });

  it('with one idempotency key are one: each gets the case', async () => {
    const subject = await aCaseIn(hub, 'need', 'verifying');
    const once = { scope: 'member hub-coordinator', key: 'decide', request: { outcome: 'verified' } };
    const decide = () => decideTask(hub, taskOf(subject), { outcome: 'verified' }, by('hub-coordinator'), once);
    const answers = await Promise.all([decide(), decide(), decide(), decide()]);
    for (const answer of answers) expect(answer).toMatchObject({ id: subject.id, stage: 'matching' });
    expect(await decide()).toMatchObject({ stage: 'matching' });
    expect((await readCase(hub.table, subject.id))?.decisions).toHaveLength(1);
  });
});

describe('where two people are needed', () => {
  const ask = { outcome: 'changes-requested', reason: '请补充' };
  const resubmit = (subject: Case) =>
    decideTask(hub, taskOf(subject), { outcome: 'resubmitted' }, applicantOf(subject.id));

  it('nobody approves what they reviewed, also when changes were requested and made in between', async () => {
    const subject = await aCaseIn(hub, 'grant', 'reviewing');
    await decideTask(hub, taskOf(subject), { outcome: 'recommended', score: 90 }, by('many-roles'));
    const approving = await carryOn(hub, subject.id);
    const same = { code: 'same-person' };
    await expect(decideTask(hub, taskOf(approving), { outcome: 'approved' }, by('many-roles'))).rejects.toMatchObject(
      same,
    );
    await decideTask(hub, taskOf(approving), ask, by('funder-approver'));
    await resubmit(await carryOn(hub, subject.id));
    const again = await carryOn(hub, subject.id);
    expect(again.stage).toBe('approving');
    await expect(decideTask(hub, taskOf(again), { outcome: 'approved' }, by('many-roles'))).rejects.toMatchObject(same);
    await decideTask(hub, taskOf(again), { outcome: 'approved' }, by('funder-approver'));
  });

  it('nobody gives both approvals, also when changes were requested and made in between', async () => {
    const budget = [{ description: '油费', amount: 400_000 }];
    const subject = await aCaseIn(hub, 'grant', 'second-approval', { budget });
    const same = { code: 'same-person' };
    await expect(
      decideTask(hub, taskOf(subject), { outcome: 'approved' }, by('funder-approver')),
    ).rejects.toMatchObject(same);
    await decideTask(hub, taskOf(subject), ask, by('funder-second-approver'));
    await resubmit(await carryOn(hub, subject.id));
    const again = await carryOn(hub, subject.id);
    expect(again.stage).toBe('second-approval');
    await expect(decideTask(hub, taskOf(again), { outcome: 'approved' }, by('funder-approver'))).rejects.toMatchObject(
      same,
    );
    expect(await answer(hub, again)).toMatchObject({ stage: 'agreement', award: { amount: 400_000 } });
  });
});

describe('a programme’s budget', () => {
  it('is not overcommitted by approvals at the same moment, and each refused approver is told what is left', async () => {
    await openProgramme(hub, { id: 'scarce', budget: 250_000, ceiling: 200_000 });
    const cases: Case[] = [];
    for (let index = 0; index < 4; index++)
      cases.push(await aCaseIn(hub, 'grant', 'approving', { programme: 'scarce' }));
    const answers = await Promise.allSettled(cases.map((subject) => answer(hub, subject)));
    const refused = answers.flatMap((one) => (one.status === 'rejected' ? [one.reason] : []));
    expect(refused).toHaveLength(2);
    for (const reason of refused) expect(reason).toMatchObject({ code: 'budget-exceeded' });
    expect((await readProgramme(hub.table, ProgrammeId.parse('scarce')))?.available).toBe(50_000);
    for (const subject of cases) {
      const after = await readCase(hub.table, subject.id);
      const task = await readTask(hub.table, taskOf(subject));
      expect([after?.stage, task?.status]).toEqual(
        after?.stage === 'agreement' ? ['agreement', 'closed'] : ['approving', 'open'],
      );
    }
  });

  it('gets back what was reserved when the second approver rejects', async () => {
    await openProgramme(hub, { id: 'second', budget: 400_000, ceiling: 400_000 });
    const budget = [{ description: '油费', amount: 400_000 }];
    const subject = await aCaseIn(hub, 'grant', 'second-approval', { programme: 'second', budget });
    expect((await readProgramme(hub.table, ProgrammeId.parse('second')))?.available).toBe(0);
    await decideTask(hub, taskOf(subject), { outcome: 'rejected', reason: '不符合' }, by('funder-second-approver'));
    expect((await readProgramme(hub.table, ProgrammeId.parse('second')))?.available).toBe(400_000);
  });
});

describe('what a donor does not give', () => {
  it('goes on as a linked need that is made in the same transaction, and the offer has less', async () => {
    const offer = await makeOffer(hub, { title: '口罩', itemGroup: 'masks', amount: 1000 }, person('funder-approver'));
    const subject = await aCaseIn(hub, 'need', 'matching');
    await answer(hub, subject, { offer: offer.id });
    const approving = await carryOn(hub, subject.id);
    const after = await answer(hub, approving, { lines: [{ line: 'L1', quantity: 60 }] });
    const [childId] = after.children;
    if (!childId) throw new Error('no linked need');
    const child = await readCaseFile(hub.table, childId);
    expect(child?.subject).toMatchObject({ stage: 'matching', parent: subject.id, lines: [{ quantity: 40 }] });
    expect(child?.events).toMatchObject([{ type: 'submitted', parent: subject.id, stage: 'matching' }]);
    expect((await readOffer(hub.table, OfferId.parse(offer.id)))?.available).toBe(940);
    const file = await readCaseFile(hub.table, subject.id);
    expect(file?.events.at(-1)).toMatchObject({ on: 'approved', children: [childId] });
  });

  it('is refused as a whole when the offer has too little: no linked need, the task stays open', async () => {
    const offer = await makeOffer(hub, { title: '口罩', itemGroup: 'masks', amount: 150 }, person('funder-approver'));
    const both: Case[] = [];
    for (let index = 0; index < 2; index++) {
      const subject = await aCaseIn(hub, 'need', 'matching');
      await answer(hub, subject, { offer: offer.id });
      both.push(await carryOn(hub, subject.id));
    }
    const answers = await Promise.allSettled(both.map((subject) => answer(hub, subject)));
    const lost = answers.findIndex(({ status }) => status === 'rejected');
    expect(answers[lost]).toMatchObject({ reason: { fields: [{ pointer: '/lines', code: 'offer-exceeded' }] } });
    expect(answers.filter(({ status }) => status === 'rejected')).toHaveLength(1);
    const subject = both[lost];
    expect(subject && (await readCase(hub.table, subject.id))).toMatchObject({ stage: 'approving', children: [] });
    expect((await readOffer(hub.table, OfferId.parse(offer.id)))?.available).toBe(50);
  });
});

describe('a coordinator', () => {
  it('is matched to no offer of which nothing is left, or whose last day is over', async () => {
    const open = { title: '口罩', itemGroup: 'masks', amount: 100 };
    const used = await makeOffer(hub, open, person('funder-approver'));
    const over = await makeOffer(hub, { ...open, expiresOn: day(0) }, person('funder-approver'));
    const first = await aCaseIn(hub, 'need', 'matching');
    await answer(hub, first, { offer: used.id });
    await answer(hub, await carryOn(hub, first.id));
    const subject = await aCaseIn(hub, 'need', 'matching');
    const refused = { fields: [{ pointer: '/offer', code: 'not-a-choice' }] };
    await expect(answer(hub, subject, { offer: used.id })).rejects.toMatchObject(refused);
    const real = Date.now;
    Date.now = () => real() + 2 * 86_400_000;
    try {
      await expect(answer(hub, subject, { offer: over.id })).rejects.toMatchObject(refused);
    } finally {
      Date.now = real;
    }
    expect(await answer(hub, subject, { offer: over.id })).toMatchObject({ stage: 'approving' });
  });

  it('can match a need to a donor only, and to that donor’s offers', async () => {
    const subject = await aCaseIn(hub, 'need', 'matching');
    const offer = await makeOffer(
      hub,
      { title: '口罩', itemGroup: 'masks', amount: 1 },
      person('other-funder-approver'),
    );
    for (const donor of ['insurer', 'hub', 'no-such']) {
      await expect(answer(hub, subject, { donor })).rejects.toMatchObject({
        fields: [{ pointer: '/donor', code: 'not-found' }],
      });
    }
    await expect(answer(hub, subject, { offer: offer.id })).rejects.toMatchObject({ fields: [{ pointer: '/offer' }] });
  });

  it('can merge a need into one that goes on, not into one that has ended or into itself', async () => {
    const subject = await aCaseIn(hub, 'need', 'verifying');
    const ended = await aCaseIn(hub, 'need', 'verifying');
    await decideTask(hub, taskOf(ended), { outcome: 'rejected', reason: '重复' }, by('hub-lead'));
    const merge = (into: string) =>
      decideTask(hub, taskOf(subject), { outcome: 'merged', reason: '重复', into }, by('hub-lead'));
    for (const into of [ended.id, subject.id, 'N000000000']) {
      await expect(merge(into)).rejects.toMatchObject({ fields: [{ pointer: '/into', code: 'not-found' }] });
    }
    const open = await submitted(hub, 'need');
    expect(await merge(open.id)).toMatchObject({ stage: 'merged', mergedInto: open.id });
  });
});

describe('an insurance request that is sent again', () => {
  async function sentBack() {
    const subject = await aCaseIn(hub, 'insurance', 'approving');
    await decideTask(hub, taskOf(subject), { outcome: 'changes-requested', reason: '请补充' }, by('hub-lead'));
    const back = await carryOn(hub, subject.id);
    const send = (changes: object) =>
      decideTask(hub, taskOf(back), { outcome: 'resubmitted', changes }, applicantOf(subject.id));
    return { send, subject };
  }

  it('has the new volunteers, for good, and those whose place they took go', async () => {
    const { send, subject } = await sentBack();
    const expiring = async (one: Case) => {
      if (one.kind !== 'insurance') throw new Error('no insurance request');
      const rows = (await contentsOf(hub.table)).filter(({ pk }) => pk === `ROSTER#${one.roster.id}`);
      return rows.map(({ expires }) => typeof expires === 'number' && expires * 1000 <= Date.now());
    };
    expect(await expiring(subject)).toEqual([false]);
    const volunteers = [aVolunteer()];
    const after = await send({ volunteers });
    if (after.kind !== 'insurance') throw new Error('no insurance request');
    expect(after.roster.count).toBe(1);
    expect(await rosterOf(hub, after)).toEqual(volunteers);
    expect([await expiring(subject), await expiring(after)]).toEqual([[true], [false]]);
  });

  it('is checked for its new days as at first, with the volunteers it has', async () => {
    const { send } = await sentBack();
    const before = await contentsOf(hub.table);
    for (const [changes, code] of [
      [{ coverTo: day(400) }, 'too-long-cover'],
      [{ coverTo: day(0) }, 'before-start'],
      [{ coverFrom: day(-3) }, 'in-the-past'],
      [{ volunteers: [{}] }, 'required'],
    ] as const) {
      const refused = await send(changes).catch((error: unknown) => error);
      expect(refused).toMatchObject({
        code: 'invalid',
        fields: expect.arrayContaining([expect.objectContaining({ code })]),
      });
    }
    expect(await contentsOf(hub.table)).toEqual(before);
    expect(await send({ coverTo: day(40) })).toMatchObject({
      stage: 'approving',
      coverTo: day(40),
      roster: { count: 2 },
    });
  });
});

describe('a case of much text', () => {
  const lines = Array.from({ length: 200 }, () => ({ item: '口罩', specification: '规'.repeat(270), quantity: 1000 }));

  it('is carried to its end with the longest answers, since none can push it over what the table takes', async () => {
    let subject = await aCaseIn(hub, 'need', 'verifying', { lines });
    const reason = '理'.repeat(2000);
    const lots = Array.from({ length: 500 }, (_, index) => ({
      line: `L${(index % 200) + 1}`,
      lot: '批'.repeat(60),
      quantity: 5,
    }));
    for (const stage of ['verifying', 'matching', 'approving', 'dispatching', 'in-transit', 'reporting']) {
      expect(subject.stage).toBe(stage);
      await answer(hub, subject, {
        reason,
        ...(stage === 'dispatching' && { lots, note: '备'.repeat(500) }),
        ...(stage === 'reporting' && { report: '告'.repeat(5000) }),
      });
      subject = await carryOn(hub, subject.id);
    }
    expect(subject.stage).toBe('closed');
  });

  it('is not asked for more and more: that is refused with a clear word while there is room to end it', async () => {
    let subject = await aCaseIn(hub, 'need', 'verifying', { lines });
    const reason = '理'.repeat(2000);
    const ask = () => decideTask(hub, taskOf(subject), { outcome: 'changes-requested', reason }, by('hub-lead'));
    const rounds = async () => {
      for (let round = 0; round < 20; round++) {
        await ask();
        subject = await carryOn(hub, subject.id);
        await answer(hub, subject);
        subject = await carryOn(hub, subject.id);
      }
    };
    await expect(rounds()).rejects.toMatchObject({ code: 'invalid', fields: [{ code: 'too-much-text' }] });
    const task = await readTask(hub.table, taskOf(subject));
    if (subject.stage === 'verifying' && task?.status === 'open') {
      expect(await decideTask(hub, task.id, { outcome: 'rejected', reason }, by('hub-lead'))).toMatchObject({
        stage: 'rejected',
      });
    }
  });
});
