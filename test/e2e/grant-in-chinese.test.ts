import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Sent, sentCase, who } from './applicant.ts';
import { decide, openAs, openCaseAs } from './officer.ts';
import type { Reader } from './reader.ts';
import { DAY, type Stand, startStand } from './stand.ts';

const EMAIL = 'team@volunteers.example';
const PURPOSE = '租车把防护物资从仓库送到各社区，每天两趟，共十天。';

describe('小额资助：从公布项目到报告通过', () => {
  let stand: Stand;
  let team: Reader;
  let reviewer: Reader;
  let approver: Reader;
  let second: Reader;
  let finance: Reader;
  let grant: Sent;

  beforeAll(async () => {
    stand = await startStand();
    team = await stand.reader({ viewport: 'phone' });
    [reviewer, approver, finance] = await Promise.all([stand.reader(), stand.reader(), stand.reader()]);
    second = await stand.reader({ language: 'en' });
  }, 180_000);
  afterAll(() => stand?.close(), 180_000);

  it('is a programme that the funder publishes in the console and anybody finds on the site', async () => {
    await openAs(approver, 'funder-approver', '/console/programmes');
    await approver.follow('发布新项目');
    await approver.fill({ name: '最后一公里', purpose: '资助志愿者团队的运输费用。', ceiling: '三万多' });
    await approver.press('发布');
    expect(await approver.text()).toContain('单项申请上限（元）：请填写金额');
    expect(await approver.page.locator('main [name="name"]').inputValue()).toBe('最后一公里');
    await approver.fill({
      nameEn: 'The last mile',
      budget: '10万',
      ceiling: '30,000',
      secondApprovalAbove: '10000',
      closesOn: stand.day(20),
      areas: '湖北',
      'questions.0.text': '车辆从哪里来？',
    });
    await approver.press('发布');
    expect(await approver.text()).toContain('已发布“最后一公里”');
    await team.open('/programmes');
    await team.follow('最后一公里');
    const shown = await team.text();
    for (const told of [
      '长河公益基金会',
      '30,000 元',
      '100,000 元',
      `${stand.day(20)}（当天仍可提交）`,
      '车辆从哪里来？',
    ])
      expect(shown).toContain(told);
  });

  it('is applied for on a phone, with the programme’s question and a budget', async () => {
    await team.follow('申请这个项目');
    await team.fill({ ...who('江岸运输志愿队', EMAIL), organizationType: 'volunteer-group' });
    await team.press('继续');
    await team.fill({ purpose: PURPOSE });
    await team.press('继续');
    expect(await team.text()).toContain('车辆从哪里来？：请填写');
    expect(await team.page.locator('[name="purpose"]').inputValue()).toBe(PURPOSE);
    await team.fill({ 'answers.q1': '向本地车行租用' });
    await team.press('继续');
    await team.fill({ 'budget.0.description': '租车 10 天', 'budget.0.amount': '一万多' });
    await team.fill({ 'budget.1.description': '油费', 'budget.1.amount': '5,000.50' });
    await team.press('继续');
    expect(await team.text()).toContain('第 1 行 金额：请填写金额');
    await team.fill({ 'budget.0.amount': '15000' });
    await team.press('继续');
    expect(await team.text()).toContain('20,000.50 元');
    await team.fill({ consent: true });
    await team.press('确认无误，提交');
    grant = await sentCase(team);
    expect(grant.id).toMatch(/^G[0-9A-Z]{9}$/);
    await stand.nextDigest();
    const [told] = await stand.mails('funder-reviewer@example.org');
    expect(told?.subject).toBe('【接力】1 项待办：0 项逾期，1 项新到');
    expect(told?.text).toContain(`江岸运输志愿队 · 小额资助申请 ${grant.id}`);
    expect(told?.text).toContain(`/console/cases/${grant.id}`);
  });

  it('is sent back for changes by the reviewer, changed by the applicant, and comes back to where it was', async () => {
    await openCaseAs(reviewer, 'funder-reviewer', grant.id);
    expect(await reviewer.text()).toContain(PURPOSE);
    await decide(reviewer, '请补充或修改', { reason: '油费请按公里数估算。' });
    const [mail] = await stand.mails(EMAIL);
    expect(mail?.subject).toBe(`【接力】小额资助申请 ${grant.id}：请补充`);
    expect(mail?.text).toContain('油费请按公里数估算。');
    await team.open(/https?:\S+/.exec(mail?.text ?? '')?.[0] ?? '');
    expect(await team.text()).toContain('轮到您了');
    await team.follow('去修改');
    expect(await team.page.locator('[name="budget.1.amount"]').inputValue()).toBe('5,000.50');
    await team.fill({ 'budget.1.description': '油费（2,000 公里）', 'budget.1.amount': '' });
    await team.press('重新提交');
    expect(await team.text()).toContain('第 2 行 金额：请填写');
    await team.fill({ 'budget.1.amount': '5000', reason: '按 2,000 公里、每公里 2.5 元估算' });
    await team.press('重新提交');
    expect(await team.text()).toContain('修改已提交，将继续办理');
    await stand.settle();
    await openCaseAs(reviewer, 'funder-reviewer', grant.id);
    const shown = await reviewer.text();
    expect(shown).toContain('油费（2,000 公里）');
    expect(shown).toContain('按 2,000 公里、每公里 2.5 元估算');
    await decide(reviewer, '建议资助', { score: '86', reason: '路线清楚，费用合理' });
    expect(await reviewer.text()).toContain('已记录：评审完成，建议资助');
  });

  it('is approved by one and, above the limit, by a second who is somebody else', async () => {
    await stand.settle();
    await openCaseAs(approver, 'funder-approver', grant.id);
    const shown = await approver.text();
    expect(shown).toContain('86 分');
    expect(shown).toContain('100,000 元');
    await decide(approver, '批准', { amount: '18,000' });
    await stand.settle();
    expect((await stand.mails(EMAIL))[0]?.subject).not.toContain('已批准');
    // a second approval is not offered to who gave the first: what else they may answer is, and why not all
    await openCaseAs(approver, 'funder-approver', grant.id);
    const verdicts = await approver.page.locator('details.verdict > summary').allInnerTexts();
    expect(verdicts.map((verdict) => verdict.trim())).not.toContain('批准');
    expect(await approver.text()).toContain('必须由不同的人完成，请交给另一位同事');
    await stand.nextDigest();
    const [told] = await stand.mails('funder-second-approver@example.org');
    expect(told?.subject).toBe('[Jieli] 1 waiting: 0 overdue, 1 new');
    expect(told?.text).toContain(grant.id);
    await openAs(second, 'funder-second-approver');
    await second.follow('江岸运输志愿队');
    const asked = await second.text();
    expect(asked).toContain('The first approver granted 18,000 yuan');
    expect(asked).toContain('Application: The last mile');
    await decide(second, 'Approve');
    const [mail] = await stand.mails(EMAIL);
    expect(mail?.subject).toBe(`【接力】小额资助申请 ${grant.id}：已批准`);
    expect(mail?.text).toContain('金额 18,000.00 元');
  });

  it('has its agreement accepted by the applicant and is paid by finance', async () => {
    await team.open(grant.link);
    const shown = await team.text();
    expect(shown).toContain('资助金额 18,000 元，用于“最后一公里”');
    await team.press('我代表机构接受');
    await stand.settle();
    await openAs(finance, 'funder-finance');
    await finance.follow('江岸运输志愿队');
    await decide(finance, '已付款', { reference: 'YH-0001', amount: '17,000' });
    expect(await finance.text()).toContain('金额应与批准的 18,000.00 元一致');
    await decide(finance, '已付款', { amount: '18000' });
    const [mail] = await stand.mails(EMAIL);
    expect(mail?.text).toContain(`请在 ${stand.day(30)} 前`);
    await openAs(approver, 'funder-approver', '/console/programmes');
    expect(await approver.text()).toContain('可用 82,000 元，共 100,000 元');
  });

  it('is reported on, the report returned once and then accepted by another; what was not spent comes back, and it is closed', async () => {
    await stand.advance(DAY);
    await team.open(grant.link);
    await team.fill({ summary: '送了二十趟。', spent: '999999' });
    await team.press('提交报告');
    expect(await team.text()).toContain('实际支出（元）：不能大于 18,000.00');
    expect(await team.page.locator('[name="summary"]').inputValue()).toBe('送了二十趟。');
    await team.fill({ spent: '17500' });
    await team.press('提交报告');
    await stand.settle();
    await openCaseAs(reviewer, 'funder-reviewer', grant.id);
    await decide(reviewer, '退回报告', { reason: '请写明结余 500 元的去向。' });
    const [mail] = await stand.mails(EMAIL);
    expect(mail?.subject).toContain('报告需要修改');
    await team.open(grant.link);
    expect(await team.text()).toContain('请写明结余 500 元的去向。');
    expect(await team.page.locator('[name="spent"]').inputValue()).toBe('17,500.00');
    await team.fill({ summary: '送了二十趟。结余 500 元已退回。' });
    await team.press('提交报告');
    await stand.settle();
    await openCaseAs(approver, 'funder-approver', grant.id);
    await decide(approver, '报告通过');
    const [owed] = await stand.mails(EMAIL);
    expect(owed?.subject).toContain('报告通过，请退回余款');
    expect(owed?.text).toContain('还有 500.00 元没有用完');
    await team.open(grant.link);
    expect(await team.text()).toContain('还须退回 500 元（没有用完）');
    await stand.settle();
    await openCaseAs(finance, 'funder-finance', grant.id);
    await decide(finance, '收到退款', { reference: 'TK-0001' });
    expect((await stand.mails(EMAIL))[0]?.subject).toContain('退款已收到');
    await openAs(approver, 'funder-approver', '/console/programmes');
    expect(await approver.text()).toContain('可用 82,500 元，共 100,000 元');
    expect(await approver.text()).toContain('已付 18,000 元 · 已退回或应退回 500 元');
    await team.open(grant.link);
    const shown = await team.text();
    expect(shown).toContain('已完成');
    expect(shown).toContain('17,500 元');
    expect(shown).not.toContain('路线清楚，费用合理');
  });
});
