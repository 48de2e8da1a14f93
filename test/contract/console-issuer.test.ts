import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createClock, type LocalClock } from '../../cdk/local/clock.ts';
import { createIssuer as createLocalIssuer, type Issuer as LocalIssuer } from '../../cdk/local/oidc/index.ts';
import { createIssuer, type Issuer } from '../../functions/console/sign-in/issuer.ts';
import { MemberId } from '../../shared/domain/ids.ts';

const callback = 'http://localhost:3000/console/callback';
const signedOut = 'http://localhost:3000/console/signed-out';
const folder = mkdtempSync(join(tmpdir(), 'console-issuer-'));
let clock: LocalClock;
let server: Server;
let local: LocalIssuer;
let issuer: Issuer;

beforeAll(async () => {
  clock = createClock({ file: join(folder, 'clock.json') });
  server = createServer((request, response) => void local.handle(request, response));
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve));
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  local = await createLocalIssuer({
    issuerUrl: `http://localhost:${port}/_aws/oidc`,
    dataDir: folder,
    clients: [{ clientId: 'console', redirectUris: [callback], postLogoutRedirectUris: [signedOut] }],
    people: [{ sub: 'hub-lead', name: '王芳', email: 'lead@hub.example' }],
    clock,
  });
  issuer = createIssuer(local.issuerUrl, 'console');
});

afterAll(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  local.close();
  clock.stop();
  rmSync(folder, { recursive: true });
});

/** Goes where a browser without scripts is sent, until that is the console; signs in as the hub's lead on the way. */
async function visit(start: string): Promise<URL> {
  const jar = new Map<string, string>();
  let url = new URL(start);
  let body: URLSearchParams | undefined;
  while (local.handles(url.pathname)) {
    const response = await fetch(url, {
      redirect: 'manual',
      headers: { cookie: [...jar].map(([name, value]) => `${name}=${value}`).join('; ') },
      ...(body && { method: 'POST', body }),
    });
    for (const cookie of response.headers.getSetCookie()) {
      const [pair = ''] = cookie.split(';');
      jar.set(pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1));
    }
    const location = response.headers.get('location');
    const action = location ?? /action="([^"]+)"/.exec(await response.text())?.[1] ?? '';
    body = location ? undefined : new URLSearchParams({ sub: 'hub-lead' });
    url = new URL(action, url);
  }
  return url;
}

describe('signing in at a real issuer', () => {
  it('learns who came back, and asks later whether they may stay', async () => {
    const { url, ...attempt } = await issuer.begin(callback);
    expect(new URL(url).searchParams.get('code_challenge_method')).toBe('S256');
    const vouched = await issuer.finish(await visit(url), attempt);
    expect(vouched).toMatchObject({ member: 'hub-lead', lasts: 3600 });
    const again = await issuer.renew(vouched.member, vouched.refreshToken ?? '');
    expect(again?.member).toBe('hub-lead');
    expect(await issuer.renew(vouched.member, 'not a token')).toBeUndefined();
  });

  it('takes no answer to another question: state, nonce and verifier must all be those it began with', async () => {
    for (const part of ['state', 'nonce', 'verifier'] as const) {
      const { url, ...attempt } = await issuer.begin(callback);
      const back = await visit(url);
      const wrong = { ...attempt, [part]: `${attempt[part].slice(0, -4)}wxyz` };
      await expect(issuer.finish(back, wrong)).rejects.toThrow();
    }
  });

  it('gives an answer of the issuer no second use', async () => {
    const { url, ...attempt } = await issuer.begin(callback);
    const back = await visit(url);
    await issuer.finish(back, attempt);
    await expect(issuer.finish(back, attempt)).rejects.toThrow();
  });

  it('signs out there with nothing about the person in the address', async () => {
    const goodbye = new URL((await issuer.goodbye(signedOut)) ?? '');
    expect(goodbye.searchParams.get('post_logout_redirect_uri')).toBe(signedOut);
    expect(goodbye.searchParams.get('client_id')).toBe('console');
    expect(goodbye.searchParams.has('id_token_hint')).toBe(false);
    expect((await fetch(goodbye)).status).toBe(200);
  });

  it('says that it cannot ask when the issuer is not there, rather than that the person must go', async () => {
    const nowhere = createIssuer('http://localhost:9/none', 'console');
    await expect(nowhere.begin(callback)).rejects.toThrow();
    await expect(nowhere.renew(MemberId.parse('hub-lead'), 'token')).rejects.toThrow();
  });
});
