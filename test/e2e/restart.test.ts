import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sendNeed } from './applicant.ts';
import { decide, openAs, openCaseAs } from './officer.ts';
import { HOUR, type Stand, startStand } from './stand.ts';

const EMAIL = 'patient@hospital.example';

describe('Stopping the stack and starting it again on another port', () => {
  let stand: Stand;

  beforeAll(async () => {
    stand = await startStand();
  }, 180_000);
  afterAll(() => stand?.close(), 180_000);

  it('goes on where it was: open tasks, deadlines, sign-in, private links at the new address', async () => {
    const lines = [{ item: '医用口罩', quantity: 100, unit: '只' }];
    const need = await sendNeed(stand, { organization: '示例第一医院', email: EMAIL, lines });
    const before = stand.url;
    await stand.settle();
    const coordinator = await stand.reader();
    await openCaseAs(coordinator, 'hub-coordinator', need.id);
    await stand.advance(20 * HOUR);
    await stand.restart();
    expect(stand.url).not.toBe(before);

    await stand.advance(5 * HOUR);
    const [reminder] = await stand.mails('hub-coordinator@example.org');
    expect(reminder?.subject).toContain('提醒');
    expect(reminder?.text).toContain(`${stand.url}/console/cases/${need.id}`);

    const again = await stand.reader();
    await openAs(again, 'hub-coordinator');
    await again.follow('示例第一医院');
    await decide(again, '核实通过');
    const [news] = await stand.mails(EMAIL);
    expect(news?.subject).toContain('已核实');
    const link = /https?:\S+/.exec(news?.text ?? '')?.[0] ?? '';
    expect(link).toBe(`${need.link.replace(before, stand.url)}?lang=zh`);
    const hospital = await stand.reader({ viewport: 'phone' });
    await hospital.open(link);
    expect(await hospital.text()).toContain('寻找捐赠方');
  });
});
