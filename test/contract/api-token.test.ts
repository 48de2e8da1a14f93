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
  options: { issuer?: string; expires?: string; key?: typeof keys.privateKey; alg?: string } = {},
) =>
  new SignJWT(claims)
    .setProtectedHeader({ alg: options.alg ?? 'RS256', kid: 'one' })
    .setIssuer(options.issuer ?? issuer)
    .setSubject('hub-lead')
    .setIssuedAt()
    .setExpirationTime(options.expires ?? '1h')
    .sign(options.key ?? keys.privateKey);

describe('a bearer token', () => {
  it.each([{ aud: client }, { aud: ['other', client] }, { client_id: client }])(
    'with %o is its person’s',
    async (claims) => {
      expect(await tokenVerifier(issuer, client)(await token(claims))).toBe('hub-lead');
    },
  );

  it('of another client, another issuer, another key, another time, or of nobody, is none', async () => {
    const verify = tokenVerifier(issuer, client);
    const stranger = await generateKeyPair('RS256');
    const bad = [
      await token({ aud: 'other' }),
      await token({ aud: client }, { issuer: 'https://elsewhere.example.org' }),
      await token({ aud: client }, { key: stranger.privateKey }),
      await token({ aud: client }, { expires: '-1m' }),
      (await token({ aud: client })).slice(0, -5),
      `${btoa('{"alg":"none"}')}.${btoa(`{"sub":"hub-lead","iss":"${issuer}","aud":"${client}","exp":9999999999}`)}.`,
      'x.y.z',
      '',
    ];
    for (const one of bad) expect(await verify(one)).toBeUndefined();
  });

  it('is asked for again, not refused, while the issuer cannot be reached; afterwards it holds', async () => {
    const verify = tokenVerifier(issuer, client);
    down = true;
    await expect(verify(await token({ aud: client }))).rejects.toMatchObject({ name: 'Retryable' });
    down = false;
    expect(await verify(await token({ aud: client }))).toBe('hub-lead');
  });
});
