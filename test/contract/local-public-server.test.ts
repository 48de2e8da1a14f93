import { request } from 'node:http';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { listenPublicly, type PublicServer } from '../../cdk/local/deployment/public-server.ts';

const CONNECTIONS = 20;

let server: PublicServer;
beforeAll(async () => {
  server = await listenPublicly('127.0.0.1', 0, { headMs: 400, requestMs: 60_000, connections: CONNECTIONS });
  server.open({
    api: async (request, response) => {
      // without chunks there is no trailer: what was set cannot be sent
      if (request.headers['x-broken'] !== undefined) response.setHeader('trailer', 'x').setHeader('content-length', 6);
      response.end('served');
    },
  });
});
afterAll(() => server.close());

/** Somebody who opens a connection and says no more than this. */
function visitor(says: string) {
  const socket = connect(server.port, '127.0.0.1', () => socket.write(says));
  let heard = '';
  socket.on('data', (chunk) => {
    heard += chunk;
  });
  // who is cut off may find out by an error
  socket.on('error', () => undefined);
  const gone = new Promise<string>((resolve) => socket.once('close', () => resolve(heard)));
  return { socket, gone };
}

/** What an ordinary visitor is answered, over a connection of their own; undefined when they get none. */
function visit(headers: Record<string, string> = {}): Promise<number | undefined> {
  return new Promise((resolve) => {
    const asked = request({ host: '127.0.0.1', port: server.port, agent: false, headers }, (response) => {
      response.resume();
      resolve(response.statusCode);
    });
    asked.on('error', () => resolve(undefined));
    asked.end();
  });
}

describe('the public port', () => {
  it.each([
    ['says nothing', ''],
    ['never ends its headers', 'GET / HTTP/1.1\r\nHost: a\r\nX-Slow: 1\r\n'],
    ['never ends its request line', 'GET /needs'],
  ])('lets go of whoever connects and %s, and serves others meanwhile', async (_, says) => {
    const slow = Array.from({ length: CONNECTIONS / 2 }, () => visitor(says));
    expect(await visit()).toBe(200);
    for (const { gone } of slow) expect(await gone).toMatch(/^(HTTP\/1\.1 408 .*)?$/s);
    expect(await visit()).toBe(200);
  });

  it('lets go of whoever sends a header line after the other without end', async () => {
    const { socket, gone } = visitor('GET / HTTP/1.1\r\nHost: a\r\n');
    const dripping = setInterval(() => socket.writable && socket.write('X-More: and more\r\n'), 10);
    expect(await gone).toMatch(/^HTTP\/1\.1 (408|431) /);
    clearInterval(dripping);
  });

  it('takes no more headers than it may, however fast they come', async () => {
    expect(await visit({ 'x-long': 'x'.repeat(20_000) })).toBe(431);
    expect(await visit()).toBe(200);
  });

  it('takes no more connections than it may, and takes them again when those who held them are gone', async () => {
    const holding = Array.from({ length: CONNECTIONS + 5 }, () => visitor('GET / HTTP/1.1\r\n'));
    await Promise.race(holding.map(({ gone }) => gone));
    await Promise.all(holding.map(({ gone }) => gone));
    expect(await visit()).toBe(200);
  });

  it('says so when an answer cannot be sent, and serves on', async () => {
    expect(await visit({ 'x-broken': 'yes' })).toBe(500);
    expect(await visit()).toBe(200);
  });

  it.each([
    ['that is no HTTP', '\u0016\u0003\u0001\u0002'],
    ['with two lengths', 'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab'],
    [
      'with a length and chunks',
      'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /_aws HTTP/1.1\r\n\r\n',
    ],
    ['with two hosts', 'GET / HTTP/1.1\r\nHost: localhost\r\nHost: evil.example\r\n\r\n'],
    ['with the same host twice', 'GET / HTTP/1.1\r\nHost: localhost\r\nhost: localhost\r\n\r\n'],
    ['with a path in its host', 'GET / HTTP/1.1\r\nHost: a/track/x?\r\n\r\n'],
    ['with a user in its host', 'GET / HTTP/1.1\r\nHost: a@b\r\n\r\n'],
    ['with two hosts in one', 'GET / HTTP/1.1\r\nHost: a, b\r\n\r\n'],
    ['with an empty host', 'GET / HTTP/1.1\r\nHost: \r\n\r\n'],
    ['without a host', 'GET / HTTP/1.1\r\n\r\n'],
    ['whose line names another host', 'GET http://evil.example/ HTTP/1.1\r\nHost: localhost\r\n\r\n'],
    ['with two tokens', 'GET / HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer a\r\nAuthorization: Bearer b\r\n\r\n'],
    ['with two kinds of body', 'GET / HTTP/1.1\r\nHost: a\r\nContent-Type: a/b\r\nContent-Type: text/csv\r\n\r\n'],
    ['in chunks of something else', 'POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n'],
    ['with a line feed in a header', 'GET / HTTP/1.1\r\nHost: a\r\nX: a\nX-Smuggled: 1\r\n\r\n'],
  ])('refuses a request %s', async (_, says) => {
    const { gone } = visitor(says);
    const heard = await gone;
    expect(heard).toMatch(/^HTTP\/1\.1 400 /);
    expect(heard).not.toContain('served');
    expect(await visit()).toBe(200);
  });

  it.each([
    ['whose line has the host too', 'GET http://localhost/ HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n'],
    ['to an address of the new kind', 'GET / HTTP/1.1\r\nHost: [::1]:3000\r\nConnection: close\r\n\r\n'],
    [
      'in chunks',
      'POST / HTTP/1.1\r\nHost: a\r\nConnection: close\r\nTransfer-Encoding: Chunked\r\n\r\n1\r\na\r\n0\r\n\r\n',
    ],
  ])('takes a request %s', async (_, says) => {
    const { gone } = visitor(says);
    expect(await gone).toMatch(/^HTTP\/1\.1 200 /);
  });
});
