import { mkdtempSync, rmSync } from 'node:fs';
import { request as httpRequest, type IncomingHttpHeaders } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningStack, startStack } from '../../cdk/cli/stack.ts';
import { need } from '../../functions/kinds/need/api.ts';
import { freePort } from './free-port.ts';

let dataDir: string;
let port: number;
let stack: RunningStack;
beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'jieli-public-'));
  port = await freePort();
  stack = await startStack({
    port,
    dataDir,
    demo: false,
    say: () => undefined,
    outside: {
      publicUrl: 'https://hub.example.org',
      issuer: 'https://sign-in.example.org',
      oidcClientId: 'jieli',
      smtpUrl: 'smtp://127.0.0.1:9',
      mailFrom: 'hub@example.org',
      trustedProxies: 1,
    },
  });
});
afterAll(async () => {
  await stack.cloud.stop();
  rmSync(dataDir, { recursive: true });
});

interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

interface Asked {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** Asks with the very path and headers given: nothing is normalized, as with whoever looks for a way in. */
function ask(path: string, { method = 'GET', headers = {}, body }: Asked = {}): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const request = httpRequest({ host: '127.0.0.1', port, path, method, headers, agent: false }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          body: Buffer.concat(chunks).toString('utf8'),
        }),
      );
    });
    request.on('error', reject);
    request.end(body);
  });
}

describe('with a public URL', () => {
  const hidden = [
    ...['/_aws', '/_aws/', '/_aws/status', '/_aws/clock', '/_aws/token', '/_aws/functions/Site', '/_aws/tables/x'],
    ...['/_aws/oidc', '/_aws/oidc/.well-known/openid-configuration', '/_aws/oidc/auth', '/_aws/oidc/jwks'],
    ...['/mail', '/mail/', '/mail/api', '/mail/api?to=a@example.org', '/mail/1'],
  ];
  const disguised = [
    ...['/%5faws', '/%5Faws/status', '/_aws%2fstatus', '/_aws%00', '//_aws', '///_aws/status', '/./_aws', '/x/../_aws'],
    ...['/_AWS/status', '/_aws;x=1', '/_aws?x', '/_aws#x', '/%6dail/api', '/mail%2fapi', '//mail', '/x/../mail/api'],
    ...['http://localhost/_aws/status', 'http://localhost/mail/api', '/api/v1/../../_aws', '/console/../_aws/status'],
  ];

  it.each([...hidden, ...disguised])('%s is not there, however it is asked for', async (path) => {
    const local = `localhost:${port}`;
    const tricks: Asked[] = [
      ...['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'].map((method) => ({ method })),
      ...[local, '127.0.0.1', `[::1]:${port}`, '_aws', 'hub.example.org'].map((host) => ({ headers: { host } })),
      { headers: { host: 'hub.example.org', 'x-forwarded-host': local, 'x-forwarded-for': '127.0.0.1' } },
      { headers: { 'x-original-url': '/_aws/status', 'x-rewrite-url': '/mail/api' } },
      { method: 'POST', headers: { 'x-http-method-override': 'GET' } },
      { headers: { authorization: `Bearer ${stack.cloud.controlKey}` } },
      {
        method: 'POST',
        headers: { host: local, origin: `http://${local}`, authorization: `Bearer ${stack.cloud.controlKey}` },
        body: '{"by":1}',
      },
    ];
    for (const asked of tricks) {
      const { status, body } = await ask(path, asked);
      // whose line names another host than its headers is not read at all
      expect({ asked, status }).toEqual({ asked, status: path.startsWith('http:') ? 400 : 404 });
      expect(body).not.toMatch(/arn:aws|jwks_uri|"items"|underWay/);
    }
  });

  it('moves no clock and gives no token, also to whoever has the data folder’s key', async () => {
    const before = Date.now();
    await expect(stack.cloud.token('hub-coordinator')).rejects.toThrow('no local issuer');
    expect(stack.cloud.clock.now() - before).toBeLessThan(60_000);
  });

  it('lets nobody sign in by a token of the demo issuer', async () => {
    const forged = `${Buffer.from('{"alg":"none"}').toString('base64url')}.${Buffer.from('{"sub":"hub-lead"}').toString('base64url')}.`;
    const { status } = await ask('/api/v1/me', { headers: { authorization: `Bearer ${forged}` } });
    expect(status).toBe(401);
  });
});

describe('every response of every function', () => {
  const long = 'x'.repeat(5_000_000);
  const form = { 'content-type': 'application/x-www-form-urlencoded' };
  const json = { 'content-type': 'application/json' };
  const cases: readonly (readonly [path: string, asked: Asked, status: number])[] = [
    ['/', {}, 200],
    ['/needs/new', {}, 200],
    ['/nowhere', {}, 404],
    ['/track/N000000000-AAAAAAAAAAAAAAAAAAAAAA', {}, 404],
    ['/needs/new', { method: 'DELETE' }, 405],
    ['/track', {}, 303],
    ['/needs/new', { method: 'POST', headers: json, body: '{}' }, 415],
    ['/needs/new', { method: 'POST', headers: form, body: '%ff=%' }, 400],
    ['/robots.txt', {}, 200],
    ['/favicon.svg', {}, 200],
    ['/assets/x/app.css', {}, 200],
    ['/insurance/roster.csv', {}, 200],
    ['/console', {}, 302],
    ['/console/nowhere', {}, 302],
    ['/console/sign-in', {}, 503],
    ['/console/callback?state=x&code=x', {}, 400],
    ['/console/cases', { method: 'POST', headers: form, body: 'x=1' }, 401],
    ['/console/assets/x/console.css', {}, 200],
    ['/api/v1/openapi.json', {}, 200],
    ['/api/v1/programmes', {}, 200],
    ['/api/v1/nowhere', {}, 404],
    ['/api/v1/needs', { method: 'PUT' }, 405],
    ['/api/v1/needs', { method: 'OPTIONS' }, 204],
    ['/api/v1/needs', { method: 'POST', headers: json, body: '{' }, 400],
    ['/api/v1/needs', { method: 'POST', headers: { 'content-type': 'text/xml' }, body: '<a/>' }, 415],
    ['/api/v1/roster-reviews', { method: 'POST', headers: json, body: long }, 413],
    ['/', { method: 'TRACE' }, 405],
    ['/api/v1/needs', { method: 'TRACE' }, 405],
    ['/console/cases', { method: 'TRACE' }, 405],
    ['*', { method: 'OPTIONS' }, 404],
  ];

  it.each(cases.map((one) => [one[1].method ?? 'GET', one[0], one[2], one[1]] as const))(
    '%s %s with %i: nothing inline, no frame, no referrer, HTTPS only',
    async (_, path, status, asked) => {
      const { headers, ...got } = await ask(path, asked);
      expect(got.status).toBe(status);
      const policy = headers['content-security-policy'];
      expect(policy).toMatch(/default-src 'none'/);
      expect(policy).toMatch(/frame-ancestors 'none'/);
      expect(policy).not.toMatch(/unsafe|\*|data:|http:/);
      expect(headers).toMatchObject({
        'x-content-type-options': 'nosniff',
        'x-frame-options': 'DENY',
        'referrer-policy': 'no-referrer',
        'cross-origin-opener-policy': 'same-origin',
        'cross-origin-resource-policy': 'same-origin',
        'permissions-policy': expect.stringContaining('camera=()'),
        'strict-transport-security': expect.stringMatching(/^max-age=31536000/),
        'cache-control': expect.any(String),
      });
      expect(headers['access-control-allow-origin']).toBeUndefined();
      expect(headers.server ?? headers['x-powered-by']).toBeUndefined();
      if (headers.location) expect(headers.location).toMatch(/^\/(?!\/)/);
      expect(got.body).not.toMatch(/<script(?! src="\/assets\/)|<style| style="| on\w+="/);
    },
  );

  it('is “not there” for an address with anything before, in or behind it that does not belong there', async () => {
    const sent = await ask('/api/v1/needs', {
      method: 'POST',
      headers: json,
      body: JSON.stringify(need(Date.now()).need?.value),
    });
    const link = new URL(String(JSON.parse(sent.body).trackingUrl)).pathname;
    expect((await ask(link)).status).toBe(200);
    const api = link.replace('/track/', '/api/v1/track/');
    expect((await ask(api)).status).toBe(200);
    const odd = ['%20', '%00', '%09', '%0a', '%0d', '%23', '%23x', '%3b', ';x=1', '%c2%a0', '%ef%bb%bf', '%e2%80%8b'];
    for (const address of [link, api, '/api/v1/programmes', '/needs/new']) {
      const last = address.lastIndexOf('/') + 1;
      const addresses = [
        ...[...odd, '%5c', '%2f', '/', '/.', '/%2e', '/x/..', '/x/%2e%2e', '%252f'].map((more) => address + more),
        ...odd.map((more) => address.slice(0, last) + more + address.slice(last)),
        ...['.%2f', 'x%2f..%2f', '%5c', './', 'x/../'].map(
          (more) => address.slice(0, last) + more + address.slice(last),
        ),
      ];
      for (const path of addresses) expect({ path, status: (await ask(path)).status }).toEqual({ path, status: 404 });
    }
  });

  it('that the gateway makes itself holds a fixed JSON message and nothing of the request', async () => {
    const heads = { 'x-long': 'y'.repeat(11_000) };
    for (const [path, asked, status] of [
      ['/api/v1/me', {}, 401],
      ['/api/v1/cases', { headers: { authorization: 'Bearer <script>' } }, 401],
      ['/', { headers: heads }, 431],
      ['/needs/new', { method: 'POST', headers: form, body: long }, 413],
      ['/needs/new', { method: 'POST', headers: form, body: 'x'.repeat(11 * 1024 * 1024) }, 413],
    ] as const) {
      const { headers, ...got } = await ask(path, asked);
      expect(got.status).toBe(status);
      expect(headers['content-type']).toBe('application/json');
      expect(JSON.parse(got.body)).toEqual({ message: expect.stringMatching(/^[A-Z][A-Za-z ]+$/) });
    }
  });
});

describe('a flood of forms', () => {
  it('does not close the console: it has a function and a share of the gateway of its own', async () => {
    const body = JSON.stringify(need(Date.now()).need?.value);
    const headers = { 'content-type': 'application/json' };
    let flooding = true;
    const answers = new Map<number, number>();
    const timed = async <T>(into: number[], asking: Promise<T>): Promise<T> => {
      const began = performance.now();
      const answer = await asking;
      into.push(performance.now() - began);
      return answer;
    };
    const formsTook: number[] = [];
    const flood = Array.from({ length: 24 }, async () => {
      while (flooding) {
        const { status } = await timed(formsTook, ask('/api/v1/needs', { method: 'POST', headers, body }));
        answers.set(status, (answers.get(status) ?? 0) + 1);
      }
    });
    const consoleTook: number[] = [];
    try {
      for (let asked = 0; asked < 40 || formsTook.length < 60; asked++) {
        const { status, headers: got } = await timed(consoleTook, ask('/console'));
        expect(status).toBe(302);
        expect(got.location).toContain('/console/sign-in');
      }
    } finally {
      flooding = false;
      await Promise.all(flood);
    }
    const median = (times: number[]) => times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)] ?? Number.NaN;
    // the console does not stand in the queue of the forms
    expect(median(consoleTook)).toBeLessThan(median(formsTook));
    // on a machine that is busy with something else a form may be told to come again; nothing else may go wrong
    expect([...answers.keys()].filter((status) => ![201, 429, 503].includes(status))).toEqual([]);
    expect(answers.get(201)).toBeLessThanOrEqual(1_200);
  });
});
