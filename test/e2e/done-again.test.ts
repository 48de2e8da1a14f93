import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { sendNeed } from './applicant.ts';
import { openAs } from './officer.ts';
import type { Reader } from './reader.ts';
import { HOUR, type Stand, startStand } from './stand.ts';

const SHEET = [
  '医院,区县,物资,数量,联系人,联系电话',
  '示例第一医院,江岸区,医用口罩,500,刘主任,027-00001234',
  '示例第二医院,硚口区,护目镜,20,陈主任,027-00005678',
].join('\r\n');
const always = Number.POSITIVE_INFINITY;
/** For what a busy machine does late. */
const MANY_TRIES = { timeout: 60_000, interval: 500 };

describe('没有做成的事，排除原因后再做一遍', () => {
  let stand: Stand;
  let operator: Reader;
  let phone: Reader;
  let coordinator: Reader;
  const emails = ['one@hospital.example', 'two@hospital.example', 'three@hospital.example'];
  const send = (email: string) =>
    // what is critical is told at once
    sendNeed(stand, {
      organization: '示例医院',
      email,
      urgency: 'critical',
      lines: [{ item: '医用口罩', quantity: 1, unit: '只' }],
    });
  const arrived = async () => (await Promise.all(emails.map((to) => stand.mails(to)))).map(({ length }) => length);

  beforeAll(async () => {
    stand = await startStand();
    [operator, phone, coordinator] = await Promise.all([
      stand.reader(),
      stand.reader({ language: 'en', viewport: 'phone' }),
      stand.reader(),
    ]);
  }, 180_000);
  afterAll(() => stand?.close(), 180_000);

  it('has mails that were given up sent again: one, those of a case, all of them', async () => {
    const refusal = { code: 'MessageRejected', message: 'Transaction failed: content', status: 400 };
    const mend = stand.inject({ service: 'ses', times: always, error: refusal });
    const [, second] = [await send(emails[0] ?? ''), await send(emails[1] ?? ''), await send(emails[2] ?? '')];
    await openAs(operator, 'operator', '/console/operations');
    await vi.waitFor(async () => {
      await operator.open('/console/operations');
      // each applicant's receipt, and to the hub's desk of four that each waits for it
      expect(await operator.text()).toContain('15 封：邮件内容被拒收');
    }, MANY_TRIES);
    mend();
    const tired = { code: 'LimitExceededException', message: 'Daily message quota exceeded', status: 400 };
    const mendQuota = stand.inject({ service: 'ses', times: always, error: tired });
    await send('later@hospital.example');
    await stand.settle();
    await openAs(phone, 'operator', '/console/operations');
    await operator.open('/console/operations');
    mendQuota();
    const shown = await operator.text();
    expect(shown).toContain('邮件内容被拒收');
    expect(shown).not.toContain(second.id);
    await phone.page.locator('summary', { hasText: 'Send only some' }).click();
    expect(await phone.text()).toContain('an applicant');

    await operator.page.locator('summary', { hasText: '只重新发送其中几封' }).click();
    await operator.fill({ caseId: second.id });
    await operator.press('重新发送该申请的邮件');
    expect(await operator.text()).toContain('几秒钟内开始发送');
    await vi.waitFor(async () => expect(await arrived()).toEqual([0, 1, 0]), MANY_TRIES);
    await operator.open('/console/operations');
    await operator.page.locator('summary', { hasText: '只重新发送其中几封' }).click();
    const single = operator.page.locator('tr', { hasText: '申请方' }).first();
    await operator.press('重新发送', single);
    await vi.waitFor(async () => expect((await arrived()).toSorted()).toEqual([0, 1, 1]), MANY_TRIES);
    await operator.open('/console/operations');
    await operator.press('全部重新发送');
    await vi.waitFor(async () => expect(await arrived()).toEqual([1, 1, 1]), MANY_TRIES);
  });

  it('has the rows of an import tried again that failed by a fault', async () => {
    await openAs(coordinator, 'hub-coordinator', '/console/import');
    const file = { name: '需求.csv', mimeType: 'text/csv', buffer: Buffer.from(SHEET) };
    await coordinator.page.locator('[name="file"]').setInputFiles(file);
    await coordinator.press('上传并检查');
    const fault = { code: 'KMSInternalException', status: 500 };
    const mend = stand.inject({ service: 'kms', operation: 'GenerateMac', times: always, error: fault });
    await coordinator.press('确认导入 2 份需求');
    await stand.advance(2 * HOUR);
    await coordinator.turn(() => coordinator.page.reload());
    expect(await coordinator.text()).toContain('2 行因系统故障没有做成');
    mend();
    await coordinator.press('重做失败的 2 行');
    await stand.settle();
    await coordinator.turn(() => coordinator.page.reload());
    const done = await coordinator.text();
    expect(done).toContain('完成 2 行');
    expect(done).not.toContain('故障');
    const other = await stand.reader({ language: 'en', viewport: 'phone' });
    await openAs(other, 'hub-coordinator', new URL(coordinator.page.url()).pathname);
    expect(await other.text()).toContain('2 rows done');
  });
});
