import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { readInbox } from '../../functions/console/lists/read-inbox.ts';
import type { ActingMember } from '../../shared/answering/acting.ts';
import { declareInterest } from '../../shared/answering/interests.ts';
import { personKey } from '../../shared/answering/person-key.ts';
import { nameStandIn, revokeStandIn } from '../../shared/answering/stand-ins.ts';
import { actBeside, besidesFor } from '../../shared/case/act-beside.ts';
import { withdrawCase } from '../../shared/case/applicant-actions.ts';
import { decideTask } from '../../shared/case/decide.ts';
import { Rejected, Retryable } from '../../shared/domain/errors.ts';
import { MemberId, type ProgrammeId } from '../../shared/domain/ids.ts';
import type { Member } from '../../shared/domain/party.ts';
import type { Case } from '../../shared/kinds/case.ts';
import { figuresOf } from '../../shared/kinds/grant/money.ts';
import { besideOf, endStages } from '../../shared/kinds/lifecycle.ts';
import { readCase } from '../../shared/store/cases.ts';
import type { Hub } from '../../shared/store/hub.ts';
import { keys } from '../../shared/store/keys.ts';
import { saveMember } from '../../shared/store/parties.ts';
import { countAllFigures, readProgramme } from '../../shared/store/programmes.ts';
import { batchDelete, toItem, transact } from '../../shared/store/table.ts';
import { readTask } from '../../shared/store/tasks.ts';
import { carryOn } from '../engine/carry-on.ts';
import { type HubStand, startHub } from '../engine/hub-stand.ts';
import {
  aCaseIn,
  answer,
  answerWith,
  applicantOf,
  broughtTo,
  by,
  day,
  openProgramme,
  person,
  submitted,
  taskOf,
} from '../factory/hub.ts';

let stand: HubStand;
let hub: Hub;
beforeAll(async () => {
  vi.spyOn(console, 'log').mockImplementation(() => {});
  stand = await startHub();
  hub = stand.hub;
});
afterAll(() => stand.stop());

const member = (id: string): ActingMember => ({ type: 'member', member: person(id) });

async function programme(changes: object = {}): Promise<ProgrammeId> {
  return (await openProgramme(hub, { budget: 1_000_000, ...changes })).id;
}

async function figures(id: ProgrammeId) {
  const found = await readProgramme(hub.table, id);
  if (!found) throw new Error(`no programme ${id}`);
  const { available, reserved, paid, returned, budget } = found;
  expect(available + reserved + paid - returned).toBe(budget);
  return { available, reserved, paid, returned };
}

/** A grant of 100,000 fen, of which 60,000 were spent and the report was accepted. */
async function unspent(id: ProgrammeId): Promise<Case> {
  const subject = await aCaseIn(hub, 'grant', 'delivering', { programme: id });
  await answer(hub, subject, { spent: 60_000 });
  await carryOn(hub, subject.id);
  await answer(hub, (await readCase(hub.table, subject.id)) ?? subject);
  return carryOn(hub, subject.id);
}

const back = (amount: number, more: object = {}) => ({
  outcome: 'returned',
  amount,
  returnedOn: day(0),
  reference: 'R1',
  ...more,
});
const refusalOf = (deed: Promise<unknown>) =>
  deed.then(
    () => 'taken',
    (error: unknown) => (error instanceof Rejected ? error.code : error),
  );

describe('money that was not spent', () => {
  it('is the programme’s again once the report is accepted, and is asked back from the grantee until all of it came', async () => {
    const id = await programme();
    const subject = await unspent(id);
    expect(subject).toMatchObject({ stage: 'returning', owed: { amount: 40_000, because: 'unspent' } });
    expect(await figures(id)).toEqual({ available: 940_000, reserved: 0, paid: 100_000, returned: 40_000 });
    await answerWith(hub, subject, back(15_000));
    const part = await carryOn(hub, subject.id);
    expect(part.stage).toBe('returning');
    expect(await figures(id)).toMatchObject({ available: 940_000, returned: 40_000 });
    await expect(answerWith(hub, part, back(25_001))).rejects.toMatchObject({
      fields: [{ pointer: '/amount', code: 'too-big', params: { maximum: 25_000 } }],
    });
    const closed = await answerWith(hub, part, back(25_000));
    expect(closed).toMatchObject({
      stage: 'closed',
      entries: [{ id: 'E1' }, { id: 'E2' }, { id: 'E3', what: 'return' }],
    });
    expect(await figures(id)).toEqual({ available: 940_000, reserved: 0, paid: 100_000, returned: 40_000 });
  });

  it('is not let go where it was granted to others meanwhile', async () => {
    const id = await programme({ budget: 200_000, ceiling: 200_000 });
    const subject = await unspent(id);
    await aCaseIn(hub, 'grant', 'disbursing', { programme: id });
    await answerWith(hub, subject, { outcome: 'waiver-asked', reason: '已用于口罩' });
    expect(await figures(id)).toMatchObject({ available: 40_000 });
    await aCaseIn(hub, 'grant', 'disbursing', { programme: id, budget: [{ description: '汽油', amount: 30_000 }] });
    expect(await refusalOf(answer(hub, await carryOn(hub, subject.id)))).toBe('budget-exceeded');
    expect(await figures(id)).toMatchObject({ available: 10_000, returned: 40_000 });
  });

  it('may be told by a report that whoever reviewed the application accepts: finance closes it, and nobody alone', async () => {
    const id = await programme();
    const accept = async (spent: number) => {
      const subject = await aCaseIn(hub, 'grant', 'delivering', { programme: id });
      await answer(hub, subject, { spent });
      const reporting = await carryOn(hub, subject.id);
      return refusalOf(decideTask(hub, taskOf(reporting), { outcome: 'report-accepted' }, by('funder-reviewer')));
    };
    expect(await accept(60_000)).toBe('taken');
    expect(await accept(100_000)).toBe('same-person');
  });

  it('stays owed until an approver agrees to what finance asks, and stays paid where it is not claimed back', async () => {
    const id = await programme();
    const subject = await unspent(id);
    const ask = { outcome: 'waiver-asked', amount: 30_000, reason: '已用于口罩' };
    await answerWith(hub, subject, ask);
    let now = await carryOn(hub, subject.id);
    expect(now).toMatchObject({ stage: 'waiving', waiver: 30_000 });
    await answerWith(hub, now, { outcome: 'still-owed', reason: '没有票据' });
    now = await carryOn(hub, subject.id);
    expect(now.stage).toBe('returning');
    await answerWith(hub, now, ask);
    await answer(hub, await carryOn(hub, subject.id));
    now = await carryOn(hub, subject.id);
    expect(now.stage).toBe('returning');
    expect(await answerWith(hub, now, back(10_000))).toMatchObject({ stage: 'closed' });
    expect(await figures(id)).toEqual({ available: 910_000, reserved: 0, paid: 100_000, returned: 10_000 });
  });
});

describe('who touches the money of a grant', () => {
  it('did not approve it, also in another’s place; and whoever asks for a waiver does not grant it', async () => {
    const id = await programme();
    const approving = await aCaseIn(hub, 'grant', 'approving', { programme: id });
    const standIn = { standIn: personKey(person('funder-finance').id), from: day(0), to: day(3) };
    await nameStandIn(hub.table, standIn, member('funder-approver'), 'console');
    // finance approves in the approver's place: both count, and neither pays
    await decideTask(hub, taskOf(approving), { outcome: 'approved' }, by('funder-finance'));
    const agreed = await broughtTo(hub, approving, 'disbursing');
    const paid = { outcome: 'paid', paidOn: day(0), reference: 'T1' };
    expect(await refusalOf(decideTask(hub, taskOf(agreed), paid, by('funder-finance')))).toBe('same-person');
    expect(await readTask(hub.table, taskOf(agreed))).toMatchObject({
      assignee: { party: 'river-foundation', roles: ['programme-manager'], nobody: true },
    });
    expect(await figures(id)).toMatchObject({ reserved: 100_000, paid: 0 });

    const owing = await unspent(await programme());
    await answerWith(hub, owing, { outcome: 'waiver-asked', reason: '已用于口罩' });
    const waiving = await carryOn(hub, owing.id);
    const granted = decideTask(hub, taskOf(waiving), { outcome: 'waived' }, by('funder-finance'));
    expect(await refusalOf(granted)).toMatch(/same-person/);
  });

  it.each([
    ['approved it, and has the role of finance too', 'approving', 100_000],
    ['was the second to approve it, and has the role of finance too', 'second-approval', 400_000],
  ])('is not who %s: another of finance pays', async (_who, stage, amount) => {
    const id = await programme();
    const both = {
      ...person('funder-second-approver'),
      id: MemberId.parse(`both-${stage}`),
      email: `both-${stage}@example.org`,
      roles: ['approver', 'finance'],
    } satisfies Member;
    await saveMember(hub.table, both);
    const acts = { type: 'member', member: both } as const;
    const subject = await aCaseIn(hub, 'grant', stage, { programme: id, budget: [{ description: '油费', amount }] });
    await decideTask(hub, taskOf(subject), { outcome: 'approved' }, acts);
    const agreed = await broughtTo(hub, subject, 'disbursing');
    const paid = { outcome: 'paid', paidOn: day(0), reference: 'T1' };
    expect(await refusalOf(decideTask(hub, taskOf(agreed), paid, acts))).toBe('same-person');
    expect(await figures(id)).toMatchObject({ reserved: amount, paid: 0 });
    expect(await refusalOf(decideTask(hub, taskOf(agreed), paid, by('funder-finance')))).toBe('taken');
    await batchDelete(hub.table, [keys.member(both.id, both.party), keys.memberOfParty(both.party, both.id)]);
  });

  it('is not the second approver in the place of finance', async () => {
    const id = await programme();
    const budget = [{ description: '油费', amount: 400_000 }];
    const agreed = await aCaseIn(hub, 'grant', 'disbursing', { programme: id, budget });
    expect(agreed.decisions.map(({ stage }) => stage)).toContain('second-approval');
    const standIn = { standIn: personKey(person('funder-second-approver').id), from: day(0), to: day(0) };
    const named = await nameStandIn(hub.table, standIn, member('funder-finance'), 'console');
    const paid = { outcome: 'paid', paidOn: day(0), reference: 'T1' };
    expect(await refusalOf(decideTask(hub, taskOf(agreed), paid, by('funder-second-approver')))).toBe('same-person');
    await revokeStandIn(hub.table, named, member('funder-finance'), 'console');
    expect(await figures(id)).toMatchObject({ reserved: 400_000, paid: 0 });
  });

  it('is nobody of a hub, also where nobody of the funder may: it neither approves nor pays, nor is it asked', async () => {
    const id = await programme();
    const refusals = async (subject: Case, body: object) => {
      expect(await readTask(hub.table, taskOf(subject))).toMatchObject({
        assignee: { party: 'river-foundation', roles: ['programme-manager'], nobody: true },
      });
      const hubs = ['hub-lead', 'hub-coordinator'];
      const asked = await Promise.all(
        hubs.map(async (who) => (await readInbox(hub, person(who), {})).rows.map(({ task }) => task.id)),
      );
      expect(asked.flat()).not.toContain(taskOf(subject));
      return Promise.all(hubs.map((who) => refusalOf(decideTask(hub, taskOf(subject), body, by(who)))));
    };
    const budget = [{ description: '油费', amount: 400_000 }];
    const second = await aCaseIn(hub, 'grant', 'second-approval', { programme: id, budget });
    for (const who of ['funder-second-approver', 'many-roles'])
      await declareInterest(hub, second.id, { reason: 'close-person' }, member(who));
    expect(await refusals(second, { outcome: 'approved' })).toEqual(['forbidden', 'forbidden']);
    const agreed = await aCaseIn(hub, 'grant', 'disbursing', { programme: id });
    await declareInterest(hub, agreed.id, { reason: 'close-person' }, member('funder-finance'));
    const paid = { outcome: 'paid', paidOn: day(0), reference: 'T1' };
    expect(await refusals(agreed, paid)).toEqual(['forbidden', 'forbidden']);
    expect(await figures(id)).toMatchObject({ reserved: 500_000, paid: 0 });
  });

  it('may be a colleague who stands in for finance, but none who approved it or has an interest in it', async () => {
    const id = await programme();
    const fix = { outcome: 'entry-corrected', entry: 'E1', on: day(0), reference: 'T2', reason: '抄错' };
    const paid = await aCaseIn(hub, 'grant', 'delivering', { programme: id });
    const kin = await aCaseIn(hub, 'grant', 'delivering', { programme: id });
    const owing = await unspent(id);
    const [reviewer, approver] = [member('funder-reviewer'), member('funder-approver')];
    await declareInterest(hub, kin.id, { reason: 'close-person' }, reviewer);
    const mayFix = async (subject: Case, who: ActingMember) => {
      const now = (await readCase(hub.table, subject.id)) ?? subject;
      return (await besidesFor(hub.table, now, who)).includes('entry-corrected');
    };
    const fixed = (subject: Case, who: ActingMember) => refusalOf(actBeside(hub, subject.id, fix, who));
    const returned = (who: ActingMember) => refusalOf(decideTask(hub, taskOf(owing), back(15_000), who));
    const inPlaceOfFinance = async (who: ActingMember, deeds: () => Promise<void>) => {
      const naming = { standIn: personKey(who.member.id), from: day(0), to: day(0) };
      const named = await nameStandIn(hub.table, naming, member('funder-finance'), 'console');
      await deeds();
      await revokeStandIn(hub.table, named, member('funder-finance'), 'console');
    };

    expect([await mayFix(paid, reviewer), await fixed(paid, reviewer), await returned(reviewer)]).toEqual([
      false,
      'forbidden',
      'forbidden',
    ]);
    await inPlaceOfFinance(approver, async () => {
      expect(await mayFix(paid, approver)).toBe(false);
      expect([await fixed(paid, approver), await returned(approver)]).toEqual(['same-person', 'same-person']);
    });
    await inPlaceOfFinance(reviewer, async () => {
      expect([await mayFix(paid, reviewer), await mayFix(kin, reviewer)]).toEqual([true, false]);
      expect(await fixed(kin, reviewer)).toBe('interest-declared');
      expect([await fixed(paid, reviewer), await returned(reviewer)]).toEqual(['taken', 'taken']);
    });
    expect(await mayFix(paid, reviewer)).toBe(false);
    const standInFor = person('funder-finance').id;
    for (const [subject, outcome] of [
      [paid, 'entry-corrected'],
      [owing, 'returned'],
    ] as const) {
      const now = await readCase(hub.table, subject.id);
      expect(now?.decisions.at(-1)).toMatchObject({ outcome, by: { member: reviewer.member.id, standInFor } });
    }
    expect(await figures(id)).toMatchObject({ paid: 300_000, returned: 40_000 });
  });

  it('corrects a wrong entry by a second one, and both stay', async () => {
    const id = await programme();
    const subject = await aCaseIn(hub, 'grant', 'delivering', { programme: id });
    const task = taskOf(subject);
    const fix = { outcome: 'entry-corrected', entry: 'E1', on: day(0), reference: 'T2', reason: '抄错' };
    const after = await answerWith(hub, subject, fix);
    expect(after).toMatchObject({
      stage: 'delivering',
      payment: { reference: 'T2' },
      entries: [
        { id: 'E1', reference: 'T1' },
        { id: 'E2', what: 'payment', reference: 'T2', corrects: 'E1' },
      ],
    });
    expect(after.decisions.at(-1)).toMatchObject({ outcome: 'entry-corrected', reason: '抄错' });
    // the grantee is still asked the same question, and no money moved
    expect(await readTask(hub.table, task)).toMatchObject({ status: 'open' });
    expect(await figures(id)).toMatchObject({ paid: 100_000, reserved: 0 });
    await expect(answerWith(hub, after, fix)).rejects.toMatchObject({
      fields: [{ pointer: '/entry', code: 'not-found' }],
    });
  });

  it('writes days that fit the case: a payment not before the agreement, a return not before the payment, none after today', async () => {
    const id = await programme();
    const subject = await aCaseIn(hub, 'grant', 'disbursing', { programme: id });
    const pay = (paidOn: string) => answerWith(hub, subject, { outcome: 'paid', paidOn, reference: 'T1' });
    await expect(pay('2020-01-01')).rejects.toMatchObject({
      fields: [{ pointer: '/paidOn', code: 'too-early', params: { date: day(0) } }],
    });
    await expect(pay(day(1))).rejects.toMatchObject({ fields: [{ pointer: '/paidOn', code: 'in-the-future' }] });
    const owing = await unspent(id);
    for (const [returnedOn, code] of [
      [day(-1), 'too-early'],
      [day(1), 'in-the-future'],
    ] as const)
      await expect(answerWith(hub, owing, back(1, { returnedOn }))).rejects.toMatchObject({
        fields: [{ pointer: '/returnedOn', code }],
      });
    const fix = { outcome: 'entry-corrected', entry: 'E1', on: day(-1), reference: 'T2', reason: '抄错' };
    await expect(answerWith(hub, owing, fix)).rejects.toMatchObject({
      fields: [{ pointer: '/on', code: 'too-early' }],
    });
  });
});

describe('a way out after the agreement', () => {
  it('given up before anything was paid, or stopped: finance says that nothing went out, and the award is released', async () => {
    const id = await programme();
    const givenUp = await aCaseIn(hub, 'grant', 'disbursing', { programme: id });
    expect(await withdrawCase(hub, givenUp.id, { reason: '队伍解散' }, applicantOf(givenUp.id))).toMatchObject({
      stage: 'stopping',
    });
    await answer(hub, await carryOn(hub, givenUp.id));
    const stopped = await aCaseIn(hub, 'grant', 'stopping', { programme: id });
    expect(await answer(hub, stopped)).toMatchObject({ stage: 'terminated' });
    expect(await figures(id)).toEqual({ available: 1_000_000, reserved: 0, paid: 0, returned: 0 });
  });

  it('given up or stopped when it was paid already: all of it is owed back', async () => {
    const id = await programme();
    const late = await aCaseIn(hub, 'grant', 'stopping', { programme: id });
    expect(await answerWith(hub, late, { outcome: 'paid', paidOn: day(0), reference: 'T1' })).toMatchObject({
      stage: 'returning',
      owed: { amount: 100_000, because: 'stopped' },
    });
    const givenUp = await aCaseIn(hub, 'grant', 'delivering', { programme: id });
    await withdrawCase(hub, givenUp.id, {}, applicantOf(givenUp.id));
    const owing = await carryOn(hub, givenUp.id);
    expect(owing).toMatchObject({ stage: 'returning', owed: { amount: 100_000, because: 'given-up' } });
    expect(await answerWith(hub, owing, back(100_000))).toMatchObject({ stage: 'terminated' });
    expect(await figures(id)).toEqual({ available: 900_000, reserved: 0, paid: 200_000, returned: 100_000 });
  });

  it('a payment that failed is no payment: the grantee says where it is to go, and it is paid again', async () => {
    const id = await programme();
    const subject = await aCaseIn(hub, 'grant', 'delivering', { programme: id });
    const failed = await answerWith(hub, subject, { outcome: 'payment-failed', reason: '银行退票' });
    expect(failed).toMatchObject({
      stage: 'payment-failed',
      entries: [{ id: 'E1' }, { what: 'failed', corrects: 'E1' }],
    });
    expect('payment' in failed && failed.payment).toBeFalsy();
    expect(await figures(id)).toMatchObject({ reserved: 100_000, paid: 0 });
    const again = await broughtTo(hub, subject, 'delivering');
    expect(again).toMatchObject({ entries: [{ id: 'E1' }, { id: 'E2' }, { id: 'E3', what: 'payment' }] });
    expect(await figures(id)).toMatchObject({ reserved: 0, paid: 100_000 });
  });

  it('is there from every stage of a grant in which somebody is asked', async () => {
    const reviewer = await aCaseIn(hub, 'grant', 'reviewing', { programme: await programme() });
    // one person alone ends nothing: a no is for an approver to decide
    expect(await refusalOf(answerWith(hub, reviewer, { outcome: 'rejected', reason: '不符合' }))).toBe(
      'unknown-outcome',
    );
    await answerWith(hub, reviewer, { outcome: 'not-recommended', reason: '不符合' });
    const approving = await carryOn(hub, reviewer.id);
    expect(
      await refusalOf(decideTask(hub, taskOf(approving), { outcome: 'rejected', reason: '不符合' }, by('many-roles'))),
    ).toBe('taken');
  });
});

describe('a programme of 0.1.0, which kept only what is available', () => {
  it('is counted once, by the sweep or before money moves, and then holds the law', async () => {
    const id = await programme();
    await aCaseIn(hub, 'grant', 'delivering', { programme: id });
    const agreed = await aCaseIn(hub, 'grant', 'disbursing', { programme: id });
    const forget = {
      TableName: hub.table.name,
      Key: toItem({ ...keys.programme(id) }),
      UpdateExpression: 'REMOVE paid, returned',
    };
    await transact(hub.table, [{ Update: forget }]);
    expect(await figures(id)).toEqual({ available: 800_000, reserved: 200_000, paid: 0, returned: 0 });
    await answer(hub, agreed);
    expect(await figures(id)).toEqual({ available: 800_000, reserved: 0, paid: 200_000, returned: 0 });
    await countAllFigures(hub.table);
    expect(await figures(id)).toMatchObject({ paid: 200_000 });
  });
});

describe('the figures of a programme', () => {
  const reason = '因为';
  const deeds: readonly object[] = [
    { outcome: 'recommended', score: 80 },
    { outcome: 'not-recommended', reason },
    { outcome: 'approved' },
    { outcome: 'approved', amount: 50_000 },
    { outcome: 'rejected', reason },
    { outcome: 'accepted' },
    { outcome: 'paid', paidOn: day(0), reference: 'T' },
    { outcome: 'payment-failed', reason },
    { outcome: 'account-corrected', reason },
    { outcome: 'nothing-paid' },
    { outcome: 'reported', summary: '已用', spent: 10_000 },
    { outcome: 'report-accepted' },
    { outcome: 'returned', amount: 5_000, returnedOn: day(0), reference: 'R' },
    { outcome: 'returned', amount: 40_000, returnedOn: day(0), reference: 'R' },
    { outcome: 'entry-corrected', entry: 'E1', on: day(0), reference: 'C', reason },
    { outcome: 'entry-corrected', entry: 'E2', on: day(0), reference: 'C', amount: 1, reason },
    { outcome: 'waiver-asked', amount: 3_000, reason },
    { outcome: 'waived' },
    { outcome: 'still-owed', reason },
    { outcome: 'stopped', reason },
  ];
  const people: readonly string[] = [
    'funder-reviewer',
    'funder-approver',
    'funder-second-approver',
    'funder-finance',
    'many-roles',
  ];

  /** Somebody tries something about a grant: what is not theirs, or too late, is refused. */
  async function attempt(id: Case['id'], deed: object, who: string): Promise<void> {
    const subject = await readCase(hub.table, id);
    if (!subject || endStages.has(subject.stage)) return;
    const outcome = 'outcome' in deed ? String(deed.outcome) : '';
    try {
      if (besideOf('grant', subject.stage, outcome)) await actBeside(hub, id, deed, member(who));
      else {
        const task = await readTask(hub.table, taskOf(subject));
        const isApplicants = task?.assignee.type === 'applicant';
        await decideTask(hub, taskOf(subject), deed, isApplicants ? applicantOf(id) : by(who));
      }
    } catch (error) {
      if (!(error instanceof Rejected || error instanceof Retryable)) throw error;
    }
  }

  it('always add up to its budget, and to what its grants have, whatever many people do at once', async () => {
    const step = fc.record({
      grant: fc.nat({ max: 2 }),
      deed: fc.nat({ max: deeds.length - 1 }),
      who: fc.constantFrom(...people),
      withdraws: fc.integer({ min: 0, max: 30 }).map((chance) => chance === 0),
    });
    const moment = fc.array(step, { minLength: 1, maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(fc.array(moment, { minLength: 5, maxLength: 25 }), async (moments) => {
        const id = await programme({ budget: 250_000, ceiling: 200_000, secondApprovalAbove: 80_000 });
        const grants: Case['id'][] = [];
        for (const stage of ['reviewing', 'disbursing', 'delivering'])
          grants.push(
            (await broughtTo(hub, await submitted(hub, 'grant', { programme: id }), stage).catch(() => undefined))
              ?.id ?? (await submitted(hub, 'grant', { programme: id })).id,
          );
        for (const each of moments) {
          await Promise.all(
            each.map(async ({ grant, deed, who, withdraws }) => {
              const one = grants[grant];
              const what = deeds[deed];
              if (!one || !what) return;
              if (withdraws) await refusalOf(withdrawCase(hub, one, {}, applicantOf(one)));
              else await attempt(one, what, who);
            }),
          );
          for (const one of grants) await carryOn(hub, one);
          const now = await figures(id);
          const held = await Promise.all(grants.map((one) => readCase(hub.table, one)));
          const sums = held.flatMap((one) => (one?.kind === 'grant' ? [figuresOf(one)] : []));
          for (const name of ['reserved', 'paid', 'returned'] as const) {
            expect(now[name]).toBe(sums.reduce((sum, one) => sum + one[name], 0));
            expect(now[name]).toBeGreaterThanOrEqual(0);
          }
          expect(now.available).toBeGreaterThanOrEqual(0);
          expect(now.returned).toBeLessThanOrEqual(now.paid);
        }
      }),
      { numRuns: 12 },
    );
  });
});
