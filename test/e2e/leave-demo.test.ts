import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { apiClient } from '../../cdk/cli/api-client.ts';
import { demoPeople, newcomers } from '../../cdk/cli/demo/people.ts';
import { type RunningStack, startStack } from '../../cdk/cli/stack.ts';
import { MemberId, PartyId } from '../../shared/domain/ids.ts';
import { instant } from '../../shared/domain/time.ts';
import { listInvitations } from '../../shared/store/invitations.ts';
import { membershipsOf } from '../../shared/store/parties.ts';
import { listSessions, sessionHash, startSession } from '../../shared/store/sessions.ts';
import { type MailServer, startMailServer } from '../fake/mail-server.ts';
import { sendNeed } from './applicant.ts';
import { command } from './command.ts';
import { freePort } from './free-port.ts';
import { mailsTo } from './stand.ts';

describe('a folder that was a demo, started with a public URL', () => {
  let dataDir: string;
  let mail: MailServer;
  let stack: RunningStack | undefined;
  /** the path of a private link that stood in the demo's mailbox */
  let link = '';
  const said: string[] = [];
  const people = [...demoPeople.members.map(({ id }) => id), ...newcomers.map(({ sub }) => MemberId.parse(sub))];
  const memberships = async ({ table }: RunningStack) =>
    (await Promise.all(people.map((id) => membershipsOf(table, id)))).flat();

  const stop = async () => {
    await stack?.cloud.stop();
    stack = undefined;
  };
  const start = async (more: { readonly isPublic: boolean; readonly removeDemoMembers?: boolean }) => {
    const outside = {
      publicUrl: 'https://hub.example.org',
      issuer: 'https://sign-in.example.org',
      oidcClientId: 'jieli',
      smtpUrl: mail.url,
      mailFrom: 'hub@example.org',
      trustedProxies: 1,
    };
    const { isPublic, removeDemoMembers } = more;
    const options = { port: await freePort(), dataDir, demo: false, say: (line: string) => void said.push(line) };
    stack = await startStack({ ...options, removeDemoMembers, outside: isPublic ? outside : undefined });
    return stack;
  };

  beforeAll(async () => {
    dataDir = mkdtempSync(join(tmpdir(), 'jieli-was-demo-'));
    mail = await startMailServer();
    const demo = await start({ isPublic: false });
    const { cloud, table } = demo;
    const sent = await sendNeed(
      { url: cloud.url },
      { organization: '示例第一医院', email: 'office@hospital.example', lines: [{ item: '医用口罩', quantity: 100 }] },
    );
    link = new URL(sent.link).pathname;
    const lead = apiClient(cloud.url, await cloud.token('hub-lead'));
    const invited = { email: 'colleague@example.org', roles: ['coordinator'], language: 'zh' };
    await lead.post('/invitations', invited, z.unknown());
    const startedAt = instant(Date.now());
    const endsAt = instant(Date.now() + 3_600_000);
    const session = { member: MemberId.parse('founder'), startedAt, endsAt, askAgainAt: endsAt, revision: 1 };
    await startSession(table, sessionHash('a cookie'), session);
    await cloud.clock.advance(0);
    expect((await mailsTo(cloud.url, 'office@hospital.example')).length).toBeGreaterThan(0);
    expect((await fetch(`${cloud.url}${link}`)).status).toBe(200);
    await stop();
  });
  afterAll(async () => {
    await stop();
    await mail.stop();
    rmSync(dataDir, { recursive: true });
  });

  it('does not start, and names the members that came with the demo', async () => {
    const refused = start({ isPublic: true });
    await expect(refused).rejects.toThrow('hub-lead (hub)');
    await expect(refused).rejects.toThrow('--remove-demo-members');
    expect(existsSync(join(dataDir, 'lock'))).toBe(false);
  });

  it('starts once their removal was asked for: memberships, sessions, invitations and demo mail are gone, and the audit is clean', async () => {
    const open = await start({ isPublic: true, removeDemoMembers: true });
    expect(said.join('\n')).toContain(
      'No longer members, since they came with the demo: hub-coordinator (hub), hub-lead',
    );
    expect(await memberships(open)).toEqual([]);
    const invitations = await listInvitations(open.table, PartyId.parse('hub'));
    expect(invitations.map(({ ended }) => ended)).toEqual(['cancelled']);
    expect(await listSessions(open.table, MemberId.parse('founder'), instant(Date.now()))).toEqual([]);
    await open.cloud.clock.advance(0);
    // nobody of the demo is written to
    expect(mail.mails).toEqual([]);
    const settings = { PORT: '3000', JIELI_DATA: dataDir };
    expect(await command(settings, 'verify-audit')).toContain('Everything is as it was written.');
    await stop();
  });

  it('starts without the flag from then on, and a demo start brings nobody, no mail and no private link back', async () => {
    await start({ isPublic: true });
    await stop();
    const demo = await start({ isPublic: false });
    expect(await memberships(demo)).toEqual([]);
    expect(await mailsTo(demo.cloud.url, 'office@hospital.example')).toEqual([]);
    expect((await fetch(`${demo.cloud.url}${link}`)).status).toBe(410);
  });
});
