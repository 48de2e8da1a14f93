import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Sent, sentCase, who } from './applicant.ts';
import { decide, openAs, openCaseAs } from './officer.ts';
import type { Reader } from './reader.ts';
import { type Stand, startStand } from './stand.ts';

const EMAIL = 'wards@hospital.example';

describe('需求：医院在手机上提出，一直到送达', () => {
  let stand: Stand;
  let hospital: Reader;
  let coordinator: Reader;
  let donor: Reader;
  let need: Sent;
  let rest: string;

  beforeAll(async () => {
    stand = await startStand();
    hospital = await stand.reader({ viewport: 'phone' });
    coordinator = await stand.reader();
    donor = await stand.reader();
  }, 180_000);
  afterAll(() => stand?.close(), 180_000);

  it('goes through the pages of the form, keeping every value when something is wrong', async () => {
    await hospital.open('/');
    expect(await hospital.text()).toContain('缺物资、缺经费、要给志愿者上保险，在这里申请');
    await hospital.follow('提出需求');
    await hospital.fill({ ...who('江岸第三医院', 'not an address'), 'contact.phone': '' });
    await hospital.press('继续');
    expect(await hospital.text()).toContain('有些内容需要修改');
    expect(await hospital.text()).toContain('联系电话：请填写');
    expect(await hospital.text()).toContain('请填写正确的邮箱地址');
    expect(await hospital.page.locator('[name="organization"]').inputValue()).toBe('江岸第三医院');
    expect(await hospital.page.locator('[name="contact.email"]').inputValue()).toBe('not an address');
    await hospital.fill({ 'contact.phone': '027-5550 1234', 'contact.email': EMAIL });
    await hospital.press('继续');

    await hospital.fill({
      'lines.0.item': '医用防护口罩',
      'lines.0.quantity': '两三百',
      'lines.0.unit': '只',
      'lines.0.specification': 'GB 19083',
      'lines.1.item': '护目镜',
    });
    await hospital.press('再加一项');
    await hospital.fill({ 'lines.2.item': '防护服', 'lines.2.quantity': '1,000', 'lines.2.unit': '套' });
    await hospital.press('继续');
    expect(await hospital.text()).toContain('第 1 项 数量：请填写整数；不清楚数量可留空');
    expect(await hospital.page.locator('[name="lines.0.quantity"]').inputValue()).toBe('两三百');
    await hospital.fill({ 'lines.0.quantity': '200', careTier: 'severe', note: '库存还能用两天' });
    await hospital.press('继续');

    await hospital.fill({ urgency: 'critical', neededBy: stand.day(3), 'delivery.address': '江岸区某路 1 号 西门' });
    await hospital.press('继续');
    expect(await hospital.heading()).toBe('请核对后提交');
  });

  it('shows all answers before sending, each to be changed, and the answers stay as they were', async () => {
    const shown = await hospital.text();
    for (const answer of ['江岸第三医院', '医用防护口罩 · GB 19083 · 200 只', '护目镜 · 需要，数量待定', '非常紧急'])
      expect(shown).toContain(answer);
    await hospital.press('修改：需要什么');
    await hospital.fill({ 'lines.0.quantity': '300' });
    await hospital.press('继续');
    expect(await hospital.text()).toContain('医用防护口罩 · GB 19083 · 300 只');
    await hospital.fill({ consent: true });
    await hospital.press('确认无误，提交');
    expect(await hospital.heading()).toBe('已提交');
    need = await sentCase(hospital);
    expect(need.id).toMatch(/^N[0-9A-Z]{9}$/);
  });

  it('mails a receipt whose link opens the case, and tells the coordinator', async () => {
    const [receipt] = await stand.mails(EMAIL);
    expect(receipt?.subject).toBe(`【接力】物资需求 ${need.id}：已收到`);
    expect(receipt?.text).toContain(need.link);
    expect(receipt?.html).toContain(need.link);
    const told = await stand.mails('hub-coordinator@example.org');
    expect(told.map(({ subject }) => subject)).toContain(`【接力】物资需求 ${need.id}：有一项待您处理`);
    await hospital.open(`/mail/${receipt?.id}`);
    await hospital.turn(() => hospital.page.frameLocator('iframe').getByRole('link', { name: '查看并处理' }).click());
    expect(await hospital.text()).toContain(need.id);
    expect(await hospital.text()).toContain('江城应急协作中心 · 协调员');
  });

  it('is verified and matched by the coordinator, who signs in for it', async () => {
    await openAs(donor, 'funder-approver', '/console/offers');
    await donor.fill({ title: '口罩和防护服', itemGroup: 'respirators', amount: '500', areas: '湖北' });
    await donor.press('登记');
    await openAs(coordinator, 'hub-coordinator');
    expect(await coordinator.text()).toContain('陈协调');
    await coordinator.follow('江岸第三医院');
    await decide(coordinator, '核实通过', { 护目镜: '80', reason: '已电话核实，护目镜 80 副' });
    expect(await coordinator.text()).toContain('已记录：需求核实通过');
    await stand.settle();
    await openCaseAs(coordinator, 'hub-coordinator', need.id);
    expect(await coordinator.text()).toContain('可满足 医用防护口罩，最多 300 件');
    await coordinator.press(/^匹配这项意向/);
    await stand.settle();
  });

  it('is approved in part by the donor, and the rest goes on as a linked need', async () => {
    await openAs(donor, 'funder-approver');
    await donor.follow('江岸第三医院');
    await decide(donor, '批准', { 医用防护口罩: '200', 护目镜: '80', 防护服: '0' });
    await stand.settle();
    await hospital.open(need.link);
    const shown = await hospital.text();
    expect(shown).toContain('捐赠方：长河公益基金会');
    rest = /未满足的部分在 (N\w{9}) 继续办理/.exec(shown)?.[1] ?? '';
    expect(rest).toMatch(/^N/);
    const subjects = (await stand.mails(EMAIL)).map(({ subject }) => subject);
    expect(subjects).toContain(`【接力】物资需求 ${rest}：未满足的部分继续寻找捐赠方`);
    expect(subjects).toContain(`【接力】物资需求 ${need.id}：捐赠方已同意`);
    await hospital.follow(rest);
    const linked = await hospital.text();
    expect(linked).toContain(`本需求由 ${need.id} 未满足的部分继续而来`);
    expect(await hospital.page.locator('table tbody tr').allInnerTexts()).toHaveLength(2);
    expect(linked).toContain('寻找捐赠方');
  });

  it('is dispatched, and what arrived is confirmed line by line on the private page', async () => {
    await openCaseAs(coordinator, 'hub-coordinator', need.id);
    await decide(coordinator, '已发货', {
      carrier: '顺路物流',
      trackingNumber: 'SL-2020-77',
      expectedOn: stand.day(2),
    });
    await stand.settle();
    const [mail] = await stand.mails(EMAIL);
    expect(mail?.text).toContain(`已交 顺路物流 运输，预计 ${stand.day(2)} 到达`);
    await hospital.open(need.link);
    expect(await hospital.text()).toContain('SL-2020-77');
    await hospital.fill({ 'lines.0.received': '很多', 'lines.1.received': '78', 'lines.1.enough': true });
    await hospital.press('确认收货');
    expect(await hospital.text()).toContain('第 1 项 实收数量：请填写数字');
    expect(await hospital.page.locator('[name="lines.1.received"]').inputValue()).toBe('78');
    await hospital.fill({ 'lines.0.received': '200' });
    await hospital.press('确认收货');
    expect(await hospital.text()).toContain('您已确认收货');
  });

  it('is reported on and closed, with everything that happened in its history', async () => {
    await stand.settle();
    await hospital.open(need.link);
    await hospital.fill({ report: '发给了三个病区，谢谢。' });
    await hospital.press('提交反馈');
    await stand.settle();
    await hospital.open(need.link);
    const shown = await hospital.text();
    expect(shown).toContain('已完成');
    for (const happened of ['需求核实通过', '找到捐赠方，请其审批', '批准', '已发货', '确认收到', '提交了反馈报告'])
      expect(shown).toContain(happened);
    await openCaseAs(coordinator, 'hub-coordinator', need.id);
    expect(await coordinator.text()).toContain('发给了三个病区，谢谢。');
  });
});
