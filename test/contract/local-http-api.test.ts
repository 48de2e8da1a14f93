import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type IncomingHttpHeaders, type Server, request as send } from 'node:http';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { createClock, installClock, type LocalClock } from '../../cdk/local/clock.ts';
import {
  createHttpApi,
  type HttpApi,
  type HttpApiDefinition,
  type HttpApiOptions,
} from '../../cdk/local/http-api/index.ts';
import { type InvokeResult, type LambdaService, ServiceError } from '../../cdk/local/types.ts';

interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

const folder = mkdtempSync(join(tmpdir(), 'http-api-'));
const clock: LocalClock = createClock({ file: join(folder, 'clock.json') });
/** What the function was given last, and what it does. */
let event: Record<string, unknown> = {};
let respond: (functionName: string) => InvokeResult | Promise<InvokeResult>;
const lambda: LambdaService = {
  async invoke(functionName, payload) {
    event = JSON.parse(payload);
    return respond(functionName);
  },
  async invokeAsync() {},
};
const returns = (value: unknown): void => {
  respond = () => ({ payload: JSON.stringify(value) });
};

let api: HttpApi;
/** How the last request was dealt with, and who is told that one has come. */
let handled: Promise<void> = Promise.resolve();
let arrived: () => void = () => undefined;
let server: Server;
let port = 0;
const serve = (
  definition: Partial<HttpApiDefinition>,
  more: Pick<HttpApiOptions, 'publicUrl' | 'slowest' | 'keysOf' | 'errorPages'> = {},
): void => {
  api = createHttpApi({
    api: {
      apiId: 'api1',
      accountId: '000000000000',
      stage: '$default',
      payloadFormatVersion: '2.0',
      routes: [],
      ...definition,
    },
    lambda,
    clock,
    ...more,
  });
};
const route = (routeKey: string, more = {}) => ({ routeKey, functionArn: `arn:${routeKey}`, ...more });

const call = (
  method: string,
  path: string,
  { headers = {}, body }: { headers?: Record<string, string | string[]>; body?: string | Buffer } = {},
): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const request = send(
      { host: '127.0.0.1', port, method, path, headers: { host: 'hub.example:3000', ...headers } },
      (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk) => chunks.push(chunk));
        response.on('end', () =>
          resolve({
            status: response.statusCode ?? 0,
            headers: response.headers,
            body: Buffer.concat(chunks).toString(),
          }),
        );
      },
    );
    request.on('error', reject);
    request.end(body);
  });

const portOf = (listening: Server): number => {
  const address = listening.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
};

beforeAll(async () => {
  server = createServer((request, response) => {
    handled = api.handle(request, response);
    arrived();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  port = portOf(server);
});
beforeEach(() => {
  serve({ routes: [route('$default')] });
  returns({ statusCode: 200 });
});
afterAll(() => {
  server.close();
  server.closeAllConnections();
  clock.stop();
  rmSync(folder, { recursive: true });
});

describe('the event of payload 2.0', () => {
  it('has everything that AWS documents, in its place', async () => {
    serve({ routes: [route('POST /api/v1/needs/{id}')], stageVariables: { colour: 'green' } });
    await call('POST', '/api/v1/needs/n-7?kind=mask&kind=gown&q=%E5%8F%A3%E7%BD%A9+95', {
      headers: {
        'content-type': 'application/json; charset=utf-8',
        cookie: 'session=abc; lang=zh',
        'User-Agent': 'test/1',
        'X-Two': ['a', 'b'],
      },
      body: '{"名":"口罩"}',
    });
    expect(event).toEqual({
      version: '2.0',
      routeKey: 'POST /api/v1/needs/{id}',
      rawPath: '/api/v1/needs/n-7',
      rawQueryString: 'kind=mask&kind=gown&q=%E5%8F%A3%E7%BD%A9+95',
      cookies: ['session=abc', 'lang=zh'],
      headers: {
        host: 'hub.example:3000',
        'content-type': 'application/json; charset=utf-8',
        'user-agent': 'test/1',
        'x-two': 'a,b',
        'content-length': '16',
        'x-forwarded-for': '127.0.0.1',
        'x-forwarded-proto': 'http',
        'x-forwarded-port': String(port),
        'x-amzn-trace-id': expect.stringMatching(/^Root=1-[0-9a-f]{8}-[0-9a-f]{24}$/),
      },
      queryStringParameters: { kind: 'mask,gown', q: '口罩 95' },
      requestContext: {
        accountId: '000000000000',
        apiId: 'api1',
        domainName: 'hub.example:3000',
        domainPrefix: 'hub',
        http: {
          method: 'POST',
          path: '/api/v1/needs/n-7',
          protocol: 'HTTP/1.1',
          sourceIp: '127.0.0.1',
          userAgent: 'test/1',
        },
        requestId: expect.stringMatching(/^[\w-]{15}=$/),
        routeKey: 'POST /api/v1/needs/{id}',
        stage: '$default',
        time: expect.stringMatching(/^\d\d\/[A-Z][a-z]{2}\/\d{4}:\d\d:\d\d:\d\d \+0000$/),
        timeEpoch: expect.toSatisfy((time: number) => Math.abs(time - clock.now()) < 5_000),
      },
      body: '{"名":"口罩"}',
      pathParameters: { id: 'n-7' },
      isBase64Encoded: false,
      stageVariables: { colour: 'green' },
    });
  });

  it('leaves out what is not there', async () => {
    await call('GET', '/');
    expect(event).not.toHaveProperty('body');
    expect(event).not.toHaveProperty('cookies');
    expect(event).not.toHaveProperty('queryStringParameters');
    expect(event).not.toHaveProperty('pathParameters');
    expect(event).toMatchObject({ rawPath: '/', rawQueryString: '', isBase64Encoded: false });
  });

  it.each([
    ['text/csv', false],
    ['application/json', false],
    ['Application/JSON;charset=UTF-8', false],
    ['application/xml', false],
    ['application/x-www-form-urlencoded', true],
    ['multipart/form-data; boundary=x', true],
    ['application/problem+json', true],
    ['image/png', true],
    [undefined, true],
  ])('hands a body of type %s over in base64: %s', async (type, encoded) => {
    const body = 'a=1&b=2';
    await call('POST', '/', { body, headers: type === undefined ? {} : { 'content-type': type } });
    expect(event).toMatchObject({
      isBase64Encoded: encoded,
      body: encoded ? Buffer.from(body).toString('base64') : body,
    });
  });

  it('hands a compressed body over as it came', async () => {
    await call('POST', '/', { body: 'zip', headers: { 'content-type': 'text/plain', 'content-encoding': 'gzip' } });
    expect(event).toMatchObject({ isBase64Encoded: true, body: 'emlw' });
  });

  it('keeps every byte of a binary body', async () => {
    const body = Buffer.from(Array.from({ length: 256 }, (_, index) => index));
    await call('POST', '/', { body, headers: { 'content-type': 'application/octet-stream' } });
    expect(Buffer.from(String(event.body), 'base64')).toEqual(body);
  });

  it('decodes the path as HTTP APIs do, and survives a stray percent sign', async () => {
    serve({ routes: [route('GET /files/{name}'), route('$default')] });
    await call('GET', '/files/%E8%A1%A8%20a.csv');
    expect(event).toMatchObject({ rawPath: '/files/表 a.csv', pathParameters: { name: '表 a.csv' } });
    await call('GET', '/100%/%E4%B8');
    expect(event).toMatchObject({ rawPath: '/100%/\ufffd' });
  });

  it('names the public scheme and port where a proxy ends TLS, and keeps what the proxy said of the client', async () => {
    serve({ routes: [route('$default')] }, { publicUrl: 'https://hub.example' });
    await call('GET', '/', { headers: { 'x-forwarded-for': '203.0.113.7', connection: 'keep-alive', te: 'trailers' } });
    expect(event.headers).toMatchObject({
      'x-forwarded-for': '203.0.113.7, 127.0.0.1',
      'x-forwarded-proto': 'https',
      'x-forwarded-port': '443',
    });
    expect(event.headers).not.toHaveProperty('te');
    expect(event.headers).not.toHaveProperty('connection');
  });
});

describe('routes', () => {
  it('go from the most specific to $default, and a method before ANY', async () => {
    const keys = [
      '$default',
      'ANY /{proxy+}',
      'GET /pets/{proxy+}',
      'GET /pets/dog/{id}',
      'ANY /pets/dog/1',
      'GET /pets/dog/1',
      'GET /pets/{kind}/1',
    ];
    serve({ routes: keys.map((key) => route(key)) });
    const taken = async (method: string, path: string): Promise<unknown> => {
      await call(method, path);
      return event.routeKey;
    };
    expect(await taken('GET', '/pets/dog/1')).toBe('GET /pets/dog/1');
    expect(await taken('DELETE', '/pets/dog/1')).toBe('ANY /pets/dog/1');
    expect(await taken('GET', '/pets/dog/2')).toBe('GET /pets/dog/{id}');
    expect(await taken('GET', '/pets/cat/1')).toBe('GET /pets/{kind}/1');
    expect(await taken('GET', '/pets/cat/2/x')).toBe('GET /pets/{proxy+}');
    expect(event.pathParameters).toEqual({ proxy: 'cat/2/x' });
    expect(await taken('PUT', '/pets/cat/2')).toBe('ANY /{proxy+}');
    expect(await taken('GET', '/')).toBe('$default');
  });

  it('that do not exist are a 404, also for another method and for a trailing slash', async () => {
    serve({ routes: [route('GET /needs')] });
    const { status, body, headers } = await call('GET', '/nothing');
    expect([status, body]).toEqual([404, '{"message":"Not Found"}']);
    expect(headers['content-type']).toBe('application/json');
    expect((await call('POST', '/needs')).status).toBe(404);
    expect((await call('GET', '/needs/')).status).toBe(404);
    expect((await call('GET', '/needs')).status).toBe(200);
  });

  it('that an HTTP API would not take are refused by name', () => {
    expect(() => serve({ routes: [route('FETCH /needs')] })).toThrow('FETCH /needs');
    expect(() => serve({ routes: [route('GET needs')] })).toThrow('GET needs');
    expect(() => serve({ routes: [route('GET /{rest+}/needs')] })).toThrow('GET /{rest+}/needs');
  });
});

describe("a function's answer", () => {
  it('is sent with its status, headers, cookies and body', async () => {
    returns({
      statusCode: 201,
      headers: {
        'Content-Type': 'text/html; charset=utf-8',
        Location: '/track/x',
        'X-Count': 3,
        Connection: 'close',
        Trailer: 'x',
      },
      cookies: ['a=1; Path=/', 'b=2'],
      body: '<p>口罩</p>',
    });
    const { status, headers, body } = await call('GET', '/');
    expect(status).toBe(201);
    expect(headers).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      location: '/track/x',
      'x-count': '3',
      'set-cookie': ['a=1; Path=/', 'b=2'],
      'content-length': String(Buffer.byteLength('<p>口罩</p>')),
      'apigw-requestid': expect.any(String),
    });
    expect(headers.connection).not.toBe('close');
    expect(body).toBe('<p>口罩</p>');
  });

  it('is decoded from base64 where it says so', async () => {
    returns({ statusCode: 200, headers: { 'content-type': 'image/png' }, body: 'iVBORw==', isBase64Encoded: true });
    expect((await call('GET', '/')).headers['content-length']).toBe('4');
  });

  it('is plain text where it names no type, and JSON where it has no status at all', async () => {
    returns({ statusCode: 200, body: 'hello' });
    expect((await call('GET', '/')).headers['content-type']).toBe('text/plain;charset=UTF-8');
    returns({ message: 'hello' });
    expect(await call('GET', '/')).toMatchObject({
      status: 200,
      headers: { 'content-type': 'application/json' },
      body: '{"message":"hello"}',
    });
    returns('Hello from Lambda!');
    expect((await call('GET', '/')).body).toBe('Hello from Lambda!');
    returns([1, 2]);
    expect((await call('GET', '/')).body).toBe('[1,2]');
  });

  it('to HEAD has the length and no body', async () => {
    returns({ statusCode: 200, body: 'hello' });
    const { status, headers, body } = await call('HEAD', '/');
    expect([status, headers['content-length'], body]).toEqual([200, '5', '']);
  });

  it.each([
    ['a status that is none', { statusCode: 'fine' }],
    ['a status out of range', { statusCode: 99 }],
    ['a status that is no answer yet', { statusCode: 100 }],
    ['a body that is no text', { statusCode: 200, body: { a: 1 } }],
    ['headers that are lists', { statusCode: 200, headers: { a: ['b'] } }],
    ['a header of two lines', { statusCode: 200, headers: { a: 'b\r\nc: d' } }],
    ['a header without a name', { statusCode: 200, headers: { '': 'b' } }],
    ['a cookie that no header can hold', { statusCode: 200, cookies: ['name=口罩'] }],
  ])('with %s is a 500', async (_, value) => {
    returns(value);
    expect(await call('GET', '/')).toMatchObject({ status: 500, body: '{"message":"Internal Server Error"}' });
  });

  it('is a 500 when it failed, a 503 when it was throttled or took too long, a 413 when the event was too large', async () => {
    respond = () => ({ payload: '{"errorType":"Error"}', functionError: 'Unhandled' });
    expect(await call('GET', '/')).toMatchObject({ status: 500, body: '{"message":"Internal Server Error"}' });
    const refuse = (code: string, status: number): void => {
      respond = () => {
        throw new ServiceError(code, code, status);
      };
    };
    refuse('TooManyRequestsException', 429);
    expect(await call('GET', '/')).toMatchObject({ status: 503, body: '{"message":"Service Unavailable"}' });
    refuse('RequestTooLargeException', 413);
    expect((await call('GET', '/')).status).toBe(413);
    serve({ routes: [route('$default', { timeoutMs: 50 })] });
    let release: (result: InvokeResult) => void = () => undefined;
    respond = () =>
      new Promise((resolve) => {
        release = resolve;
      });
    expect(await call('GET', '/')).toMatchObject({ status: 503, body: '{"message":"Service Unavailable"}' });
    release({ payload: 'null' });
  });

  it('is a page of the app where one is named, for whoever asks for HTML, with the status that it was', async () => {
    serve({ routes: [route('$default')] }, { errorPages: { 413: '/too-large', 500: '/failed' } });
    respond = () => {
      const { rawPath, requestContext } = z
        .object({ rawPath: z.string(), requestContext: z.object({ http: z.object({ method: z.string() }) }) })
        .parse(event);
      if (rawPath === '/failed') return { payload: '{"errorType":"Error"}', functionError: 'Unhandled' };
      if (rawPath !== '/too-large') throw new ServiceError('RequestTooLargeException', 'too large', 413);
      const body = `<p>${requestContext.http.method}</p>`;
      return { payload: JSON.stringify({ statusCode: 200, headers: { 'content-type': 'text/html' }, body }) };
    };
    const accept = 'text/html,application/xhtml+xml';
    const page = { status: 413, body: '<p>GET</p>', headers: { 'content-type': 'text/html' } };
    expect(await call('POST', '/form', { body: Buffer.from('a=b'), headers: { accept } })).toMatchObject(page);
    const large = Buffer.alloc(10 * 1024 * 1024 + 1, 'x');
    expect(await call('POST', '/form', { body: large, headers: { accept } })).toMatchObject(page);
    const asJson = { status: 413, body: '{"message":"Request Entity Too Large"}' };
    expect(await call('POST', '/form', { body: Buffer.from('a=b') })).toMatchObject(asJson);
    // where the page cannot be had either, it is what it was
    respond = () => ({ payload: '{"errorType":"Error"}', functionError: 'Unhandled' });
    expect(await call('GET', '/', { headers: { accept } })).toMatchObject({ status: 500 });
  });

  it('carries the date of the local clock', async () => {
    await clock.advance(40 * 24 * 3_600_000);
    const { headers } = await call('GET', '/');
    expect(Math.abs(Date.parse(headers.date ?? '') - clock.now())).toBeLessThan(5_000);
  });
});

describe('limits', () => {
  it('refuse a body over 10 MB after it was sent, with or without a length', async () => {
    const large = Buffer.alloc(10 * 1024 * 1024 + 1, 'x');
    const headers = { 'content-type': 'text/plain' };
    expect(await call('POST', '/', { body: large, headers })).toMatchObject({
      status: 413,
      body: '{"message":"Request Entity Too Large"}',
    });
    expect(
      (await call('POST', '/', { body: large, headers: { ...headers, 'transfer-encoding': 'chunked' } })).status,
    ).toBe(413);
    expect((await call('POST', '/', { body: large.subarray(1), headers })).status).toBe(200);
  });

  it('refuse more than 10,240 bytes of request line and header values', async () => {
    expect((await call('GET', '/', { headers: { 'x-long': 'x'.repeat(9_000) } })).status).toBe(200);
    expect((await call('GET', '/', { headers: { 'x-long': 'x'.repeat(10_300) } })).status).toBe(431);
  });

  it('let a burst through and then as many as the rate, which comes back as time passes', async () => {
    serve({
      routes: [route('$default'), route('GET /slow', { throttling: { burst: 1, rate: 0.1 } })],
      throttling: { burst: 3, rate: 0.5 },
    });
    const statuses = async (path: string, count: number): Promise<number[]> => {
      const seen: number[] = [];
      for (let index = 0; index < count; index += 1) seen.push((await call('GET', path)).status);
      return seen;
    };
    expect(await statuses('/', 4)).toEqual([200, 200, 200, 429]);
    expect((await call('GET', '/')).body).toBe('{"message":"Too Many Requests"}');
    expect(await statuses('/slow', 2)).toEqual([200, 429]);
    await clock.advance(4_000);
    expect(await statuses('/', 3)).toEqual([200, 200, 429]);
    expect(await statuses('/slow', 1)).toEqual([429]);
  });

  it('are not troubled by a client that goes away while it sends', async () => {
    const came = new Promise<void>((resolve) => {
      arrived = resolve;
    });
    const socket = connect(port, '127.0.0.1', () =>
      socket.write('POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\nhalf'),
    );
    await came;
    socket.destroy();
    await expect(handled).resolves.toBeUndefined();
    expect(clock.underWay()).toEqual([]);
    expect((await call('GET', '/')).status).toBe(200);
  });

  it('end a body that trickles, and call no function with it, while others are served', async () => {
    serve({ routes: [route('$default')] }, { slowest: { graceMs: 300, bytesPerSecond: 1000 } });
    let called = false;
    respond = () => {
      called = true;
      return { payload: '{"statusCode":200}' };
    };
    const socket = connect(port, '127.0.0.1', () =>
      socket.write('POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1000000\r\n\r\n'),
    );
    socket.on('error', () => undefined);
    const dripping = setInterval(() => socket.writable && socket.write('x'), 20);
    let text = '';
    socket.on('data', (chunk) => {
      text += chunk;
    });
    await once(socket, 'close');
    clearInterval(dripping);
    expect(text).toMatch(/^HTTP\/1\.1 408 .*connection: close.*{"message":"Request Timeout"}/is);
    expect(called).toBe(false);
    expect(clock.underWay()).toEqual([]);
    expect((await call('POST', '/', { body: 'x'.repeat(100_000) })).status).toBe(200);
  });

  it('answer the next request on the connection after one that was refused', async () => {
    serve({ routes: [route('POST /here')] });
    const replies = await new Promise<string>((resolve) => {
      const socket = connect(port, '127.0.0.1', () => {
        const body = 'x'.repeat(100_000);
        socket.write(`POST /gone HTTP/1.1\r\nHost: a\r\nContent-Length: ${body.length}\r\n\r\n${body}`);
        socket.write('POST /here HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\nConnection: close\r\n\r\n');
      });
      let text = '';
      socket.on('data', (chunk) => {
        text += chunk;
      });
      socket.on('close', () => resolve(text));
    });
    expect(replies.match(/HTTP\/1\.1 \d+/g)).toEqual(['HTTP/1.1 404', 'HTTP/1.1 200']);
  });
});

describe('CORS', () => {
  const cors = {
    allowOrigins: ['https://hub.example', 'https://*.relief.example'],
    allowMethods: ['GET', 'POST'],
    allowHeaders: ['authorization'],
    exposeHeaders: ['x-id'],
    allowCredentials: true,
    maxAge: 300,
  };
  const preflight = (origin: string): Promise<Answer> =>
    call('OPTIONS', '/needs', { headers: { origin, 'access-control-request-method': 'POST' } });

  it('answers a preflight itself where no route takes OPTIONS', async () => {
    serve({ cors, routes: [route('POST /needs')] });
    const { status, headers } = await preflight('https://hub.example');
    expect(status).toBe(204);
    expect(headers).toMatchObject({
      'access-control-allow-origin': 'https://hub.example',
      'access-control-allow-methods': 'GET,POST',
      'access-control-allow-headers': 'authorization',
      'access-control-allow-credentials': 'true',
      'access-control-max-age': '300',
    });
    expect((await preflight('https://a.relief.example')).headers['access-control-allow-origin']).toBe(
      'https://a.relief.example',
    );
    expect((await preflight('https://elsewhere.example')).headers).not.toHaveProperty('access-control-allow-origin');
  });

  it('adds its headers to answers and drops those of the function', async () => {
    serve({ cors, routes: [route('POST /needs')] });
    returns({ statusCode: 200, headers: { 'Access-Control-Allow-Origin': '*' } });
    const { headers } = await call('POST', '/needs', { headers: { origin: 'https://hub.example' } });
    expect(headers).toMatchObject({
      'access-control-allow-origin': 'https://hub.example',
      'access-control-expose-headers': 'x-id',
    });
    expect((await call('POST', '/needs')).headers).not.toHaveProperty('access-control-allow-origin');
  });

  it('leaves OPTIONS to a route that takes it, and is not there unless configured', async () => {
    serve({ cors, routes: [route('ANY /{proxy+}')] });
    returns({ statusCode: 418 });
    expect((await preflight('https://hub.example')).status).toBe(418);
    serve({ routes: [route('POST /needs')] });
    expect((await preflight('https://hub.example')).status).toBe(404);
  });
});

describe('a JWT authorizer', async () => {
  const { privateKey, publicKey } = await generateKeyPair('RS256', { extractable: true });
  const other = await generateKeyPair('RS256');
  const elliptic = await generateKeyPair('ES256');
  let issuerServer: Server;
  let issuer = '';
  const keys = [
    { ...(await exportJWK(publicKey)), kid: 'one', alg: 'RS256' },
    { ...(await exportJWK(elliptic.publicKey)), kid: 'curve', alg: 'ES256' },
  ];
  beforeAll(async () => {
    issuerServer = createServer((request, response) => {
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify(request.url === '/jwks' ? { keys } : { issuer, jwks_uri: `${issuer}/jwks` }));
    });
    await new Promise<void>((resolve) => issuerServer.listen(0, '127.0.0.1', resolve));
    issuer = `http://127.0.0.1:${portOf(issuerServer)}`;
  });
  afterAll(() => {
    issuerServer.close();
    issuerServer.closeAllConnections();
  });
  beforeEach(() => {
    const authorizer = { issuer, audience: ['console'] };
    serve({
      routes: [
        route('GET /me', { authorizer }),
        route('GET /scoped', { authorizer, authorizationScopes: ['cases/act', 'cases/read'] }),
        route('GET /query', { authorizer: { ...authorizer, identitySource: '$request.querystring.token' } }),
        route('GET /open'),
      ],
    });
    returns({ statusCode: 200 });
  });

  const token = (claims: Record<string, unknown> = {}, key = privateKey, alg = 'RS256', kid: string | null = 'one') => {
    const now = Math.floor(clock.now() / 1_000);
    return new SignJWT({ iss: issuer, sub: 'lead', aud: 'console', iat: now, exp: now + 600, ...claims })
      .setProtectedHeader({ alg, ...(kid === null ? {} : { kid }) })
      .sign(key);
  };
  const get = (path: string, bearer: string): Promise<Answer> =>
    call('GET', path, { headers: { authorization: `Bearer ${bearer}` } });

  it('lets a good token in and hands its claims over as text', async () => {
    const good = await token({ roles: ['lead', 'hub'], verified: true, level: 3, scope: 'openid' });
    expect((await get('/me', good)).status).toBe(200);
    expect(event.requestContext).toMatchObject({
      authorizer: {
        jwt: {
          claims: {
            sub: 'lead',
            aud: 'console',
            roles: '[lead hub]',
            verified: 'true',
            level: '3',
            exp: expect.stringMatching(/^\d{10}$/),
          },
          scopes: null,
        },
      },
    });
    expect((await call('GET', '/me', { headers: { authorization: good } })).status).toBe(200);
    expect((await call('GET', `/query?token=${good}`)).status).toBe(200);
  });

  it('asks for a token where there is none, and leaves open routes open', async () => {
    const { status, headers, body } = await call('GET', '/me');
    expect([status, body, headers['www-authenticate']]).toEqual([401, '{"message":"Unauthorized"}', 'Bearer']);
    expect((await call('GET', '/open')).status).toBe(200);
    expect(event.requestContext).not.toHaveProperty('authorizer');
  });

  it.each<[string, () => Promise<string>, string]>([
    ['for another audience', () => token({ aud: 'other' }), 'the token does not have a valid audience'],
    [
      'for another client',
      () => token({ aud: undefined, client_id: 'other' }),
      'the token does not have a valid audience',
    ],
    [
      'whose audience is wrong although the client is right',
      () => token({ aud: 'other', client_id: 'console' }),
      'audience',
    ],
    ['of another issuer', () => token({ iss: 'https://elsewhere.example' }), 'the token does not have a valid issuer'],
    ['that has expired', () => token({ exp: Math.floor(clock.now() / 1_000) - 1 }), 'the token has expired'],
    ['that never expires', () => token({ exp: undefined }), 'exp'],
    ['that is not valid yet', () => token({ nbf: Math.floor(clock.now() / 1_000) + 60 }), 'the token is not valid yet'],
    [
      'from the future',
      () => token({ iat: Math.floor(clock.now() / 1_000) + 60 }),
      'the token was issued in the future',
    ],
    ['signed by somebody else', () => token({}, other.privateKey), 'the token signature is invalid'],
    ['signed with a key nobody knows', () => token({}, privateKey, 'RS256', 'two'), 'signing key not found'],
    [
      'that does not name its key',
      () => token({}, privateKey, 'RS256', null),
      'the token does not name its signing key',
    ],
    ['signed on an elliptic curve', () => token({}, elliptic.privateKey, 'ES256', 'curve'), 'not supported'],
    ['that is none', async () => 'nonsense', 'the token is malformed'],
  ])('refuses a token %s', async (_, make, reason) => {
    const { status, headers, body } = await get('/me', await make());
    expect([status, body]).toEqual([401, '{"message":"Unauthorized"}']);
    expect(headers['www-authenticate']).toContain('Bearer scope="" error="invalid_token" error_description="');
    expect(headers['www-authenticate']).toContain(reason);
  });

  it('takes client_id for the audience where there is no aud, as Cognito tokens have it', async () => {
    expect((await get('/me', await token({ aud: undefined, client_id: 'console' }))).status).toBe(200);
  });

  it('asks for one of the scopes of the route, in scope or scp', async () => {
    const { status, headers, body } = await get('/scoped', await token({ scope: 'openid' }));
    expect([status, body]).toEqual([403, '{"message":"Forbidden"}']);
    expect(headers['www-authenticate']).toContain('Bearer scope="cases/act cases/read" error="insufficient_scope"');
    expect((await get('/scoped', await token({ scope: 'openid cases/read' }))).status).toBe(200);
    expect((await get('/scoped', await token({ scp: ['cases/act'] }))).status).toBe(200);
  });

  it('refuses everybody while the issuer cannot be reached, and lets them in when it can again', async () => {
    const good = await token();
    const away = portOf(issuerServer);
    await new Promise((resolve) => {
      issuerServer.close(resolve);
      issuerServer.closeAllConnections();
    });
    expect((await get('/me', good)).headers['www-authenticate']).toContain(
      'OIDC discovery endpoint communication error',
    );
    await new Promise<void>((resolve) => issuerServer.listen(away, '127.0.0.1', resolve));
    expect((await get('/me', good)).status).toBe(200);
  });

  it('takes the new keys of an issuer that has changed them, and the old no longer', async () => {
    const end = installClock(clock.shared);
    try {
      const before = await token();
      expect((await get('/me', before)).status).toBe(200);
      const changed = await generateKeyPair('RS256', { extractable: true });
      const old = keys.splice(0, keys.length, { ...(await exportJWK(changed.publicKey)), kid: 'next', alg: 'RS256' });
      // what is unknown is asked for anew, though not at every call: an authorizer is no way to flood the issuer
      await clock.advance(60_000);
      expect((await get('/me', await token({}, changed.privateKey, 'RS256', 'next'))).status).toBe(200);
      expect((await get('/me', await token())).headers['www-authenticate']).toContain('signing key not found');
      keys.splice(0, keys.length, ...old);
    } finally {
      end();
    }
  });

  it('asks nothing of an issuer whose keys are in this process, however busy it is', async () => {
    const at = 'http://127.0.0.1:9/busy';
    const keys = [{ ...(await exportJWK(publicKey)), kid: 'one', alg: 'RS256' }];
    const routes = [route('GET /me', { authorizer: { issuer: at, audience: ['console'] } })];
    serve({ routes }, { keysOf: (asked) => (asked === at ? { keys } : undefined) });
    expect((await get('/me', await token({ iss: at }))).status).toBe(200);
    expect((await get('/me', await token({ iss: at }, other.privateKey))).status).toBe(401);
  });
});
