import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createIssuer } from '../../functions/console/sign-in/issuer.ts';
import { type ConsoleStand, startConsole } from './console-stand.ts';

const EVENT = 'http://schemas.openid.net/event/backchannel-logout';

describe('a logout token', () => {
  let server: Server;
  let url: string;
  let keys: Awaited<ReturnType<typeof generateKeyPair>>;
  beforeAll(async () => {
    keys = await generateKeyPair('RS256');
    const jwk = { ...(await exportJWK(keys.publicKey)), kid: 'one', alg: 'RS256' };
    server = createServer((request, response) => {
      const found = request.url?.endsWith('openid-configuration')
        ? { issuer: url, jwks_uri: `${url}/keys`, authorization_endpoint: `${url}/a`, token_endpoint: `${url}/t` }
        : { keys: [jwk] };
      response.setHeader('content-type', 'application/json').end(JSON.stringify(found));
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`;
  });
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });

  interface Made {
    readonly aud?: string;
    readonly iss?: string;
    readonly typ?: string;
    readonly at?: number;
    readonly key?: typeof keys.privateKey;
  }
  const made = (claims: Record<string, unknown>, { aud, iss, typ, at = Date.now(), key }: Made = {}) =>
    new SignJWT(claims)
      .setProtectedHeader({ alg: 'RS256', kid: 'one', typ: typ ?? 'logout+jwt' })
      .setIssuer(iss ?? url)
      .setAudience(aud ?? 'console')
      .setIssuedAt(Math.floor(at / 1000))
      .setExpirationTime(Math.floor(at / 1000) + 120)
      .sign(key ?? keys.privateKey);
  const good = { sub: 'hub-lead', sid: 'there', jti: 'j1', events: { [EVENT]: {} } };

  it('of the issuer says who signed out, of which session, and its own name', async () => {
    const issuer = createIssuer(url, 'console');
    expect(await issuer.readLogout(await made(good))).toEqual({ member: 'hub-lead', sid: 'there', jti: 'j1' });
    const { sid: _, ...everywhere } = good;
    expect(await issuer.readLogout(await made(everywhere, { typ: 'JWT' }))).toMatchObject({ member: 'hub-lead' });
  });

  it('is none when it is of another issuer, client, key or time, an identity or access token, or says nobody', async () => {
    const issuer = createIssuer(url, 'console');
    const { events: _, ...noEvent } = good;
    const { jti: __, ...noName } = good;
    const bad = [
      await made(good, { aud: 'other' }),
      await made(good, { iss: 'https://elsewhere.example.org' }),
      await made(good, { key: (await generateKeyPair('RS256')).privateKey }),
      await made(good, { at: Date.now() - 3_600_000 }),
      await made(good, { typ: 'at+jwt' }),
      await made({ ...good, nonce: 'n' }),
      await made(noEvent),
      await made(noName),
      await made({ ...good, events: { other: {} } }),
      await made({ jti: 'j2', events: good.events }),
      `${btoa('{"alg":"none"}')}.${btoa(JSON.stringify({ ...good, iss: url, aud: 'console' }))}.`,
      'x.y.z',
    ];
    for (const token of bad) expect(await issuer.readLogout(token)).toBeUndefined();
  });
});

describe('signing out at the issuer', () => {
  let stand: ConsoleStand;
  beforeAll(async () => {
    stand = await startConsole();
  });
  afterAll(() => stand.stop());
  /** As the stand's issuer writes it: who, which session, the token's name. */
  const tell = (logout_token: string) => stand.open().post('/console/back-channel-logout', { logout_token });
  const isIn = async (reader: Awaited<ReturnType<ConsoleStand['as']>>) =>
    (await reader.get('/console/sign-ins')).status === 200;

  it('ends every session of the person here, once: sent again it does nothing', async () => {
    const one = await stand.as('hub-lead');
    const two = await stand.as('hub-lead');
    const other = await stand.as('insurer');
    const told = await tell('hub-lead  logout-1');
    expect([told.status, told.headers.get('cache-control')]).toEqual([200, 'no-store']);
    expect([await isIn(one), await isIn(two), await isIn(other)]).toEqual([false, false, true]);
    const again = await stand.as('hub-lead');
    expect((await tell('hub-lead  logout-1')).status).toBe(200);
    expect(await isIn(again)).toBe(true);
  });

  it('from one session there ends the one that began by it, and no other', async () => {
    const one = stand.open();
    const begun = await one.get('/console/sign-in');
    const state = new URL(begun.location ?? '').searchParams.get('state') ?? '';
    await one.get(`/console/callback?${new URLSearchParams({ state, code: 'hub-lead' })}`);
    const two = await stand.as('hub-lead');
    // the stand's issuer calls a session by person and state; blanks part what it says
    const sid = `hub-lead_at_${state}`;
    expect((await tell(`insurer ${sid} logout-2`)).status).toBe(200);
    expect(await isIn(one)).toBe(true);
    expect((await tell(` ${sid} logout-3`)).status).toBe(200);
    expect([await isIn(one), await isIn(two)]).toEqual([false, true]);
  });

  it('is refused without a token of the issuer, and nothing ends', async () => {
    const one = await stand.as('hub-lead');
    for (const token of ['', 'nonsense']) {
      const told = await tell(token);
      expect(told.status).toBe(400);
      expect(told.html).toContain('invalid_request');
    }
    expect(await isIn(one)).toBe(true);
  });
});
