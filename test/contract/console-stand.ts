import { ScanCommand } from '@aws-sdk/client-dynamodb';
import { createApi } from '../../functions/api/app.ts';
import { createConsole } from '../../functions/console/app.ts';
import type { Claims, Issuer, Vouched } from '../../functions/console/sign-in/issuer.ts';
import { type CaseId, MemberId } from '../../shared/domain/ids.ts';
import type { Hub } from '../../shared/store/hub.ts';
import { carryOn } from '../engine/carry-on.ts';
import { startHub } from '../engine/hub-stand.ts';
import { startIncoming } from '../engine/incoming-stand.ts';
import { aHubOfPeople } from '../engine/people.ts';
import { policedTable } from '../engine/policed-table.ts';
import type { Answering } from '../engine/through-gateway.ts';
import { giveFile } from './give-file.ts';

const ORIGIN = 'http://hub.test';

/** An issuer that believes whoever says who they are, and forgets them when told to. */
export function fakeIssuer() {
  const dismissed = new Set<string>();
  const claims = new Map<string, Claims>();
  let asked = 0;
  const vouch = (member: string): Vouched => ({
    member: MemberId.parse(member),
    claims: claims.get(member),
    refreshToken: `refresh ${member} ${asked}`,
    lasts: 3600,
  });
  const issuer: Issuer = {
    async begin(redirectUri) {
      asked += 1;
      const attempt = { state: `state${asked}xxxxxxxxxxxx`, nonce: `nonce${asked}`, verifier: `verifier${asked}` };
      const query = new URLSearchParams({ redirect_uri: redirectUri, state: attempt.state });
      return { ...attempt, url: `http://issuer.test/authorize?${query}` };
    },
    async finish(currentUrl, attempt) {
      const code = currentUrl.searchParams.get('code');
      if (!code || currentUrl.searchParams.get('state') !== attempt.state) throw new Error('invalid_grant');
      return { ...vouch(code), sid: `${code}_at_${attempt.state}` };
    },
    async renew(member) {
      asked += 1;
      return dismissed.has(member) ? undefined : vouch(member);
    },
    async readLogout(token) {
      const [member, sid, jti] = token.split(' ');
      if (jti === undefined) return undefined;
      return { jti, ...(member && { member: MemberId.parse(member) }), ...(sid && { sid }) };
    },
    async goodbye(backTo) {
      return `http://issuer.test/logout?${new URLSearchParams({ back: backTo })}`;
    },
  };
  return {
    issuer,
    dismiss: (person: string) => dismissed.add(person),
    /** Has the issuer say this of a person. */
    says: (person: string, what: Claims) => claims.set(person, what),
    asked: () => asked,
  };
}

/** What came back, as a person without scripts sees it. */
export interface Seen {
  readonly status: number;
  readonly headers: Headers;
  /** where it leads, when it is a redirect */
  readonly location: string | undefined;
  readonly html: string;
  /** the body as it came */
  readonly bytes: Uint8Array;
}

type Fields = Readonly<Record<string, string>>;

/** A browser without scripts: it keeps cookies and sends forms with the token of the page it last saw. */
export interface Reader {
  get(path: string, headers?: Fields): Promise<Seen>;
  /** Sends a form of the page it last saw. */
  post(path: string, fields?: Fields | FormData, headers?: Fields): Promise<Seen>;
  /** Chooses a file in the form of the page it last saw that leads to the bucket, and goes where that leads. */
  give(content: string | Uint8Array<ArrayBuffer>, name?: string): Promise<Seen>;
  signIn(person: string): Promise<Seen>;
  /** what the page it last saw put into every form */
  csrf(): string;
  cookies(): readonly string[];
  /** Another browser with the same cookies: the same person in another window. */
  clone(): Reader;
}

function unescaped(html: string): string {
  return html.replaceAll('&amp;', '&').replaceAll('&quot;', '"').replaceAll('&#39;', "'");
}

/** A browser before an app of the console. */
export function newReader(
  app: Pick<ReturnType<typeof createConsole>, 'request'> | Answering,
  language: string,
  jar = new Map<string, string>(),
): Reader {
  let token = '';
  let page = '';
  const send = async (path: string, init: RequestInit): Promise<Seen> => {
    const headers = new Headers(init.headers);
    if (jar.size > 0) headers.set('cookie', [...jar].map(([name, value]) => `${name}=${value}`).join('; '));
    if (!headers.has('accept-language')) headers.set('accept-language', language);
    const response = await app.request(new URL(path, ORIGIN).href, { ...init, headers });
    for (const cookie of response.headers.getSetCookie()) {
      const [pair = ''] = cookie.split(';');
      const at = pair.indexOf('=');
      if (/max-age=0/i.test(cookie)) jar.delete(pair.slice(0, at));
      else jar.set(pair.slice(0, at), pair.slice(at + 1));
    }
    const bytes = new Uint8Array(await response.arrayBuffer());
    const html = unescaped(new TextDecoder().decode(bytes));
    page = html;
    token = /name="csrf" value="([^"]+)"/.exec(html)?.[1] ?? token;
    return {
      status: response.status,
      headers: response.headers,
      location: response.headers.get('location') ?? undefined,
      html,
      bytes,
    };
  };
  const reader: Reader = {
    get: (path, headers = {}) => send(path, { headers }),
    post(path, fields = {}, headers = {}) {
      if (fields instanceof FormData) {
        if (!fields.has('csrf')) fields.set('csrf', token);
        return send(path, { method: 'POST', body: fields, headers });
      }
      return send(path, { method: 'POST', body: new URLSearchParams({ csrf: token, ...fields }), headers });
    },
    async give(content, name = 'a.csv') {
      return send(await giveFile(page, content, name), {});
    },
    async signIn(person) {
      const begun = await send('/console/sign-in', {});
      const state = new URL(begun.location ?? '').searchParams.get('state') ?? '';
      await send(`/console/callback?${new URLSearchParams({ state, code: person })}`, {});
      return send('/console', {});
    },
    csrf: () => token,
    cookies: () => [...jar.keys()],
    clone: () => newReader(app, language, new Map(jar)),
  };
  return reader;
}

/** The console on the real engine, with the people of the demo and an issuer that believes everybody. */
export interface ConsoleStand {
  readonly hub: Hub;
  readonly issuer: ReturnType<typeof fakeIssuer>;
  open(language?: string): Reader;
  /** A reader who is signed in. */
  as(person: string, language?: string): Promise<Reader>;
  /** Calls the API on the same table; `as` is whose token the call comes with. */
  api(method: string, path: string, sent?: { as?: string; body?: unknown }): Promise<{ status: number; text: string }>;
  /** Does what the workflow does until the case waits for somebody again. */
  carryOn(id: CaseId): ReturnType<typeof carryOn>;
  /** Every item of the table as text, to look for what must not be in it. */
  everything(): Promise<string>;
  stop(): Promise<void>;
}

/** Starts everything; takes about a second. */
export async function startConsole(): Promise<ConsoleStand> {
  const { hub, stop } = await startHub(aHubOfPeople);
  const files = await startIncoming('console');
  const issuer = fakeIssuer();
  const app = createConsole(
    {
      hub: { ...hub, table: await policedTable(hub.table, 'console') },
      issuer: issuer.issuer,
      incoming: files.incoming,
    },
    'http://issuer.test',
  );
  const doors = createApi({
    hub: { ...hub, table: await policedTable(hub.table, 'api') },
    issuer: 'http://issuer.test',
    publicUrl: ORIGIN,
    verify: async (token) => MemberId.parse(token),
  });
  const open = (language = 'zh') => newReader(app, language);
  return {
    hub,
    issuer,
    open,
    async as(person, language) {
      const reader = open(language);
      await reader.signIn(person);
      return reader;
    },
    async api(method, path, { as, body } = {}) {
      const response = await doors.request(`${ORIGIN}/api/v1${path}`, {
        method,
        headers: { 'content-type': 'application/json', ...(as && { authorization: `Bearer ${as}` }) },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      });
      return { status: response.status, text: await response.text() };
    },
    carryOn: (id) => carryOn(hub, id),
    async everything() {
      const { Items } = await hub.table.client.send(new ScanCommand({ TableName: hub.table.name }));
      return JSON.stringify(Items);
    },
    async stop() {
      await files.stop();
      await stop();
    },
  };
}
