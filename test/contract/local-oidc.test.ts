import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRemoteJWKSet, decodeProtectedHeader, jwtVerify } from 'jose';
import * as client from 'openid-client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createClock, type LocalClock } from '../../cdk/local/clock.ts';
import { createIssuer, type Issuer } from '../../cdk/local/oidc/index.ts';

const clientId = 'console';
const callback = 'http://localhost:3000/console/callback';
const goodbye = 'http://localhost:3000/';
const people = [
  {
    sub: 'hub-lead',
    name: '王 <芳>',
    email: 'lead@hub.example',
    claims: { party: 'hub', roles: ['lead', 'coordinator'] },
  },
  { sub: 'insurer', name: 'Li Wei', email: 'li@insurer.example' },
];
const folder = mkdtempSync(join(tmpdir(), 'oidc-'));
let clock: LocalClock;
let server: Server;
let issuer: Issuer;

const start = async (): Promise<void> => {
  clock = createClock({ file: join(folder, 'clock.json') });
  server = createServer((request, response) => void issuer.handle(request, response));
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve));
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  issuer = await createIssuer({
    issuerUrl: `http://localhost:${port}/_aws/oidc`,
    dataDir: folder,
    clients: [{ clientId, redirectUris: [callback], postLogoutRedirectUris: [goodbye] }],
    people,
    scopes: ['cases/act'],
    clock,
  });
};

const stop = async (): Promise<void> => {
  await new Promise((resolve) => {
    server.close(resolve);
    server.closeAllConnections();
  });
  issuer.close();
  clock.stop();
};

beforeAll(start);
afterAll(async () => {
  await stop();
  rmSync(folder, { recursive: true });
});

/** A browser without scripts: keeps cookies, follows redirects until they leave the issuer. */
const browser = () => {
  const jar = new Map<string, { path: string; pair: string }>();
  const visit = async (
    url: string,
    form?: Record<string, string>,
  ): Promise<{ url: string; status: number; page: string }> => {
    const target = new URL(url);
    if (!issuer.handles(target.pathname)) return { url, status: 0, page: '' };
    const cookie = [...jar.values()]
      .filter(({ path }) => target.pathname.startsWith(path))
      .map(({ pair }) => pair)
      .join('; ');
    const response = await fetch(url, {
      redirect: 'manual',
      headers: { cookie },
      ...(form === undefined ? {} : { method: 'POST', body: new URLSearchParams(form) }),
    });
    for (const set of response.headers.getSetCookie()) {
      const [pair = '', ...attributes] = set.split('; ');
      const path = attributes.find((text) => /^path=/i.test(text))?.slice(5) ?? '/';
      jar.set(`${path} ${pair.split('=')[0]}`, { path, pair });
    }
    const location = response.headers.get('location');
    if (location !== null) return visit(new URL(location, url).href);
    return { url, status: response.status, page: await response.text() };
  };
  return visit;
};

const discover = (): Promise<client.Configuration> =>
  client.discovery(new URL(issuer.issuerUrl), clientId, undefined, client.None(), {
    execute: [client.allowInsecureRequests],
  });

const formAction = (page: string): string => /action="([^"]+)"/.exec(page)?.[1] ?? '';

const signIn = async (visit: ReturnType<typeof browser>, sub: string) => {
  const configuration = await discover();
  const verifier = client.randomPKCECodeVerifier();
  const authorize = client.buildAuthorizationUrl(configuration, {
    redirect_uri: callback,
    scope: 'openid profile email cases/act',
    code_challenge: await client.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
    state: 'here',
  });
  const choice = await visit(authorize.href);
  const back = choice.status === 0 ? choice : await visit(new URL(formAction(choice.page), authorize).href, { sub });
  const tokens = await client.authorizationCodeGrant(configuration, new URL(back.url), {
    pkceCodeVerifier: verifier,
    expectedState: 'here',
  });
  return { configuration, choice, tokens };
};

const verify = async (token: string) =>
  (
    await jwtVerify(token, createRemoteJWKSet(new URL(`${issuer.issuerUrl}/jwks`)), {
      issuer: issuer.issuerUrl,
      audience: clientId,
      currentDate: new Date(clock.now()),
    })
  ).payload;

describe('the local issuer', () => {
  it('signs in whom one chooses from its list, without a password or a question of consent', async () => {
    const { choice, tokens } = await signIn(browser(), 'hub-lead');
    expect(choice.page).toContain('Sign in as whom?');
    expect(choice.page).toContain('以谁的身份登录');
    expect(choice.page).toContain('王 &lt;芳&gt;');
    expect(choice.page).not.toContain('<script');
    expect(tokens.claims()).toMatchObject({
      sub: 'hub-lead',
      name: '王 <芳>',
      email: 'lead@hub.example',
      party: 'hub',
      roles: ['lead', 'coordinator'],
    });
  });

  it('issues access tokens that an API Gateway authorizer takes: RSA, key id, audience, scope, claims of the person', async () => {
    const { tokens } = await signIn(browser(), 'hub-lead');
    expect(decodeProtectedHeader(tokens.access_token)).toMatchObject({ alg: 'RS256', kid: expect.any(String) });
    expect(await verify(tokens.access_token)).toMatchObject({
      sub: 'hub-lead',
      aud: clientId,
      client_id: clientId,
      scope: 'openid profile email cases/act',
      name: '王 <芳>',
      party: 'hub',
    });
  });

  it('knows who is signed in the next time, until they sign out', async () => {
    const visit = browser();
    const { configuration, tokens } = await signIn(visit, 'insurer');
    const again = await signIn(visit, 'insurer');
    expect(again.choice.status).toBe(0);
    const logout = client.buildEndSessionUrl(configuration, {
      post_logout_redirect_uri: goodbye,
      id_token_hint: tokens.id_token ?? '',
    });
    const confirm = await visit(logout.href);
    expect(confirm.page).toContain('Sign out');
    const xsrf = /name="xsrf" value="([^"]+)"/.exec(confirm.page)?.[1] ?? '';
    const gone = await visit(formAction(confirm.page), { xsrf, logout: 'yes' });
    expect(gone.url).toBe(goodbye);
    expect((await signIn(visit, 'hub-lead')).choice.page).toContain('Sign in as whom?');
    await expect(client.refreshTokenGrant(configuration, tokens.refresh_token ?? '')).rejects.toMatchObject({
      error: 'invalid_grant',
    });
  });

  it('has nothing at its root, with or without a query', async () => {
    for (const rest of ['', '/', '?a=b', '/?a=b']) expect((await fetch(`${issuer.issuerUrl}${rest}`)).status).toBe(404);
  });

  it('refuses a code without its verifier and a sign-in of somebody who is not on the list', async () => {
    const configuration = await discover();
    const authorize = client.buildAuthorizationUrl(configuration, { redirect_uri: callback, scope: 'openid' });
    expect((await browser()(authorize.href)).url).toContain('error=invalid_request');
    const visit = browser();
    const verifier = client.randomPKCECodeVerifier();
    const url = client.buildAuthorizationUrl(configuration, {
      redirect_uri: callback,
      scope: 'openid',
      code_challenge: await client.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
    });
    const page = (await visit(url.href)).page;
    const refused = await visit(new URL(formAction(page), url).href, { sub: 'nobody' });
    expect(refused.status).toBe(400);
    expect(refused.page).toContain('Sign in as whom?');
    const stale = await browser()(new URL(formAction(page), url).href, { sub: 'insurer' });
    expect(stale.status).toBe(400);
    expect(stale.page).toContain('Go back and sign in again.');
  });

  it('mints for scripts what signing in would give, and says who there is when asked for somebody else', async () => {
    expect(await verify(await issuer.mintAccessToken('insurer'))).toMatchObject({
      sub: 'insurer',
      name: 'Li Wei',
      aud: clientId,
      scope: 'openid profile email cases/act',
    });
    await expect(issuer.mintAccessToken('nobody')).rejects.toThrow(/hub-lead, insurer/);
  });

  it('follows the local clock: what was issued before a move is over after it, what is issued then is good', async () => {
    const before = await signIn(browser(), 'insurer');
    await clock.advance(3 * 24 * 3_600_000);
    await expect(verify(before.tokens.access_token)).rejects.toMatchObject({ code: 'ERR_JWT_EXPIRED' });
    const refreshed = await client.refreshTokenGrant(before.configuration, before.tokens.refresh_token ?? '');
    const { iat = 0 } = await verify(refreshed.access_token);
    expect(Math.abs(iat * 1_000 - clock.now())).toBeLessThan(5_000);
  });

  it('keeps keys, sessions and refresh tokens over a restart on another port', async () => {
    const visit = browser();
    const { tokens } = await signIn(visit, 'hub-lead');
    const kid = decodeProtectedHeader(tokens.access_token).kid;
    await stop();
    await start();
    const refreshed = await client.refreshTokenGrant(await discover(), tokens.refresh_token ?? '');
    expect(decodeProtectedHeader(refreshed.access_token).kid).toBe(kid);
    expect((await verify(refreshed.access_token)).iss).toBe(issuer.issuerUrl);
    expect((await signIn(visit, 'hub-lead')).choice.status).toBe(0);
  });
});
