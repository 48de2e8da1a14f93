import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { madeUpIdentityNumber } from '../../cdk/cli/demo/identity-number.ts';
import { type Sent, sentCase, who } from './applicant.ts';
import { gbk } from './gbk.ts';
import { decide, openAs, openCaseAs } from './officer.ts';
import type { Reader } from './reader.ts';
import { DAY, type Stand, startStand } from './stand.ts';

const EMAIL = 'roster@volunteers.example';
const FIRST = madeUpIdentityNumber('19900102', 101);
const SECOND = madeUpIdentityNumber('19850630', 102);
const THIRD = madeUpIdentityNumber('19781111', 103);
const CHILD = madeUpIdentityNumber('20150301', 104);

/** A roster with two rows that cannot be insured: a child, and a number with a wrong check digit. */
function roster(): Buffer {
  const wrong = `${THIRD.slice(0, 17)}${THIRD.endsWith('1') ? '2' : '1'}`;
  const rows = [
    ['姓名', '身份证号码', '手机号码'],
    ['李建国', FIRST, '13800001001'],
    ['赵小满', CHILD, '13800001002'],
    ['欧阳娜', SECOND, '13800001003'],
    ['周海', wrong, '13800001004'],
  ];
  return gbk(rows.map((row) => row.join(',')).join('\r\n'));
}

describe('志愿者保险：从名单到保障到期', () => {
  let stand: Stand;
  let team: Reader;
  let coordinator: Reader;
  let insurer: Reader;
  let request: Sent;
  let from: string;
  let to: string;

  beforeAll(async () => {
    stand = await startStand();
    [from, to] = [stand.day(2), stand.day(12)];
    team = await stand.reader({ viewport: 'phone' });
    [coordinator, insurer] = await Promise.all([stand.reader(), stand.reader()]);
  }, 180_000);
  afterAll(() => stand?.close(), 180_000);

  it('takes a roster as Excel saves it, and shows each bad row with its reason beside the good ones', async () => {
    await team.open('/');
    await team.follow('申请保险');
    await team.fill({ ...who('江岸运输志愿队', EMAIL), organizationType: 'volunteer-group' });
    await team.press('继续');
    await team.fill({ activity: '驾车运送防护物资', coverFrom: from, coverTo: stand.day(1) });
    await team.press('继续');
    expect(await team.text()).toContain('保障结束日：结束日期不能早于开始日期');
    await team.fill({ coverTo: to });
    await team.press('继续');
    await team.page
      .locator('[name="file"]')
      .setInputFiles({ name: '名单.csv', mimeType: 'text/csv', buffer: roster() });
    await team.press('上传并核对');
    const shown = await team.text();
    expect(shown).toContain('从文件读到 4 人');
    expect(shown).toContain('2 行有问题，2 行没有问题');
    expect(shown).toMatch(/第 3 行 证件号码：保障开始时 \d+ 岁，未满 18 岁/);
    expect(shown).toContain('第 5 行 证件号码：校验位不对');
    expect(shown).toContain('李建国');
    expect(await team.page.locator('[name="volunteers.3.name"]').inputValue()).toBe('周海');
  });

  it('is corrected in place, checked once more and sent', async () => {
    await team.press('删除第 3 行');
    await team.fill({ 'volunteers.2.identityNumber': THIRD });
    await team.press('继续');
    expect(await team.heading()).toBe('请核对后提交');
    expect(await team.text()).toContain('3 人 · 查看名单');
    await team.fill({ consent: true });
    await team.press('确认无误，提交');
    request = await sentCase(team);
    expect(request.id).toMatch(/^I[0-9A-Z]{9}$/);
  });

  it('is approved by the hub, which sees no identity number in full', async () => {
    await stand.settle();
    await openAs(coordinator, 'hub-coordinator');
    await coordinator.follow('江岸运输志愿队');
    const shown = await coordinator.text();
    expect(shown).toContain('驾车运送防护物资');
    expect(shown).not.toContain(FIRST);
    await decide(coordinator, '批准');
    await stand.nextDigest();
    expect((await stand.mails('insurer@example.org'))[0]?.text).toContain(request.id);
  });

  it('is in the file of the insurer, who enters the policy', async () => {
    await openAs(insurer, 'insurer', '/console/insurance/batch');
    expect(await insurer.text()).toContain('1 份申请，3 人等待承保');
    const download = insurer.page.waitForEvent('download');
    await insurer.page.getByRole('button', { name: '下载 CSV' }).click();
    const file = readFileSync(await (await download).path(), 'utf8');
    expect(file.split('\r\n').filter((line) => line !== '')).toHaveLength(4);
    expect(file).toContain(FIRST);
    expect(file).toContain(to);
    await openCaseAs(insurer, 'insurer', request.id);
    await decide(insurer, '已承保', { policyNumber: '安途-2020-0042' });
    await stand.settle();
    const [mail] = await stand.mails(EMAIL);
    expect(mail?.text).toContain(`自 ${from} 起至 ${to} 止有保障（两天都含），保单号 安途-2020-0042`);
  });

  it('shows who is covered from when to when: first bound, then in force', async () => {
    await team.open(request.link);
    expect(await team.text()).toMatch(/已投保，[\d-]{10} 起有保障/);
    await stand.advance(3 * DAY);
    await team.open(request.link);
    const shown = await team.text();
    expect(shown).toContain('保障生效中');
    expect(shown).toContain(`${from} 至 ${to}，首尾两天都在内`);
    expect(shown).toContain('安途-2020-0042');
    const people = await team.page.locator('ol.people li').allInnerTexts();
    expect(people).toHaveLength(3);
    expect(people[0]).toMatch(/^李\*国 .*有保障$/);
    expect(shown).not.toContain(FIRST);
  });

  it('tells who decides, and not who asks, that somebody has cover on those days already', async () => {
    const other = await stand.reader();
    await other.open('/insurance/new');
    await other.fill({ ...who('江汉志愿队', 'other@volunteers.example'), organizationType: 'volunteer-group' });
    await other.press('继续');
    await other.fill({ activity: '社区消毒', coverFrom: stand.day(1), coverTo: stand.day(20) });
    await other.press('继续');
    await other.fill({ 'volunteers.0.name': '李建国', 'volunteers.0.identityNumber': FIRST });
    await other.fill({ 'volunteers.0.phone': '13800001001' });
    await other.press('继续');
    expect(await other.heading()).toBe('请核对后提交');
    await other.fill({ consent: true });
    await other.press('确认无误，提交');
    const sent = await sentCase(other);
    await stand.settle();
    await other.open(sent.link);
    expect(await other.text()).not.toContain('已有保障');
    await openCaseAs(coordinator, 'hub-coordinator', sent.id);
    const seen = await coordinator.text();
    expect(seen).toContain('有 1 名志愿者在此期间已有保障');
    expect(await coordinator.page.locator('table.roster tbody tr').innerText()).toContain('已由其他申请');
  });

  it('tells in time that the cover is ending, and ends', async () => {
    await stand.advance(7 * DAY);
    const [soon] = await stand.mails(EMAIL);
    expect(soon?.subject).toBe(`【接力】志愿者保险 ${request.id}：保障即将到期`);
    expect(soon?.text).toContain(`将于 ${to} 结束`);
    await stand.advance(3 * DAY);
    expect((await stand.mails(EMAIL))[0]?.subject).toContain('保障已结束');
    await team.open(request.link);
    const shown = await team.text();
    expect(shown).toContain('已完成');
    expect(shown).toContain('已到期');
  });
});
