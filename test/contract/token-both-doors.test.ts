import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createHttpApi } from '../../cdk/local/http-api/index.ts';
import type { Clock } from '../../cdk/local/types.ts';
import { tokenVerifier } from '../../functions/api/token.ts';

const client = 'jieli';
const keys = await generateKeyPair('RS256', { extractable: true });
const elliptic = await generateKeyPair('ES256', { extractable: true });
const jwks = {
  keys: [
    { ...(await exportJWK(keys.publicKey)), kid: 'one', alg: 'RS256' },
    { ...(await exportJWK(elliptic.publicKey)), kid: 'curve', alg: 'ES256' },
  ],
};
const portOf = (server: Server) => {
  const address = server.address();
  return typeof address === 'object' ? address?.port : 0;
};
const servers: Server[] = [];
async function serving(answer: Parameters<typeof createServer>[1]): Promise<string> {
  const server = createServer(answer).listen(0, '127.0.0.1');
  servers.push(server);
  await once(server, 'listening');
  return `http://127.0.0.1:${portOf(server)}`;
}

const clock: Clock = {
  now: () => Date.now(),
  at: () => ({ cancel: () => undefined }),
  busy: () => () => undefined,
  settled: async () => undefined,
  advance: async () => undefined,
};

let issuer: string;
let gateway: string;
beforeAll(async () => {
  issuer = await serving((request, response) => {
    const found = request.url === '/keys' ? jwks : { issuer, jwks_uri: `${issuer}/keys` };
    response.setHeader('content-type', 'application/json').end(JSON.stringify(found));
  });
  const api = createHttpApi({
    api: {
      apiId: 'api1',
      accountId: '000000000000',
      stage: '$default',
      payloadFormatVersion: '2.0',
      routes: [{ routeKey: 'GET /me', functionArn: 'arn', authorizer: { issuer, audience: [client] } }],
    },
    lambda: { invoke: async () => ({ payload: '{"statusCode":200}' }), invokeAsync: async () => undefined },
    clock,
  });
  gateway = await serving((request, response) => void api.handle(request, response));
});
afterAll(() => {
  for (const server of servers) {
    server.closeAllConnections();
    server.close();
  }
});

interface Made {
  readonly claims?: Record<string, unknown>;
  readonly header?: { readonly alg?: string; readonly kid?: string };
  /** without a key's name in its header */
  readonly unnamed?: true;
}
const now = Math.floor(Date.now() / 1000);
const sign = ({ claims = {}, header = {}, unnamed }: Made) =>
  new SignJWT({ iss: issuer, sub: 'hub-lead', aud: client, scope: 'openid', iat: now - 5, exp: now + 600, ...claims })
    .setProtectedHeader({ alg: 'RS256', ...(!unnamed && { kid: 'one' }), ...header })
    .sign(header.alg === 'ES256' ? elliptic.privateKey : keys.privateKey);

/** Every token that one of the two doors has ever been asked about, with what both must say. */
const tokens: readonly (readonly [string, 'taken' | 'refused', Made])[] = [
  ['for us', 'taken', {}],
  ['for us among others', 'taken', { claims: { aud: ['other', client] } }],
  ['for us by client_id, without an audience', 'taken', { claims: { aud: undefined, client_id: client } }],
  ['for us, got by another client', 'taken', { claims: { client_id: 'other' } }],
  ['without a time of issue', 'taken', { claims: { iat: undefined } }],
  ['for another API, got by our client', 'refused', { claims: { aud: 'https://other.example', client_id: client } }],
  ['for other APIs, got by our client', 'refused', { claims: { aud: ['a', 'b'], client_id: client } }],
  ['for nobody, got by our client', 'refused', { claims: { aud: [], client_id: client } }],
  ['for another API', 'refused', { claims: { aud: 'https://other.example' } }],
  ['for nobody', 'refused', { claims: { aud: undefined } }],
  ['of another client, without an audience', 'refused', { claims: { aud: undefined, client_id: 'other' } }],
  ['of another issuer', 'refused', { claims: { iss: 'https://elsewhere.example' } }],
  ['issued in the future', 'refused', { claims: { iat: now + 600, exp: now + 1200 } }],
  ['not valid yet', 'refused', { claims: { nbf: now + 600 } }],
  ['that has expired', 'refused', { claims: { exp: now - 1 } }],
  ['that never expires', 'refused', { claims: { exp: undefined } }],
  ['that does not name its key', 'refused', { unnamed: true }],
  ['signed on an elliptic curve', 'refused', { header: { alg: 'ES256', kid: 'curve' } }],
];

describe('the gateway, where a token is needed, and the function, where it is optional', () => {
  it.each(tokens)('say the same of a token %s: %s', async (_, verdict, made) => {
    const token = await sign(made);
    const answer = await fetch(`${gateway}/me`, { headers: { authorization: `Bearer ${token}` } });
    const person = await tokenVerifier(issuer, client)(token);
    expect({
      gateway: answer.status === 200 ? 'taken' : 'refused',
      function: person === 'hub-lead' ? 'taken' : 'refused',
    }).toEqual({ gateway: verdict, function: verdict });
  });
});
