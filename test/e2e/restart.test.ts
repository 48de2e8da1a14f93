import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startStack } from '../../cdk/cli/stack.ts';
import { sendNeed } from './applicant.ts';
import { freePort } from './free-port.ts';
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
    await stand.nextDigest();
    const [digest] = await stand.mails('hub-coordinator@example.org');
    expect(digest?.subject).toContain('1 项逾期');
    expect(digest?.text).toContain(`${stand.url}/console/cases/${need.id}`);

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

it('A start is ready while the doors are never at rest, and does not move the clock', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'jieli-busy-'));
  const port = await freePort();
  let started = false;
  let answered = 0;
  const insist = async (): Promise<void> => {
    while (!started) {
      const response = await fetch(`http://localhost:${port}/api/v1/programmes`).catch(() => undefined);
      if (response?.ok) answered += 1;
      else await new Promise((resolve) => setTimeout(resolve, 50));
    }
  };
  const crowd = Array.from({ length: 8 }, insist);
  try {
    const { cloud } = await startStack({ port, dataDir, demo: false, say: () => undefined });
    started = true;
    await Promise.all(crowd);
    expect(cloud.clock.offset()).toBe(0);
    expect(answered).toBeGreaterThan(0);
    await cloud.stop();
  } finally {
    started = true;
    rmSync(dataDir, { recursive: true, force: true });
  }
});
