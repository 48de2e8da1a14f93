import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createApi } from '../../functions/api/app.ts';
import { need as needExamples } from '../../functions/kinds/need/api.ts';
import { allowances, type LimitedAction } from '../../shared/domain/allowances.ts';
import { presentConsent } from '../../shared/domain/consent.ts';
import { addressHash } from '../../shared/secrets/address-hash.ts';
import { deriveKey } from '../../shared/secrets/derive-key.ts';
import { keys } from '../../shared/store/keys.ts';
import { batchPut } from '../../shared/store/table.ts';
import { storedIn } from '../engine/contents.ts';
import { type ConsoleStand, startConsole } from './console-stand.ts';
import { fieldsOf, need, type SiteStand, secretIn, startSite } from './site-stand.ts';

let site: SiteStand;
let consoleStand: ConsoleStand;
beforeAll(async () => {
  site = await startSite();
});
afterAll(() => site.stop());

let visitors = 0;
/** An address that nobody came from before: a process remembers whom it refused. */
let address: string;
beforeEach(() => {
  visitors += 1;
  address = `198.51.100.${visitors}`;
});
const from = (sourceIp: string) => ({ requestContext: { http: { sourceIp } } });

/** Makes somebody have knocked as often as they may today. */
async function exhaust(hub: SiteStand['hub'], door: LimitedAction, who?: string): Promise<void> {
  const name = who ?? addressHash(await deriveKey(hub.macKeyId, 'limit'), address);
  const key = keys.limit(door, name, Math.floor(Date.now() / 86_400_000));
  await batchPut(hub.table, [{ ...key, entity: 'limit', day: allowances[door].day }]);
}

const everything = () => storedIn(site.hub.table);

describe('the site, to an address that comes too often,', () => {
  it('sends the form for a case back with everything that was typed, says when to come again, and stores nothing', async () => {
    const check = await site.post('/needs/new', { ...need, step: 'check' });
    const typed = fieldsOf(check.html);
    await exhaust(site.hub, 'submit/address');
    const before = await everything();
    for (const [language, said] of [
      ['zh', '请求太多'],
      ['en', 'too many requests'],
    ] as const) {
      const fields = { ...typed, action: 'send', lang: language };
      const refused = await site.post('/needs/new', fields, {}, from(address));
      expect(refused.status).toBe(429);
      expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
      expect(refused.html).toContain(said);
      expect(fieldsOf(refused.html)).toMatchObject({ ...typed, lang: language });
    }
    expect(await everything()).toEqual(before);
    const neighbour = await site.post('/needs/new', { ...typed, action: 'send' }, {}, from('198.51.100.200'));
    expect(neighbour.status).toBe(303);
  });

  it('looks through no more rosters, and keeps the answers', async () => {
    await exhaust(site.hub, 'upload/address');
    const fields = { step: 'cover', activity: '送医护人员上下班', action: 'continue' };
    const refused = await site.post('/insurance/new', fields, {}, from(address));
    expect(refused.status).toBe(429);
    expect(refused.html).toContain('送医护人员上下班');
    const back = await site.post('/insurance/new', { ...fields, action: 'back' }, {}, from(address));
    expect(back.status).toBe(200);
  });

  it('looks for no more cases, and keeps what was typed', async () => {
    await exhaust(site.hub, 'find/address');
    const refused = await site.post('/track', { link: 'N123456789' }, {}, from(address));
    expect(refused.status).toBe(429);
    expect(refused.html).toContain('value="N123456789"');
  });

  it('mails no more links, and keeps the number and the address that were typed', async () => {
    await exhaust(site.hub, 'send-link/address');
    const before = await everything();
    const asked = { number: 'N123456789', email: 'li@example.org' };
    const refused = await site.post('/track/again', asked, {}, from(address));
    expect(refused.status).toBe(429);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(fieldsOf(refused.html)).toMatchObject(asked);
    expect(await everything()).toEqual(before);
  });

  it('answers wrong links with “too many”, while the right one of a neighbour behind the same address opens', async () => {
    const check = await site.post('/needs/new', { ...need, step: 'check' });
    const { location } = await site.post('/needs/new', { ...fieldsOf(check.html), action: 'send' });
    const secret = secretIn(location);
    const wrong = secret.replace(/.$/, (last) => (last === 'A' ? 'Q' : 'A'));
    const wrongAnswer = await site.get(`/track/${wrong}`, {}, from(address));
    expect(wrongAnswer.status).toBe(404);
    await exhaust(site.hub, 'wrong-link/address');
    expect((await site.get(`/track/${wrong}`, {}, from(address))).status).toBe(429);
    expect((await site.get(`/track/${secret}`, {}, from(address))).status).toBe(200);
  });

  it('gives the same answer to a number without a case and to a wrong secret', async () => {
    const check = await site.post('/needs/new', { ...need, step: 'check' });
    const { location } = await site.post('/needs/new', { ...fieldsOf(check.html), action: 'send' });
    const secret = secretIn(location);
    const pages = await Promise.all(
      [secret.replace(/.$/, (last) => (last === 'A' ? 'Q' : 'A')), secret.replace(/^N.{9}/, 'N000000000')].map(
        (wrong) =>
          site
            .get(`/track/${wrong}`, {}, from(address))
            .then(({ html, status }) => ({ html: html.replaceAll(wrong, ''), status })),
      ),
    );
    expect(pages[0]).toEqual(pages[1]);
    expect(pages[0]?.status).toBe(404);
  });
});

describe('a case', () => {
  it('whose link did too much for today is left alone, and what was typed comes back', async () => {
    const check = await site.post('/needs/new', { ...need, step: 'check' });
    const { location } = await site.post('/needs/new', { ...fieldsOf(check.html), action: 'send' });
    const secret = secretIn(location);
    const subject = await site.carryOn(secret);
    await exhaust(site.hub, 'act/case', subject.id);
    const before = await everything();
    const refused = await site.post(`/track/${secret}/amounts`, { 'amounts.1.quantity': '70' });
    expect(refused.status).toBe(429);
    // counted by the case: whoever presses did nothing wrong with their network
    expect(refused.html).toContain('短时间内的请求太多');
    expect(refused.html).toContain('value="70"');
    expect(await everything()).toEqual(before);
    // nor is another link made or mailed, nor a consent written
    for (const [path, fields] of [
      ['revocation', {}],
      ['consent', { consent: presentConsent }],
      ['withdraw', { reason: '不再需要' }],
    ] as const)
      expect([path, (await site.post(`/track/${secret}/${path}`, fields)).status]).toEqual([path, 429]);
    expect(await everything()).toEqual(before);
    expect((await site.get(`/track/${secret}`)).status).toBe(200);
  });
});

describe('the API', () => {
  const api = () =>
    createApi({ hub: site.hub, issuer: 'http://issuer.test', verify: async () => undefined, trustedProxies: 1 });
  const post = (path: string, headers: Record<string, string>, body = '{}') =>
    api().request(
      `http://hub.test/api/v1${path}`,
      { method: 'POST', body, headers: { 'content-type': 'application/json', ...headers } },
      from('10.0.0.1'),
    );

  it('refuses with a problem document and Retry-After, by what the trusted proxy says, whatever the visitor claims', async () => {
    await exhaust(site.hub, 'submit/address');
    const right = JSON.stringify(needExamples(Date.now()).need?.value);
    const before = await everything();
    for (const claims of ['', '203.0.113.1, ', '203.0.113.2, 203.0.113.3, ']) {
      const refused = await post('/needs', { 'x-forwarded-for': `${claims}${address}, 10.0.0.1` }, right);
      expect(refused.status).toBe(429);
      expect(refused.headers.get('content-type')).toBe('application/problem+json');
      expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
      expect(await refused.json()).toMatchObject({ code: 1007, type: 'urn:jieli:problem:too-many-requests' });
    }
    expect(await everything()).toEqual(before);
    expect((await post('/needs', { 'x-forwarded-for': '198.51.100.201, 10.0.0.1' }, right)).status).toBe(201);
  });

  it('counts rosters by their rows', async () => {
    const headers = { 'x-forwarded-for': `${address}, 10.0.0.1` };
    const days = { coverFrom: '2099-01-01', coverTo: '2099-01-02' };
    const of = (rows: number) => JSON.stringify({ ...days, volunteers: Array.from({ length: rows }, () => ({})) });
    const who = addressHash(await deriveKey(site.hub.macKeyId, 'limit'), address);
    const key = keys.limit('roster-rows/address', who, Math.floor(Date.now() / 86_400_000));
    await batchPut(site.hub.table, [{ ...key, entity: 'limit', day: allowances['roster-rows/address'].day - 1700 }]);
    expect((await post('/roster-reviews', headers, of(1699))).status).toBe(200);
    expect((await post('/roster-reviews', headers, of(1))).status).toBe(200);
    expect((await post('/roster-reviews', headers, of(1))).status).toBe(429);
  });

  it('looks through no more rosters, and answers no more wrong tokens than it may', async () => {
    const headers = { 'x-forwarded-for': `${address}, 10.0.0.1` };
    expect((await post('/grants', { ...headers, authorization: 'Bearer wrong' })).status).toBe(401);
    await exhaust(site.hub, 'upload/address');
    await exhaust(site.hub, 'wrong-token/address');
    expect((await post('/roster-reviews', headers)).status).toBe(429);
    expect((await post('/grants', { ...headers, authorization: 'Bearer wrong' })).status).toBe(429);
  });
});

describe('the console', () => {
  beforeAll(async () => {
    consoleStand = await startConsole();
  });
  afterAll(() => consoleStand.stop());

  it('begins no more sign-ins for an address than it may, while those who are signed in go on', async () => {
    const reader = await consoleStand.as('hub-coordinator');
    await exhaust(consoleStand.hub, 'sign-in/address', addressHash(await deriveKey('key', 'limit'), 'unknown'));
    const refused = await consoleStand.open().get('/console/sign-in');
    expect(refused.status).toBe(429);
    expect(refused.headers.get('retry-after')).toBeTruthy();
    expect((await reader.get('/console')).status).toBe(200);
  });
});
