import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Sent, sendNeed } from './applicant.ts';
import { decide, openAs, openCaseAs } from './officer.ts';
import type { Reader } from './reader.ts';
import { type Stand, startStand } from './stand.ts';

/** A coordinator's sheet: two organizations, one of them in two rows, a row without an item and one that says nothing. */
const SHEET = [
  '医院,区县,物资,规格,数量,单位',
  '示例第一医院,江岸区,医用口罩,,500,只',
  '示例第一医院,江岸区,防护服,,,套',
  '示例第二医院,硚口区,护目镜,防雾,20,副',
  '示例第二医院,硚口区,,,10,副',
  ',硚口区,手套,,-5,双',
].join('\r\n');

describe('工作台：几个人同时工作', () => {
  let stand: Stand;
  let coordinator: Reader;
  let lead: Reader;
  let hospital: Reader;

  const send = (organization: string, quantity: number | null): Promise<Sent> =>
    sendNeed(stand, {
      organization,
      email: 'office@hospital.example',
      lines: [
        { item: '医用口罩', quantity, unit: '只' },
        { item: '护目镜', quantity: null, unit: '副' },
      ],
    });

  beforeAll(async () => {
    stand = await startStand();
    [coordinator, lead] = await Promise.all([stand.reader(), stand.reader({ viewport: 'phone' })]);
    hospital = await stand.reader({ viewport: 'phone' });
  }, 180_000);
  afterAll(() => stand?.close(), 180_000);

  it('tells the second of two people who decided what and when, and overwrites nothing', async () => {
    const { id } = await send('示例县人民医院', 100);
    await stand.settle();
    await openCaseAs(coordinator, 'hub-coordinator', id);
    await openCaseAs(lead, 'hub-lead', id);
    await decide(coordinator, '核实通过', { reason: '电话核实过了' });
    await stand.settle();
    await decide(lead, '不通过', { reason: '我以为是重复的' });
    const shown = await lead.text();
    expect(shown).toContain('已有人先处理了');
    expect(shown).toMatch(/已由 陈协调 于 \d{4}-\d\d-\d\d \d\d:\d\d 处理：核实通过/);
    expect(shown).toContain('我以为是重复的');
    await openCaseAs(lead, 'hub-lead', id);
    const after = await lead.text();
    expect(after).toContain('寻找捐赠方');
    expect(after).toContain('选一项捐赠意向，或只选捐赠方。');
    expect(after).not.toContain('未通过');
  });

  it('takes the same answer from an impatient double click as one', async () => {
    const { id } = await send('示例县第二医院', 100);
    await stand.settle();
    await openCaseAs(coordinator, 'hub-coordinator', id);
    const other = await coordinator.tab();
    await other.open(coordinator.page.url());
    await decide(coordinator, '核实通过');
    await other.turn(() => other.page.locator('details.verdict[open] button[type=submit]').click());
    const shown = await other.text();
    expect(shown).toContain('已记录：需求核实通过');
    expect(shown).not.toContain('已有人先处理了');
    await other.close();
  });

  it('shows by itself where a case went that was just answered', async () => {
    const { id } = await send('示例县第四医院', 100);
    await stand.settle();
    const watching = await stand.reader({ refreshing: true });
    await openCaseAs(watching, 'hub-coordinator', id);
    await decide(watching, '核实通过');
    await watching.page.getByText('选一项捐赠意向，或只选捐赠方。').waitFor();
    await watching.close();
  });

  it('closes the desk to who signs out, and to whom it does not concern', async () => {
    const { id } = await send('示例县第三医院', 100);
    const stranger = await stand.reader();
    await openAs(stranger, 'other-funder-approver');
    await stranger.open(`/console/cases/${id}`);
    expect(await stranger.heading()).toBe('没有找到');
    await stranger.open('/console');
    await stranger.page.locator('details.who summary').click();
    await stranger.turn(() => stranger.page.getByRole('button', { name: '退出登录' }).click());
    await stranger.page.waitForURL('**/console/signed-out');
    await stranger.open('/console');
    expect(new URL(stranger.page.url()).pathname).toContain('/_aws/oidc');
  });

  it('takes amounts that become known later, and “enough” for what is no longer needed', async () => {
    const { id, link } = await send('示例街道社区', null);
    await stand.settle();
    await hospital.open(link);
    await hospital.press('保存');
    expect(await hospital.text()).toContain('请至少填写一个数量，或勾选一项');
    await hospital.fill({ 'amounts.0.quantity': '1.5万', 'amounts.1.enough': true });
    await hospital.press('保存');
    const shown = await hospital.text();
    expect(shown).toContain('数量已更新');
    expect(shown).toContain('15,000 只');
    expect(shown).toContain('数量待定 (已够)');
    await openCaseAs(coordinator, 'hub-coordinator', id);
    const seen = await coordinator.text();
    expect(seen).toContain('15,000 只');
    expect(seen).toContain('申请方补充了数量');
  });

  it('lets an applicant withdraw with one question in between, and says so to all', async () => {
    const { id, link } = await send('示例镇卫生院', 100);
    await stand.settle();
    await hospital.open(link);
    await hospital.follow('撤回申请');
    await hospital.fill({ reason: '已从别处得到' });
    await hospital.press('确认撤回');
    await stand.settle();
    await hospital.open(link);
    const shown = await hospital.text();
    expect(shown).toContain('已撤回');
    expect(shown).toContain('已从别处得到');
    await openAs(coordinator, 'hub-coordinator', `/console?text=${id}`);
    expect(await coordinator.text()).toContain('项里没有符合条件的任务');
    await openCaseAs(coordinator, 'hub-coordinator', id);
    expect(await coordinator.page.locator('.verdict').count()).toBe(0);
    expect((await stand.mails('office@hospital.example'))[0]?.subject).toBe(`【接力】物资需求 ${id}：已撤回`);
  });

  it('imports a sheet after showing what it will make and which rows it cannot use; again, it makes nothing', async () => {
    const large = { name: '大表.csv', mimeType: 'text/csv', buffer: Buffer.alloc(5 * 1024 * 1024, '口罩,1\n') };
    const upload = async () => {
      await openAs(coordinator, 'hub-coordinator', '/console/import');
      // what no request can carry is refused where it is chosen, and not by the gateway in bare JSON
      await coordinator.page.locator('[name="file"]').setInputFiles(large);
      await coordinator.page.getByRole('button', { name: '上传并检查' }).click();
      await coordinator.page.getByRole('alert').getByText('文件太大：最多 4 MB').waitFor();
      expect(coordinator.page.url()).toMatch(/\/console\/import$/);
      await coordinator.page
        .locator('[name="file"]')
        .setInputFiles({ name: '需求.csv', mimeType: 'text/csv', buffer: Buffer.from(SHEET) });
      await coordinator.press('上传并检查');
    };
    await upload();
    const preview = await coordinator.text();
    expect(preview).toContain('没有物资名称');
    expect(preview).toContain('没有机构名称');
    const unusable = coordinator.page.locator('section.panel', { hasText: '无法使用的行' });
    expect(await unusable.locator('tbody td:first-child').allInnerTexts()).toEqual(['5', '6']);
    await coordinator.press('确认导入 2 份需求');
    await coordinator.page.getByRole('heading', { name: '导入需求' }).waitFor();
    await stand.settle();
    // the page looks again by itself, and a coordinator who does not wait looks now
    await coordinator.page.reload();
    expect(await coordinator.text()).toContain('完成 2 行');
    await coordinator.open('/console?text=示例第一医院');
    await coordinator.follow('示例第一医院');
    const shown = await coordinator.text();
    expect(shown).toContain('500 只');
    expect(shown).toContain('需要，数量待定');
    await upload();
    await coordinator.press('确认导入 2 份需求');
    await coordinator.page.getByRole('heading', { name: '导入需求' }).waitFor();
    await stand.settle();
    await coordinator.page.reload();
    expect(await coordinator.text()).toContain('其中 2 行以前已经导入，没有重复创建');
  });

  it('lets the coordinator act for an organization that has no e-mail', async () => {
    await openAs(coordinator, 'hub-coordinator', '/console?text=示例第二医院');
    await coordinator.follow('示例第二医院');
    await decide(coordinator, '请补充或修改', { reason: '请问要防雾的还是普通的？' });
    await stand.settle();
    const address = coordinator.page.url();
    await coordinator.open(address);
    expect(await coordinator.text()).toContain('您的操作会记录为“代申请方”');
    await decide(coordinator, '重新提交', { reason: '电话里说要防雾的', 'lines.0.specification': '防雾，成人' });
    await stand.settle();
    await coordinator.open(address);
    const shown = await coordinator.text();
    expect(shown).toContain('防雾，成人');
    expect(shown).toContain('核实需求');
  });
});
