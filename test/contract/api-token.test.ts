import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { tokenVerifier } from '../../functions/api/token.ts';

const client = 'jieli';
let issuer: string;
let server: Server;
let keys: Awaited<ReturnType<typeof generateKeyPair>>;
let down = false;

beforeAll(async () => {
  keys = await generateKeyPair('RS256');
  const jwk = { ...(await exportJWK(keys.publicKey)), kid: 'one', alg: 'RS256' };
  server = createServer((request, response) => {
    if (down) return void response.writeHead(500).end('{}');
    const found = request.url?.endsWith('openid-configuration')
      ? { issuer, jwks_uri: `${issuer}/keys` }
      : { keys: [jwk] };
    response.setHeader('content-type', 'application/json').end(JSON.stringify(found));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  issuer = `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

const token = (
  claims: Record<string, unknown>,
  options: { issuer?: string; expires?: string; key?: typeof keys.privateKey; alg?: string; typ?: string } = {},
) =>
  new SignJWT(claims)
    .setProtectedHeader({ alg: options.alg ?? 'RS256', kid: 'one', ...(options.typ && { typ: options.typ }) })
    .setIssuer(options.issuer ?? issuer)
    .setSubject('hub-lead')
    .setIssuedAt()
    .setExpirationTime(options.expires ?? '1h')
    .sign(options.key ?? keys.privateKey);

describe('a bearer token', () => {
  it.each([
    { aud: client, scope: 'openid' },
    { aud: ['other', client], scp: ['openid'] },
    { client_id: client },
    { client_id: client, token_use: 'access' },
  ])('with %o is its person’s', async (claims) => {
    expect(await tokenVerifier(issuer, client)(await token(claims))).toBe('hub-lead');
  });

  it('says by its header that it is an access token, or need say nothing else', async () => {
    const verify = tokenVerifier(issuer, client);
    for (const typ of ['at+jwt', 'application/at+jwt', 'AT+JWT'])
      expect(await verify(await token({ aud: client }, { typ }))).toBe('hub-lead');
  });

  it('that the issuer signed for this client for something else is none: identity tokens, logout tokens', async () => {
    const verify = tokenVerifier(issuer, client);
    const events = { 'http://schemas.openid.net/event/backchannel-logout': {} };
    const others = [
      await token({ aud: client }),
      await token({ aud: client, nonce: 'n', scope: 'openid' }),
      await token({ aud: client, at_hash: 'h', scope: 'openid' }),
      await token({ aud: client, token_use: 'id', scope: 'openid' }, { typ: 'at+jwt' }),
      await token({ aud: client, events, sid: 's' }, { typ: 'logout+jwt' }),
      await token({ aud: client, events, scope: 'openid' }),
      await token({ aud: client, scope: 'openid' }, { typ: 'secevent+jwt' }),
    ];
    for (const one of others) expect(await verify(one)).toBeUndefined();
  });

  it('of another client, another issuer, another key, another time, or of nobody, is none', async () => {
    const verify = tokenVerifier(issuer, client);
    const stranger = await generateKeyPair('RS256');
    const bad = [
      await token({ aud: 'other', scope: 'openid' }),
      await token({ aud: client, scope: 'openid' }, { issuer: 'https://elsewhere.example.org' }),
      await token({ aud: client, scope: 'openid' }, { key: stranger.privateKey }),
      await token({ aud: client, scope: 'openid' }, { expires: '-1m' }),
      (await token({ aud: client, scope: 'openid' })).slice(0, -5),
      `${btoa('{"alg":"none"}')}.${btoa(`{"sub":"hub-lead","iss":"${issuer}","aud":"${client}","scope":"openid","exp":9999999999}`)}.`,
      'x.y.z',
      '',
    ];
    for (const one of bad) expect(await verify(one)).toBeUndefined();
  });

  it('is asked for again, not refused, while the issuer cannot be reached; afterwards it holds', async () => {
    const verify = tokenVerifier(issuer, client);
    down = true;
    await expect(verify(await token({ aud: client, scope: 'openid' }))).rejects.toMatchObject({ name: 'Retryable' });
    down = false;
    expect(await verify(await token({ aud: client, scope: 'openid' }))).toBe('hub-lead');
  });
});
