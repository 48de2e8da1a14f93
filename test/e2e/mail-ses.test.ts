import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  GetAccountCommand,
  PutAccountDetailsCommand,
  PutAccountSendingAttributesCommand,
  SESv2Client,
} from '@aws-sdk/client-sesv2';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { type RunningStack, startStack } from '../../cdk/cli/stack.ts';
import { CaseId } from '../../shared/domain/ids.ts';
import { readCaseFile } from '../../shared/store/cases.ts';
import { countUnsent } from '../../shared/store/mails.ts';
import { sendNeed } from './applicant.ts';
import { freePort } from './free-port.ts';
import { mailsTo } from './stand.ts';

const HOUR = 3_600_000;
const until = { timeout: 60_000, interval: 100 };

let dataDir: string;
let stack: RunningStack;
let ses: SESv2Client;
beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'jieli-ses-'));
  const port = await freePort();
  stack = await startStack({ port, dataDir, demo: false, sesSandbox: true, say: () => undefined });
  ses = new SESv2Client({});
}, 180_000);
afterAll(async () => {
  await stack.cloud.stop();
  rmSync(dataDir, { recursive: true });
});

const submit = (email: string) =>
  sendNeed(stack.cloud, {
    organization: `示例医院 ${email}`,
    email,
    urgency: 'critical',
    lines: [{ item: '医用口罩', quantity: 100 }],
  });
const subjectsTo = async (email: string) => (await mailsTo(stack.cloud.url, email)).map(({ subject }) => subject);
const whyWaiting = async () => (await countUnsent(stack.table)).waiting.map(({ why, count }) => [why, count]);
const eventsOf = async (id: string) =>
  (await readCaseFile(stack.table, CaseId.parse(id)))?.events.map(({ type }) => type) ?? [];

it('mail that SES refuses in the sandbox, or while sending is paused, waits, and arrives once when the account is let out', async () => {
  expect(await ses.send(new GetAccountCommand({}))).toMatchObject({
    ProductionAccessEnabled: false,
    SendingEnabled: true,
  });
  const { id } = await submit('office@clinic.example');
  await vi.waitFor(async () => expect(await whyWaiting()).toEqual([['sender', 1]]), until);
  // the hub's own domain is verified: its people are told in the sandbox too
  await vi.waitFor(async () => expect((await subjectsTo('hub-coordinator@example.org')).join()).toContain(id), until);
  await stack.cloud.clock.advance(2 * HOUR);
  expect(await subjectsTo('office@clinic.example')).toEqual([]);

  await ses.send(new PutAccountSendingAttributesCommand({ SendingEnabled: false }));
  await ses.send(
    new PutAccountDetailsCommand({
      MailType: 'TRANSACTIONAL',
      WebsiteURL: 'https://hub.example.org',
      ProductionAccessEnabled: true,
    }),
  );
  await submit('second@clinic.example');
  await vi.waitFor(async () => expect(await whyWaiting()).toMatchObject([['sender', expect.any(Number)]]), until);
  await ses.send(new PutAccountSendingAttributesCommand({ SendingEnabled: true }));
  await stack.cloud.clock.advance(8 * HOUR);
  expect(await whyWaiting()).toEqual([]);
  for (const to of ['office@clinic.example', 'second@clinic.example']) {
    expect((await subjectsTo(to)).filter((subject) => subject.includes('已收到'))).toHaveLength(1);
  }
}, 180_000);

it.each([
  ['bounce', 'bounced'],
  ['complaint', 'complained'],
])(
  'a %s that SES tells reaches the case and its coordinators, and no more mail goes to that address',
  async (sort, why) => {
    const email = `${sort}+${why}@simulator.amazonses.com`;
    const { id } = await submit(email);
    await vi.waitFor(async () => {
      // what came back before it was remembered as sent is told again in a minute
      await stack.cloud.clock.advance(60_000);
      expect(await eventsOf(id)).toContain('mail-undelivered');
    }, until);
    const file = await readCaseFile(stack.table, CaseId.parse(id));
    expect(file?.events.find(({ type }) => type === 'mail-undelivered')).toMatchObject({
      why,
      by: { type: 'workflow' },
    });
    await vi.waitFor(async () => {
      const subjects = await subjectsTo('hub-coordinator@example.org');
      expect(subjects.filter((subject) => subject.includes(id) && subject.includes('邮件无法送达申请方'))).toHaveLength(
        1,
      );
    }, until);
    const before = (await countUnsent(stack.table)).givenUp.reduce((sum, { count }) => sum + count, 0);
    await submit(email);
    await vi.waitFor(async () => {
      const after = (await countUnsent(stack.table)).givenUp.reduce((sum, { count }) => sum + count, 0);
      expect(after).toBe(before + 1);
    }, until);
  },
  180_000,
);
