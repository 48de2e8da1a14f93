import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { units } from '../../cdk/cli/units.ts';
import { createClock, type LocalClock } from '../../cdk/local/clock.ts';
import { createIssuer, type Issuer } from '../../cdk/local/oidc/index.ts';
import { callbackPath, signedOutPath } from '../../functions/console/sign-in/paths.ts';
import { type MailServer, startMailServer } from '../fake/mail-server.ts';
import { ctrlC, type StartedStack, startCommand } from './command.ts';
import { cookieClient } from './cookie-client.ts';
import { freePort } from './free-port.ts';
import { readServerBlock, startTlsProxy } from './tls-proxy.ts';
import { variablesOf } from './unit-file.ts';

const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');
const section = readme.slice(readme.indexOf('## On one server'), readme.indexOf('## On AWS'));
const [, block = ''] = /```nginx\n([\s\S]*?)```/.exec(section) ?? [];
/** What the README says that is registered at the issuer, by the first words of its row. */
const registered = (row: string): string => new RegExp(`\\| ${row}[^|]*\\| \`([^\`]+)\` \\|`).exec(section)?.[1] ?? '';
const PUBLIC = 'https://hub.example.org';
/** With characters that the issuer's client must encode. */
const SECRET = 'p@ss:w%rd+1';

let folder: string;
let mail: MailServer;
let clock: LocalClock;
let issuer: Issuer;
let issuing: Server;
let stack: StartedStack;
let proxy: Awaited<ReturnType<typeof startTlsProxy>>;
let url: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'jieli-example-'));
  mail = await startMailServer();
  const [port, outside, issuerPort] = [await freePort(), await freePort(), await freePort()];
  url = `https://localhost:${outside}`;
  const here = (address: string) => address.replace(PUBLIC, url);
  clock = createClock({ file: join(folder, 'clock.json') });
  issuing = createServer((request, response) => void issuer.handle(request, response).catch(() => response.destroy()));
  await new Promise<void>((resolve) => issuing.listen(issuerPort, 'localhost', resolve));
  issuer = await createIssuer({
    issuerUrl: `http://localhost:${issuerPort}/realm`,
    dataDir: folder,
    clients: [
      {
        clientId: 'jieli',
        clientSecret: SECRET,
        redirectUris: [here(registered('redirect address'))],
        postLogoutRedirectUris: [here(registered('address after signing out'))],
        backChannelLogoutUri: here(registered('back-channel logout')),
      },
    ],
    people: [
      { sub: 'b7f9-lead', name: '王芳', email: 'lead@hub.example' },
      { sub: 'c001-stranger', name: '生人', email: 'stranger@hub.example' },
    ],
    clock,
  });

  const parties = join(folder, 'parties.json');
  const hub = { id: 'hub', type: 'hub', name: '江城应急协作中心' };
  const lead = { id: 'b7f9-lead', party: 'hub', name: '王芳', email: 'lead@hub.example', roles: ['lead'] };
  writeFileSync(parties, JSON.stringify({ parties: [hub], members: [lead] }));
  const settings = join(folder, 'jieli.env');
  const filled = {
    ...variablesOf(
      units({ user: 'jieli', dataDir: '', settings: '', parties: '', backups: '', recipient: '' })['jieli.env'] ?? '',
    ),
    PORT: String(port),
    JIELI_PUBLIC_URL: url,
    JIELI_OIDC_ISSUER: issuer.issuerUrl,
    JIELI_OIDC_CLIENT_SECRET: SECRET,
    JIELI_SMTP_URL: mail.url,
  };
  writeFileSync(
    settings,
    Object.entries(filled)
      .map((pair) => pair.join('='))
      .join('\n'),
  );
  // nothing of it stands on the command line or in the environment
  const started = { PORT: String(port), JIELI_DATA: join(folder, 'data') };
  stack = await startCommand(started, '--parties', parties, '--settings', settings);
  proxy = await startTlsProxy(folder, outside, String(port), readServerBlock(block));
}, 180_000);
afterAll(async () => {
  proxy?.stop();
  if (stack) await ctrlC(stack.child);
  issuer?.close();
  issuing?.closeAllConnections();
  issuing?.close();
  clock?.stop();
  await mail.stop();
  rmSync(folder, { recursive: true, force: true });
}, 60_000);

const signIn = async (sub: string) => {
  const client = cookieClient(proxy.certificate);
  const asked = await client.follow(`${url}/console`);
  expect(asked.url).toMatch(/^http:\/\/localhost:\d+\/realm\/sign-in\//);
  const headers = { 'content-type': 'application/x-www-form-urlencoded' };
  const page = await client.follow(asked.url, { method: 'POST', headers }, `sub=${sub}`);
  return { client, page };
};

describe('the README’s example of one server', () => {
  it('names the addresses that the console has', () => {
    expect(registered('redirect address')).toBe(`${PUBLIC}${callbackPath}`);
    expect(registered('address after signing out')).toBe(`${PUBLIC}${signedOutPath}`);
    expect(registered('back-channel logout')).toBe(`${PUBLIC}/console/back-channel-logout`);
    expect(readServerBlock(block).upstream).toBe('http://127.0.0.1:3000');
  });

  it('lets a member sign in through the proxy, at an issuer that insists on a client secret', async () => {
    const { client, page } = await signIn('b7f9-lead');
    expect(page.status).toBe(200);
    expect(page.url).toMatch(`${url}/console`);
    expect(page.body).toContain('王芳');
    expect(client.cookies(url)).toContain('__Host-jieli-session');
  });

  it('shows whoever is no member yet the number by which the issuer knows them', async () => {
    const { page } = await signIn('c001-stranger');
    expect(page.body).toContain('c001-stranger');
  });

  it('takes the issuer’s access tokens at the API, whose audience is the client', async () => {
    const headers = { authorization: `Bearer ${await issuer.mintAccessToken('b7f9-lead')}` };
    const { once } = cookieClient(proxy.certificate);
    expect((await once(`${url}/api/v1/me`, { headers })).status).toBe(200);
  });

  it('lets a spreadsheet of 4 MB through, and counts by who came to the proxy', async () => {
    const { once } = cookieClient(proxy.certificate);
    const boundary = 'x';
    const sheet = `姓名,身份证号\n${'王,1\n'.repeat(10)}`.padEnd(3_900_000, ' ');
    const body = `--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="a.csv"\r\ncontent-type: text/csv\r\n\r\n${sheet}\r\n--${boundary}--\r\n`;
    const headers = {
      'content-type': `multipart/form-data; boundary=${boundary}`,
      'content-length': String(Buffer.byteLength(body)),
      'x-forwarded-for': '203.0.113.9',
    };
    const { status } = await once(`${url}/api/v1/roster-reviews`, { method: 'POST', headers }, body);
    expect([200, 422]).toContain(status);
  });

  it('answers a file of any size that is too large with the same page, without scripts', async () => {
    const { once } = cookieClient(proxy.certificate);
    for (const megabytes of [4.2, 5, 8, 12]) {
      const start = '--x\r\ncontent-disposition: form-data; name="file"; filename="a.csv"\r\n\r\n';
      const body = `${start}${'a,b\n'.repeat(megabytes * 256 * 1024)}\r\n--x--\r\n`;
      const headers = {
        'content-type': 'multipart/form-data; boundary=x',
        'content-length': String(Buffer.byteLength(body)),
        accept: 'text/html',
        'accept-language': 'en',
      };
      const answer = await once(`${url}/insurance/new`, { method: 'POST', headers }, body);
      expect([megabytes, answer.status]).toEqual([megabytes, megabytes < 4.5 ? 422 : 413]);
      expect(answer.body).toContain('4 MB');
      expect(answer.body).toContain('lang="en"');
    }
  });
});
