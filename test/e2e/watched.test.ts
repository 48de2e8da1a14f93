import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DescribeExecutionCommand, ListExecutionsCommand, SFNClient, StopExecutionCommand } from '@aws-sdk/client-sfn';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type RunningStack, startStack } from '../../cdk/cli/stack.ts';
import { CaseId } from '../../shared/domain/ids.ts';
import { readCase } from '../../shared/store/cases.ts';
import { type MailServer, startMailServer } from '../fake/mail-server.ts';
import { sendNeed } from './applicant.ts';
import { command } from './command.ts';
import { freePort } from './free-port.ts';

const MINUTE = 60_000;
const until = { timeout: 60_000, interval: 200 };

let dataDir: string;
let mails: MailServer;
let hook: Server;
let stack: RunningStack;
const posted: { name: string; state: string }[] = [];
const said: string[] = [];
const settings = () => ({ PORT: new URL(stack.cloud.url).port, JIELI_DATA: dataDir });

beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'jieli-watched-'));
  mails = await startMailServer();
  hook = createServer((request, response) => {
    let text = '';
    request.on('data', (chunk: Buffer) => {
      text += chunk.toString();
    });
    request.on('end', () => {
      posted.push(JSON.parse(text));
      response.end();
    });
  }).listen(0, '127.0.0.1');
  await once(hook, 'listening');
  const address = hook.address();
  stack = await startStack({
    port: await freePort(),
    dataDir,
    demo: false,
    say: (line) => said.push(line),
    outside: {
      publicUrl: 'https://hub.example.org',
      issuer: 'https://sign-in.example.org',
      oidcClientId: 'jieli',
      smtpUrl: mails.url,
      mailFrom: 'hub@example.org',
      alarmEmail: 'admin@example.org',
      alarmUrl: `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}/`,
      trustedProxies: 1,
    },
  });
}, 180_000);
afterAll(async () => {
  await stack.cloud.stop();
  await mails.stop();
  hook.close();
  rmSync(dataDir, { recursive: true });
});

const health = async () => {
  const response = await fetch(`${stack.cloud.url}/health`);
  return [response.status, await response.json()];
};
const aNeed = () =>
  sendNeed(stack.cloud, {
    organization: '示例医院',
    email: 'a@clinic.example',
    lines: [{ item: '口罩', quantity: 1 }],
  });
const subjects = (part: string) => mails.mails.map(({ subject = '' }) => subject).filter((one) => one.includes(part));

describe('one server with a public address', () => {
  it('tells an alarm by mail, by POST and on its output, once when it begins and once when it is over', async () => {
    const { clock, inject, url } = stack.cloud;
    inject({ service: 'lambda', target: 'Site', times: 3, error: { code: 'ServiceException', status: 500 } });
    for (let visit = 0; visit < 3; visit++) expect((await fetch(url)).status).toBeGreaterThanOrEqual(500);
    await clock.advance(2 * MINUTE);
    await vi.waitFor(
      () => expect(posted).toMatchObject([{ name: 'Jieli: visitors see errors', state: 'ALARM' }]),
      until,
    );
    await clock.advance(20 * MINUTE);
    await vi.waitFor(() => expect(posted.map(({ state }) => state)).toEqual(['ALARM', 'OK']), until);
    await vi.waitFor(() => expect(subjects('visitors see errors')).toHaveLength(2), until);
    expect(subjects('visitors see errors')).toEqual([
      '[Jieli] ALARM Jieli: visitors see errors',
      '[Jieli] over: Jieli: visitors see errors',
    ]);
    expect(said.filter((line) => line.includes('visitors see errors'))).toHaveLength(2);
  }, 120_000);

  it('says at /health that cases are not carried on, then that records were given up, and takes them up again by a command', async () => {
    expect(await health()).toEqual([200, { ok: true, codes: [] }]);
    const error = { code: 'ServiceException', status: 500 };
    const mend = stack.cloud.inject({ service: 'lambda', target: 'Relay', times: Number.POSITIVE_INFINITY, error });
    const { id } = await aNeed();
    await stack.cloud.clock.advance(30 * MINUTE);
    await vi.waitFor(async () => expect(await health()).toEqual([503, { ok: false, codes: ['relay'] }]), until);
    const stopped = await command(settings(), 'status');
    expect(stopped).toMatch(/^streams +\S*Relay\S* is stopped after \d+ tries$/m);
    expect(stopped).toMatch(/^alarms +Jieli: cases move on late /m);
    await stack.cloud.clock.advance(60 * MINUTE);
    // the sweep has asked again meanwhile, and that is not carried on either
    await vi.waitFor(
      async () => expect(await health()).toEqual([503, { ok: false, codes: ['queues', 'relay'] }]),
      until,
    );
    expect(posted.map(({ name, state }) => [name, state])).toContainEqual(['Jieli: cases do not move on', 'ALARM']);
    const report = await command(settings(), 'status');
    expect(report).toMatch(/^queues +\S*Relaying\S*: \d+ messages, \d+ of them given up/m);
    expect(report).toMatch(/^alarms .*cases do not move on/m);
    for (const row of ['disk', 'memory', 'failed executions', 'mail that waits', 'last sweep', 'last backup'])
      expect(report).toMatch(new RegExp(`^${row}  `, 'm'));
    mend();
    expect(await command(settings(), 'redrive')).toMatch(/Records given to their function again: [1-9]\d*\.$/m);
    await vi.waitFor(
      async () => expect((await readCase(stack.table, CaseId.parse(id)))?.stage).toBe('verifying'),
      until,
    );
    await stack.cloud.clock.advance(MINUTE);
    await vi.waitFor(async () => expect(await health()).toEqual([200, { ok: true, codes: [] }]), until);
  }, 180_000);

  it('evaluates what functions measure themselves: mails that are not taken are told, and that they are again', async () => {
    const { clock } = stack.cloud;
    const about = (name: string) => posted.filter((one) => one.name === `Jieli: ${name}`).map(({ state }) => state);
    mails.refusedSenders.add('hub@example.org');
    await aNeed();
    await clock.advance(4 * 60 * MINUTE);
    await vi.waitFor(() => expect(about('mails are not taken')).toEqual(['ALARM']), until);
    mails.refusedSenders.clear();
    await clock.advance(12 * 60 * MINUTE);
    await vi.waitFor(() => expect(about('mails are not taken')).toEqual(['ALARM', 'OK']), until);
    expect(about('a key is to be deleted')).toEqual([]);
  }, 120_000);

  it('takes up executions again that ended in error', async () => {
    const { id } = await aNeed();
    await vi.waitFor(
      async () => expect((await readCase(stack.table, CaseId.parse(id)))?.stage).toBe('verifying'),
      until,
    );
    const sfn = new SFNClient({});
    const stateMachineArn = stack.cloud.outputs.NeedMachineArn;
    const { executions = [] } = await sfn.send(new ListExecutionsCommand({ stateMachineArn }));
    const executionArn = executions.find(({ name }) => name?.startsWith(id))?.executionArn;
    await sfn.send(new StopExecutionCommand({ executionArn }));
    expect(await command(settings(), 'status')).toMatch(/^failed executions +\S+: 1$/m);
    expect(await command(settings(), 'redrive')).toContain(`Taken up again: ${id}-1`);
    const again = await sfn.send(new DescribeExecutionCommand({ executionArn }));
    expect(again.status).toBe('RUNNING');
  }, 120_000);

  it('answers its owner’s commands to nobody else', async () => {
    for (const authorization of ['', 'Bearer x', `Bearer ${stack.cloud.controlKey}x`]) {
      const answer = await fetch(`${stack.cloud.endpointUrl}/_local/status`, {
        method: 'POST',
        headers: { authorization },
      });
      expect(answer.status).toBe(401);
    }
    expect((await fetch(`${stack.cloud.url}/_local/status`, { method: 'POST' })).status).toBe(404);
  });
});
