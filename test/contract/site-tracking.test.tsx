import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { addDays, localDate } from '../../shared/domain/time.ts';
import { checkCharacter } from '../../shared/kinds/insurance/roster/identity-number.ts';
import { nameOf } from '../engine/people.ts';
import { type Fields, fieldsOf, need, problemsIn, type SiteStand, secretIn, startSite, who } from './site-stand.ts';

let site: SiteStand;
beforeAll(async () => {
  site = await startSite();
});
afterAll(() => site.stop());

const today = localDate(Date.now());

/** A need that somebody at the hub is asked about; gives its secret. */
async function newNeed(changes: Fields = {}): Promise<string> {
  const secret = secretIn((await site.post('/needs/new', { ...need, ...changes, action: 'send' })).location);
  await site.carryOn(secret);
  return secret;
}

/** A need whose goods are on their way: 3,000 of 5,000 were approved. */
async function onItsWay(): Promise<string> {
  const secret = await newNeed({ 'lines.1.item': '护目镜', 'lines.1.quantity': '200' });
  await site.answer(secret, 'hub-coordinator', { outcome: 'verified' });
  await site.answer(secret, 'hub-coordinator', { outcome: 'matched', donor: 'river-foundation' });
  const lines = [
    { line: 'L1', quantity: 3000 },
    { line: 'L2', quantity: 200 },
  ];
  await site.answer(secret, 'funder-approver', { outcome: 'approved', lines, reason: '先发三千。' });
  await site.answer(secret, 'hub-lead', { outcome: 'dispatched', carrier: '顺丰', expectedOn: addDays(today, 2) });
  return secret;
}

/** The address that the page's form sends its answer to. */
function answerPath(html: string): string {
  return /action="(\/track\/[^"]+\/tasks\/[^"]+)"/.exec(html)?.[1] ?? '';
}

const page = (secret: string) => site.get(`/track/${secret}`);

describe('the page of a need', () => {
  test('tells who has it, since when and until when, and what was asked for', async () => {
    const { html } = await page(await newNeed());
    expect(html).toContain('江城协调中心 · 协调员 / 负责人');
    expect(html).toMatch(/自 \d{4}-\d\d-\d\d \d\d:\d\d/);
    expect(html).toMatch(/应在 \d{4}-\d\d-\d\d \d\d:\d\d 前完成/);
    expect(html).toMatch(/leg now" aria-current="step".*核实需求/);
    expect(html).toContain('数量待定');
  });

  test('is never kept by caches, found by search engines or passed on as a referrer', async () => {
    const { headers } = await page(await newNeed());
    expect(headers.get('cache-control')).toBe('private, no-store');
    expect(headers.get('x-robots-tag')).toContain('noindex');
    expect(headers.get('referrer-policy')).toBe('no-referrer');
  });

  test('a wrong secret, another number and nonsense all look the same: not found', async () => {
    const secret = await newNeed();
    const other = `${secret.slice(0, 11)}${'A'.repeat(22)}`;
    for (const wrong of [other, 'N000000000-AAAAAAAAAAAAAAAAAAAAAA', 'x', '%00', '%F0%9F']) {
      expect((await page(wrong)).status).toBe(404);
      expect((await site.post(`/track/${wrong}/withdraw`, {})).status).toBe(404);
    }
  });

  test('takes amounts for lines of unknown amount while it is verified', async () => {
    const secret = await newNeed();
    const wrong = await site.post(`/track/${secret}/amounts`, { 'amounts.1.quantity': '几十' });
    expect(problemsIn(wrong.html)).toEqual(['第 2 项 数量：请填写整数；不清楚数量可留空']);
    const nothing = await site.post(`/track/${secret}/amounts`, { 'amounts.1.quantity': '' });
    expect(nothing.status).toBe(422);
    const done = await site.post(`/track/${secret}/amounts`, { 'amounts.1.quantity': '40' });
    expect(done.status).toBe(303);
    const after = await site.get(done.location);
    expect(after.html).toContain('数量已更新');
    expect(after.html).not.toContain('补充数量');
  });

  test('is closed when the applicant says that everything is enough', async () => {
    const secret = await newNeed();
    await site.answer(secret, 'hub-coordinator', { outcome: 'verified' });
    const done = await site.post(`/track/${secret}/amounts`, { 'amounts.0.enough': 'yes', 'amounts.1.enough': 'yes' });
    expect(done.location).toContain('done=enough');
    expect((await site.carryOn(secret)).stage).toBe('closed');
  });

  test('confirms line by line what arrived; what is missing goes on under a link of its own', async () => {
    const secret = await onItsWay();
    const asked = await page(secret);
    expect(fieldsOf(asked.html)).toMatchObject({ 'lines.0.received': '3000', 'lines.1.received': '200' });
    const fields = {
      ...fieldsOf(asked.html),
      'lines.0.received': '2,900',
      'lines.1.received': '150',
      'lines.1.enough': 'yes',
    };
    const wrong = await site.post(answerPath(asked.html), { ...fields, 'lines.0.received': '全部' });
    expect(wrong.status).toBe(422);
    expect(fieldsOf(wrong.html)).toMatchObject({ 'lines.0.received': '全部', 'lines.1.enough': 'yes' });
    const done = await site.post(answerPath(asked.html), fields);
    expect(done.status).toBe(303);
    const subject = await site.carryOn(secret);
    expect(subject.kind === 'need' && subject.lines.map((line) => line.received)).toEqual([2900, 150]);
    expect(subject.children).toHaveLength(2);
    const after = await site.get(done.location);
    expect(after.html).toContain('您已确认收货');
    const child = /href="\/track\/([^"]+)">N/.exec(after.html)?.[1] ?? '';
    expect((await page(child)).html).toContain('未满足的部分继续而来');
  });

  test('says that nothing arrived, with a reason; the goods go on under a link of their own, and the page says it ended', async () => {
    const secret = await onItsWay();
    const asked = await page(secret);
    const fields = { ...fieldsOf(asked.html), outcome: 'not-arrived' };
    const untold = await site.post(answerPath(asked.html), { ...fields, reason: ' ' });
    expect(untold.status).toBe(422);
    expect(problemsIn(untold.html)).toEqual([expect.stringMatching(/^情况说明/)]);
    const done = await site.post(answerPath(asked.html), { ...fields, reason: '司机说车已返回。' });
    const subject = await site.carryOn(secret);
    expect(subject).toMatchObject({ stage: 'undelivered', consignment: { carrier: '顺丰' } });
    const { html } = await site.get(done.location);
    expect(html).toContain('已记录没有收到');
    expect(html).toContain('未送达');
    const child = [...html.matchAll(/href="\/track\/([^"]+)">N/g)].at(-1)?.[1] ?? '';
    expect((await page(child)).html).toContain('寻找捐赠方');
  });

  test('the same answer sent twice is one answer; another one is told who was first', async () => {
    const secret = await onItsWay();
    const asked = await page(secret);
    const fields = fieldsOf(asked.html);
    const [one, two] = await Promise.all([
      site.post(answerPath(asked.html), fields),
      site.post(answerPath(asked.html), fields),
    ]);
    expect([one.status, two.status]).toEqual([303, 303]);
    const late = await site.post(answerPath(asked.html), {
      ...fields,
      once: crypto.randomUUID(),
      'lines.0.received': '1',
    });
    expect(late.status).toBe(409);
    expect(late.html).toContain('确认收到');
    const subject = await site.carryOn(secret);
    expect(subject.kind === 'need' && subject.lines[0]?.received).toBe(3000);
  });

  test('reports in a few words and is complete', async () => {
    const secret = await onItsWay();
    await site.post(answerPath((await page(secret)).html), fieldsOf((await page(secret)).html));
    await site.carryOn(secret);
    const asked = await page(secret);
    expect((await site.post(answerPath(asked.html), { ...fieldsOf(asked.html), report: ' ' })).status).toBe(422);
    await site.post(answerPath(asked.html), { ...fieldsOf(asked.html), report: '已发到各科室。' });
    const { html } = await page(secret);
    expect(html).toContain('已结束');
    expect(html).toContain('已发到各科室。');
  });

  test('is changed and sent again with what was sent before', async () => {
    const secret = await newNeed();
    await site.answer(secret, 'hub-coordinator', { outcome: 'changes-requested', reason: '请写明 <b>规格</b>。' });
    expect((await page(secret)).html).toContain('请写明 &lt;b&gt;规格&lt;/b&gt;。');
    const form = await site.get(`/track/${secret}/changes`);
    expect(fieldsOf(form.html)).toMatchObject({
      'lines.0.item': '医用防护口罩',
      'lines.0.quantity': '5000',
      'contact.name': '李护士长',
    });
    const wrong = await site.post(`/track/${secret}/changes`, {
      ...fieldsOf(form.html),
      'lines.0.item': '',
      'lines.0.quantity': '9',
    });
    expect(problemsIn(wrong.html)).toEqual(['第 1 项 物资名称：请填写']);
    const more = await site.post(`/track/${secret}/changes`, { ...fieldsOf(form.html), action: 'add' });
    const done = await site.post(`/track/${secret}/changes`, {
      ...fieldsOf(more.html),
      'lines.1.specification': '170–185',
      'lines.2.item': '手套',
      action: 'send',
    });
    expect(done.location).toContain('done=resubmitted');
    const subject = await site.carryOn(secret);
    expect(subject.stage).toBe('verifying');
    expect(subject.kind === 'need' && subject.lines.map((line) => line.specification ?? line.item)).toEqual([
      '医用防护口罩',
      '170–185',
      '手套',
    ]);
    const late = await site.post(`/track/${secret}/changes`, fieldsOf(form.html));
    expect(late.status).toBe(409);
  });

  test('is withdrawn after being asked once more, and not when goods are on their way', async () => {
    const secret = await newNeed();
    expect((await site.get(`/track/${secret}/withdraw`)).html).toContain('不能恢复');
    const done = await site.post(`/track/${secret}/withdraw`, { reason: '已从别处得到' });
    expect((await site.get(done.location)).html).toContain('申请已撤回');
    expect((await page(secret)).html).toContain('已从别处得到');
    const late = await onItsWay();
    expect((await site.get(`/track/${late}/withdraw`)).status).toBe(409);
    expect((await site.post(`/track/${late}/withdraw`, {})).status).toBe(409);
  });

  test('an outcome that is not asked for, and the task of another case, change nothing', async () => {
    const secret = await onItsWay();
    const path = answerPath((await page(secret)).html);
    for (const outcome of ['approved', 'nonsense', '']) {
      expect((await site.post(path, { outcome })).status).toBe(409);
    }
    const foreign = path.replace(secret, await newNeed());
    expect((await site.post(foreign, { outcome: 'confirmed' })).status).toBe(404);
    expect((await site.carryOn(secret)).stage).toBe('in-transit');
  });
});

describe('the page of a grant', () => {
  async function newGrant(): Promise<string> {
    const id = await site.programme();
    const fields = {
      ...who,
      organizationType: 'non-profit',
      purpose: '租车运货',
      'answers.people': '4000',
      'budget.0.description': '租车',
      'budget.0.amount': '20000',
    };
    const done = await site.post(`/grants/new?programme=${id}`, { ...fields, action: 'send' });
    await site.carryOn(secretIn(done.location));
    return secretIn(done.location);
  }

  test('goes from agreement to report, in yuan', async () => {
    const secret = await newGrant();
    await site.answer(secret, 'funder-reviewer', { outcome: 'recommended', score: 80 });
    await site.answer(secret, 'funder-approver', { outcome: 'approved', amount: 1_500_000 });
    const agreement = await page(secret);
    expect(agreement.html).toContain('15,000 元');
    await site.post(answerPath(agreement.html), fieldsOf(agreement.html));
    await site.carryOn(secret);
    await site.answer(secret, 'funder-finance', { outcome: 'paid', paidOn: today, reference: 'PZ-1' });
    const asked = await page(secret);
    const report = { ...fieldsOf(asked.html), summary: '运了 30 车', spent: '15,000.01' };
    const tooMuch = await site.post(answerPath(asked.html), report);
    expect(problemsIn(tooMuch.html)).toEqual(['实际支出（元）：不能大于 15,000.00']);
    await site.post(answerPath(asked.html), { ...report, spent: '1.5万' });
    await site.carryOn(secret);
    await site.answer(secret, 'funder-reviewer', { outcome: 'report-returned', reason: '请附票据' });
    const again = await page(secret);
    expect(again.html).toContain('请附票据');
    expect(fieldsOf(again.html)).toMatchObject({ summary: '运了 30 车', spent: '15,000.00' });
  });

  test('tells the reasons of decisions, and neither the counsel before them nor the names of people', async () => {
    const secret = await newGrant();
    await site.answer(secret, 'funder-reviewer', { outcome: 'recommended', score: 61, reason: '勉强可以' });
    await site.answer(secret, 'funder-approver', { outcome: 'approved', reason: '县区急需' });
    const { html } = await page(secret);
    expect(html).toContain('县区急需');
    expect(html).toContain('长河基金会');
    expect(html).not.toContain('勉强可以');
    expect(html).not.toContain(nameOf('funder-approver'));
  });

  test('is changed with its budget in yuan and its answers', async () => {
    const secret = await newGrant();
    await site.answer(secret, 'funder-reviewer', { outcome: 'changes-requested', reason: '预算太高' });
    const form = await site.get(`/track/${secret}/changes?lang=en`);
    expect(fieldsOf(form.html)).toMatchObject({ 'budget.0.amount': '20,000.00', 'answers.people': '4000' });
    await site.post(`/track/${secret}/changes`, { ...fieldsOf(form.html), 'budget.0.amount': '1,000' });
    const subject = await site.carryOn(secret);
    expect(subject.kind === 'grant' && subject.requested).toBe(100_000);
  });
});

describe('the page of an insurance request', () => {
  const number = (() => {
    const digits = '42010619850101123';
    return digits + checkCharacter(digits);
  })();

  // not today: a day that ends while the test runs is one that cover can no longer begin on
  const coverFrom = addDays(today, 1);

  async function newInsurance(identityNumber: string): Promise<string> {
    const done = await site.post('/insurance/new', {
      ...who,
      activity: '驾车',
      coverFrom,
      coverTo: addDays(today, 20),
      'volunteers.0.name': '欧阳娜娜',
      'volunteers.0.identityNumber': identityNumber,
      'volunteers.0.phone': '13800001111',
      action: 'send',
    });
    await site.carryOn(secretIn(done.location));
    return secretIn(done.location);
  }

  test('shows the policy number and who is covered from when to when, masked', async () => {
    const secret = await newInsurance(number);
    expect((await page(secret)).html).toContain('投保后显示');
    await site.answer(secret, 'hub-coordinator', { outcome: 'approved' });
    await site.answer(secret, 'insurer', { outcome: 'bound', policyNumber: 'AT-731' });
    const { html } = await page(secret);
    expect(html).toContain('AT-731');
    expect(html).toContain(`${coverFrom} 至 ${addDays(today, 20)}`);
    expect(html).toContain('欧**娜');
    expect(html).not.toContain('欧阳娜娜');
    expect(html).not.toContain(number);
    expect(html).not.toContain('13800001111');
  });

  test('says that the first day has come without cover, and which days have none once it is bound for later ones', async () => {
    const digits = '42010619850101127';
    const secret = await newInsurance(digits + checkCharacter(digits));
    const come = `您申请的开始日 ${coverFrom} 已到，还没有承保`;
    expect((await page(secret)).html).not.toContain(come);
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 86_400_000 });
    try {
      expect((await page(secret)).html).toContain(come);
      await site.answer(secret, 'hub-coordinator', { outcome: 'approved' });
      expect((await page(secret)).html).toContain(come);
      const later = { coverFrom: addDays(today, 4), coverTo: addDays(today, 20) };
      await site.answer(secret, 'insurer', { outcome: 'bound', policyNumber: 'AT-732', ...later });
      const { html } = await page(secret);
      expect(html).not.toContain(come);
      expect(html).toMatch(new RegExp(`没有保障的日子</dt>\\s*<dd>${coverFrom} 至 ${addDays(today, 3)}<`));
      expect(html).toContain(`${later.coverFrom} 至 ${later.coverTo}`);
    } finally {
      vi.useRealTimers();
    }
  });

  test('keeps its roster when changed without a new one, and takes a new one', async () => {
    const digits = '42010619850101125';
    const secret = await newInsurance(digits + checkCharacter(digits));
    await site.answer(secret, 'hub-coordinator', { outcome: 'changes-requested', reason: '活动写具体' });
    const form = await site.get(`/track/${secret}/changes`);
    await site.post(`/track/${secret}/changes`, { ...fieldsOf(form.html), activity: '驾车送餐' });
    const kept = await site.carryOn(secret);
    expect(kept.kind === 'insurance' && [kept.activity, kept.roster.count]).toEqual(['驾车送餐', 1]);
    await site.answer(secret, 'hub-coordinator', { outcome: 'changes-requested', reason: '名单不对' });
    const again = await site.get(`/track/${secret}/changes`);
    const bad = {
      'volunteers.0.name': '李静',
      'volunteers.0.identityNumber': '1',
      'volunteers.0.phone': '13800001112',
    };
    const wrong = await site.post(`/track/${secret}/changes`, { ...fieldsOf(again.html), ...bad });
    expect(problemsIn(wrong.html)).toEqual(['第 1 行 证件号码：应为 18 位']);
  });
});
