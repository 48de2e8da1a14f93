import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { createClock, type LocalClock } from '../../cdk/local/clock.ts';
import { createIssuer as createLocalIssuer, type Issuer as LocalIssuer } from '../../cdk/local/oidc/index.ts';
import { createConsole } from '../../functions/console/app.ts';
import { createIssuer } from '../../functions/console/sign-in/issuer.ts';
import { PartyId } from '../../shared/domain/ids.ts';
import { type Engine, startEngine } from '../engine/engine.ts';
import { useMacService } from '../engine/mac-service.ts';
import { enterPeople } from '../engine/people.ts';
import { noFiles } from '../fake/no-files.ts';

const folder = mkdtempSync(join(tmpdir(), 'sign-out-'));
let engine: Engine;
let clock: LocalClock;
let server: Server;
let local: LocalIssuer;
let url: string;
let app: ReturnType<typeof createConsole>;

/** The console behind a plain HTTP server, as the gateway is. */
async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const headers = new Headers(Object.entries(request.headers).map(([name, value]) => [name, String(value)]));
  const body = request.method === 'POST' ? { body: await text(request) } : {};
  const got = await app.request(`${url}${request.url}`, { method: request.method ?? 'GET', headers, ...body });
  response.writeHead(got.status, [...got.headers].flat());
  response.end(await got.text());
}

beforeAll(async () => {
  engine = await startEngine();
  await useMacService();
  await enterPeople(engine.table);
  clock = createClock({ file: join(folder, 'clock.json') });
  server = createServer((request, response) => {
    const handled = local.handles(request.url ?? '/') ? local.handle(request, response) : answer(request, response);
    void handled.catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve));
  const address = server.address();
  url = `http://localhost:${typeof address === 'object' ? address?.port : 0}`;
  local = await createLocalIssuer({
    issuerUrl: `${url}/_aws/oidc`,
    dataDir: folder,
    clients: [
      {
        clientId: 'console',
        redirectUris: [`${url}/console/callback`],
        postLogoutRedirectUris: [`${url}/console/signed-out`],
        backChannelLogoutUri: `${url}/console/back-channel-logout`,
      },
    ],
    people: [{ sub: 'hub-lead', name: '王芳', email: 'lead@hub.example' }],
    clock,
  });
  const hub = {
    table: engine.table,
    macKeyId: 'key',
    hub: PartyId.parse('hub'),
    insurer: PartyId.parse('insurer'),
  };
  app = createConsole(
    { hub, issuer: createIssuer(local.issuerUrl, 'console'), incoming: noFiles, publicUrl: url },
    url,
  );
});
afterAll(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  local.close();
  clock.stop();
  await engine.stop();
  rmSync(folder, { recursive: true });
});

/** A browser without scripts, on console and issuer alike. */
function browser() {
  const jar = new Map<string, string>();
  const visit = async (at: string, form?: Record<string, string>): Promise<{ url: string; page: string }> => {
    const response = await fetch(at, {
      redirect: 'manual',
      headers: { cookie: [...jar].map(([name, value]) => `${name}=${value}`).join('; ') },
      ...(form && { method: 'POST', body: new URLSearchParams(form) }),
    });
    for (const cookie of response.headers.getSetCookie()) {
      const [pair = ''] = cookie.split(';');
      jar.set(pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1));
    }
    const location = response.headers.get('location');
    if (location !== null) return visit(new URL(location, at).href);
    return { url: at, page: await response.text() };
  };
  return visit;
}

const actionIn = (page: string, at: string) => new URL(/action="([^"]+)"/.exec(page)?.[1] ?? '', at).href;

/** Signs in on the page that the console sends to, and gives the page of the console that follows. */
async function signIn(visit: ReturnType<typeof browser>) {
  const choice = await visit(`${url}/console/sign-ins`);
  return visit(actionIn(choice.page, choice.url), { sub: 'hub-lead' });
}

it('whoever signs out at the local issuer is out of the console in that browser, and stays in another', async () => {
  const [here, elsewhere] = [browser(), browser()];
  for (const visit of [here, elsewhere]) expect((await signIn(visit)).url).toBe(`${url}/console/sign-ins`);
  // at the issuer itself: the console is told by the issuer and by nobody else
  const confirm = await here(`${local.issuerUrl}/logout`);
  const xsrf = /name="xsrf" value="([^"]+)"/.exec(confirm.page)?.[1] ?? '';
  await here(actionIn(confirm.page, confirm.url), { xsrf, logout: 'yes' });
  await vi.waitFor(async () => {
    expect((await here(`${url}/console/sign-ins`)).url).toMatch(/\/_aws\/oidc\//);
  });
  expect((await elsewhere(`${url}/console/sign-ins`)).url).toBe(`${url}/console/sign-ins`);
});
