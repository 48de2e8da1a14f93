import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Sent, sendNeed } from './applicant.ts';
import { decide, openAs, openCaseAs } from './officer.ts';
import type { Reader } from './reader.ts';
import { DAY, HOUR, type Stand, startStand } from './stand.ts';

const EMAIL = 'silent@hospital.example';

describe('期限：没有人处理时会怎样', () => {
  let stand: Stand;
  let coordinator: Reader;
  let hospital: Reader;
  let forgotten: Sent;
  let unanswered: Sent;

  const subjectsTo = async (to: string, id: string): Promise<readonly string[]> =>
    (await stand.mails(to)).filter(({ subject }) => subject.includes(id)).map(({ subject }) => subject);
  const digestsTo = async (to: string, id: string): Promise<readonly string[]> =>
    (await stand.mails(to)).filter(({ text }) => text.includes(id)).map(({ subject }) => subject);

  beforeAll(async () => {
    stand = await startStand();
    coordinator = await stand.reader({ viewport: 'phone' });
    hospital = await stand.reader({ viewport: 'phone' });
    const lines = [{ item: '医用口罩', quantity: 100, unit: '只' }];
    forgotten = await sendNeed(stand, { organization: '示例第一医院', email: 'first@hospital.example', lines });
    unanswered = await sendNeed(stand, { organization: '示例第二医院', email: EMAIL, lines });
    await stand.settle();
    await openCaseAs(coordinator, 'hub-coordinator', unanswered.id);
    await decide(coordinator, '请补充或修改', { reason: '请写明收货人。' });
  }, 180_000);
  afterAll(() => stand?.close(), 180_000);

  it('reminds those who can act when a task is due, and marks it in their inbox', async () => {
    await stand.advance(23 * HOUR);
    expect(await digestsTo('hub-coordinator@example.org', forgotten.id)).toEqual([
      '【接力】1 项待办：0 项逾期，1 项新到',
    ]);
    await stand.advance(2 * HOUR);
    await openAs(coordinator, 'hub-coordinator');
    const shown = await coordinator.text();
    expect(shown).toContain('示例第一医院');
    expect(shown).toContain('已提醒');
  });

  it('escalates to the lead of the hub, once, when silence goes on', async () => {
    await stand.advance(24 * HOUR);
    await stand.nextDigest();
    for (const to of ['hub-coordinator', 'hub-lead'])
      expect(await digestsTo(`${to}@example.org`, forgotten.id)).toEqual([
        // since it went up, since it was reminded of, since it came
        '【接力】1 项待办：1 项逾期，0 项新到',
        '【接力】1 项待办：1 项逾期，0 项新到',
        '【接力】1 项待办：0 项逾期，1 项新到',
      ]);
    await openAs(coordinator, 'hub-coordinator');
    expect(await coordinator.text()).toContain('已上报');
    await hospital.open(forgotten.link);
    expect(await hospital.text()).toContain('已逾期，转请协调中心协助');
  });

  it('reminds an applicant who was asked for changes, and ends the case when nobody answers', async () => {
    await stand.advance(6 * DAY);
    expect(await subjectsTo(EMAIL, unanswered.id)).toContain(`【接力】物资需求 ${unanswered.id}：提醒：请尽快处理`);
    await hospital.open(unanswered.link);
    expect(await hospital.text()).toContain('轮到您了');
    await hospital.follow('去修改');
    await hospital.fill({ 'delivery.recipient': '李主任' });
    await stand.advance(7 * DAY);
    await hospital.press('重新提交');
    const late = await hospital.text();
    expect(late).toContain('情况已经变化');
    expect(late).toContain('已过期');
    expect((await subjectsTo(EMAIL, unanswered.id))[0]).toBe(`【接力】物资需求 ${unanswered.id}：逾期未处理`);
  });

  it('still lets the forgotten task be answered', async () => {
    await openCaseAs(coordinator, 'hub-coordinator', forgotten.id);
    await decide(coordinator, '核实通过');
    await stand.settle();
    await hospital.open(forgotten.link);
    expect(await hospital.text()).toContain('需求核实通过');
  });

  it('shows in the page of the stack why a case is stuck, and lets it go on from there', async () => {
    const error = { code: 'ServiceException', message: 'The disk is full.', status: 500 };
    const mend = stand.inject({ service: 'lambda', target: 'OpenTask', times: 1_000, error });
    const stranded = await sendNeed(stand, {
      organization: '示例第三医院',
      email: 'third@hospital.example',
      lines: [{ item: '手套', quantity: 100, unit: '副' }],
    });
    await stand.advance(HOUR / 6);
    const volunteer = await stand.reader({ viewport: 'phone' });
    await volunteer.open('/_aws');
    // in the volunteer's own time, which is eight hours ahead of the one that the stack keeps
    expect(await volunteer.page.locator('nav').innerText()).toContain('Asia/Shanghai');
    const shown = await volunteer.page.locator('nav time').innerText();
    const meant = await volunteer.page.locator('nav time').getAttribute('datetime');
    expect(Date.parse(`${shown.replace(' ', 'T')}+08:00`)).toBe(Math.floor(Date.parse(meant ?? '') / 1_000) * 1_000);
    const card = volunteer.page.locator('.card.bad', { hasText: stranded.id });
    expect(await card.innerText()).toContain('Lambda.ServiceException The disk is full.');
    await volunteer.follow(new RegExp(stranded.id));
    expect(await volunteer.text()).toMatch(/Stopped in stuck: Lambda\.ServiceException.*7 × Lambda\.ServiceException/s);

    mend();
    await volunteer.press('Redrive');
    await stand.settle();
    await volunteer.open(new URL(volunteer.page.url()).href);
    expect(await volunteer.text()).toMatch(/RUNNING.*redriven 1 times.*In stuck since .*: waits for an answer/s);
    await volunteer.open('/_aws');
    expect(await card.count()).toBe(0);
    await volunteer.fill({ name: stranded.id });
    await volunteer.press('Find');
    expect(await volunteer.text()).toMatch(
      new RegExp(`Executions.*${stranded.id}-1.*Logs.*Items.*CASE#${stranded.id}`, 's'),
    );
    for (const room of ['OpenTask', 'OutboxRelayingFailures', 'CasesTable', 'Jieli-need', 'anchors']) {
      await volunteer.open('/_aws');
      await volunteer.follow(new RegExp(room));
    }

    await openCaseAs(coordinator, 'hub-coordinator', stranded.id);
    await decide(coordinator, '已处理，继续', { reason: '磁盘已清理。' });
    await stand.settle();
    await openCaseAs(coordinator, 'hub-coordinator', stranded.id);
    expect(await coordinator.text()).toContain('核实通过');
  });
});
