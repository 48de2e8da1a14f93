import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { type RunningStack, startStack } from '../../cdk/cli/stack.ts';
import { need } from '../../functions/kinds/need/api.ts';
import { countUnsent } from '../../shared/store/mails.ts';
import { type MailServer, startMailServer } from '../fake/mail-server.ts';
import { command } from './command.ts';
import { freePort } from './free-port.ts';

let dataDir: string;
let server: MailServer;
const said: string[] = [];
const stacks: RunningStack[] = [];
beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'jieli-password-'));
  server = await startMailServer({ user: 'hub', password: 'right' });
});
afterAll(async () => {
  for (const { cloud } of stacks) await cloud.stop();
  await server.stop();
  rmSync(dataDir, { recursive: true });
});

async function start(password: string): Promise<RunningStack> {
  const stack = await startStack({
    port: await freePort(),
    dataDir,
    demo: false,
    say: (line) => said.push(line),
    outside: {
      publicUrl: 'https://hub.example.org',
      issuer: 'https://sign-in.example.org',
      oidcClientId: 'jieli',
      smtpUrl: server.url.replace('//', `//hub:${password}@`),
      mailFrom: 'hub@example.org',
      trustedProxies: 1,
    },
  });
  stacks.push(stack);
  return stack;
}

async function submit({ cloud }: RunningStack, email: string): Promise<void> {
  const value = need(Date.now()).need?.value;
  const body = JSON.stringify(Object.assign({}, value, { contact: { name: '某某', phone: '027-00001234', email } }));
  const headers = { 'content-type': 'application/json' };
  const answer = await fetch(`${cloud.url}/api/v1/needs`, { method: 'POST', headers, body });
  expect(answer.status).toBe(201);
}

const waits = async ({ table }: RunningStack) =>
  (await countUnsent(table)).waiting.map(({ why, count }) => [why, count]);
const until = { timeout: 60_000, interval: 100 };

it('a server with a wrong mail password says so at its start and loses nothing: with the right one all mails come', async () => {
  const wrong = await start('wrong');
  expect(said.join('\n')).toMatch(/127\.0\.0\.1: IT DOES NOT LET US IN \(.*535/);
  await submit(wrong, 'first@example.org');
  await submit(wrong, 'second@example.org');
  await vi.waitFor(async () => expect(await waits(wrong)).toEqual([['sender', 2]]), until);
  await wrong.cloud.stop();
  stacks.length = said.length = 0;

  server.refused.set('second@example.org', 550);
  const right = await start('right');
  expect(said.join('\n')).toContain('127.0.0.1: it lets us in. Mails that waited and are sent now: 2.');
  expect(said.join('\n')).not.toContain('right@');
  await vi.waitFor(
    () => expect(server.mails.map(({ to }) => [to].flat()[0]?.text)).toEqual(['first@example.org']),
    until,
  );
  await vi.waitFor(async () => expect((await countUnsent(right.table)).givenUp).toMatchObject([{ count: 1 }]), until);

  // what was given up goes out by a command, once the cause is mended
  server.refused.clear();
  const settings = { PORT: new URL(right.cloud.url).port, JIELI_DATA: dataDir };
  expect(await command(settings, 'resend', '--list')).toMatch(
    / {2}recipient {2}N\w{9} {2}applicant {2}\S+\nMails given up: 1\./,
  );
  expect(await command(settings, 'resend', '--why', 'content')).toContain('Given up, and tried now: 0.');
  await expect(command(settings, 'resend', '--why', 'whatever')).rejects.toThrow('recipient, content, put-off');
  expect(await command(settings, 'resend', '--why', 'recipient')).toContain('Given up, and tried now: 1.');
  await vi.waitFor(() => expect(server.mails).toHaveLength(2), until);
  await vi.waitFor(async () => expect(await command(settings, 'resend')).toContain('No mail waits'), until);
}, 240_000);
