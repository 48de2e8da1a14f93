import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { operations } from '../../functions/api/areas.ts';
import { memberRoutes } from '../../functions/console/areas.ts';
import { MemberId, PartyId } from '../../shared/domain/ids.ts';
import { instant } from '../../shared/domain/time.ts';
import { keys } from '../../shared/store/keys.ts';
import { membershipsOf, removing, saveMember } from '../../shared/store/parties.ts';
import { batchGet, toItem, transact } from '../../shared/store/table.ts';
import { storedIn } from '../engine/contents.ts';
import { type ConsoleStand, startConsole } from './console-stand.ts';

let stand: ConsoleStand;
beforeAll(async () => {
  stand = await startConsole();
});
afterAll(() => stand.stop());
afterEach(() => vi.useRealTimers());

const HOUR = 3_600_000;

/** Only the clock is pretended: the engine and the SDK keep their timers. */
function later(millis: number): void {
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + millis });
}

describe('signing in', () => {
  it('sends who is not signed in to the issuer and back to the page they asked for', async () => {
    const reader = stand.open();
    const asked = await reader.get('/console/cases?kind=grant');
    expect(asked.location).toBe(`/console/sign-in?${new URLSearchParams({ return: '/console/cases?kind=grant' })}`);
    const begun = await reader.get(asked.location ?? '');
    const authorize = new URL(begun.location ?? '');
    expect(authorize.searchParams.get('redirect_uri')).toBe('http://hub.test/console/callback');
    const state = authorize.searchParams.get('state') ?? '';
    const back = await reader.get(`/console/callback?state=${state}&code=hub-lead`);
    expect(back.location).toBe('/console/cases?kind=grant');
    const page = await reader.get('/console/cases?kind=grant');
    expect(page.status).toBe(200);
    expect(page.html).toContain('Name of hub-lead');
  });

  it.each([
    'https://evil.example/console',
    '//evil.example/console',
    '/\\evil.example',
    '/console/../../evil',
    '/console\\@evil.example',
    '/consolexyz',
    '/console/sign-out',
    'javascript:alert(1)',
    '/console\r\nset-cookie: a=b',
  ])('never leads out of the console afterwards: %j', async (wanted) => {
    const reader = stand.open();
    const begun = await reader.get(`/console/sign-in?${new URLSearchParams({ return: wanted })}`);
    const state = new URL(begun.location ?? '').searchParams.get('state') ?? '';
    const back = await reader.get(`/console/callback?state=${state}&code=hub-lead`);
    expect(back.location).toBe('/console');
  });

  it('refuses an answer of the issuer that this browser did not ask for, or asked for too long ago', async () => {
    const begun = await stand.open().get('/console/sign-in');
    const state = new URL(begun.location ?? '').searchParams.get('state') ?? '';
    const other = await stand.open().get(`/console/callback?state=${state}&code=hub-lead`);
    expect(other.status).toBe(400);
    expect(other.headers.getSetCookie()).toEqual([]);
    const slow = stand.open();
    const again = await slow.get('/console/sign-in');
    later(11 * 60_000);
    const late = new URL(again.location ?? '').searchParams.get('state') ?? '';
    expect((await slow.get(`/console/callback?state=${late}&code=hub-lead`)).status).toBe(400);
  });

  it('gives a cookie that scripts and other hosts cannot have, and keeps only its hash', async () => {
    const reader = stand.open();
    const https = { 'x-forwarded-proto': 'https' };
    const begun = await reader.get('/console/sign-in', https);
    const state = new URL(begun.location ?? '').searchParams.get('state') ?? '';
    const back = await reader.get(`/console/callback?state=${state}&code=hub-lead`, https);
    const cookie = back.headers.getSetCookie().find((each) => each.startsWith('__Host-jieli-session=')) ?? '';
    for (const part of ['HttpOnly', 'Secure', 'SameSite=Lax', 'Path=/']) expect(cookie).toContain(part);
    expect(cookie).not.toContain('Domain');
    const value = /=([^;]+)/.exec(cookie)?.[1] ?? '';
    expect(Buffer.from(value, 'base64url')).toHaveLength(32);
    expect(await batchGet(stand.hub.table, [keys.session(value)])).toEqual([]);
  });

  it('tells a person who is a member of nothing so, and lets them sign out', async () => {
    const reader = stand.open('en');
    const page = await reader.signIn('a-stranger');
    expect(page.status).toBe(403);
    expect(page.html).toContain('a-stranger');
    expect(page.html).toContain('/console/sign-out');
    expect((await reader.post('/console/sign-out')).status).toBe(303);
  });

  it('opens nothing to an account without a membership, which anybody can make: no page, no form, no operation', async () => {
    const person = 'anybody-at-the-issuer';
    const reader = await stand.as(person);
    const before = await storedIn(stand.hub.table);
    for (const { method, path } of memberRoutes) {
      const seen = await reader[method](path.replace(/:\w+/g, 'x'));
      expect([path, seen.status]).toEqual([path, 403]);
      expect(seen.html).not.toMatch(/江城|Name of/);
    }
    for (const { method, path, access } of Object.values(operations)) {
      if (access !== 'token' && access !== 'optional') continue;
      const sent = { as: person, ...(method === 'post' && { body: {} }) };
      const { status } = await stand.api(method.toUpperCase(), path.replace(/\{\w+\}/g, 'x'), sent);
      expect([path, status]).toEqual([path, 403]);
    }
    expect(await storedIn(stand.hub.table)).toEqual(before);
  });
});

describe('a session', () => {
  it('ends after twelve hours, whatever happened in it; a form that comes then is told so and nothing is done', async () => {
    const reader = await stand.as('hub-lead');
    later(11.9 * HOUR);
    expect((await reader.get('/console')).status).toBe(200);
    later(0.2 * HOUR);
    const posted = await reader.post('/console/party', { party: 'hub' });
    expect(posted.status).toBe(401);
    expect((await reader.get('/console')).location).toContain('/console/sign-in');
  });

  it('asks the issuer again each hour, once for many requests at once, and ends when it says no', async () => {
    const reader = await stand.as('insurer');
    const asked = stand.issuer.asked();
    later(1.1 * HOUR);
    const pages = await Promise.all([1, 2, 3].map(() => reader.get('/console')));
    expect(pages.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(stand.issuer.asked()).toBe(asked + 1);
    stand.issuer.dismiss('insurer');
    later(1.1 * HOUR);
    expect((await reader.get('/console')).location).toContain('/console/sign-in');
    expect((await reader.get('/console')).location).toContain('/console/sign-in');
  });

  it('is over in every window after signing out, and the issuer is told', async () => {
    const reader = await stand.as('hub-lead');
    const stolen = reader.clone();
    const out = await reader.post('/console/sign-out');
    expect(out.status).toBe(303);
    expect(out.location).toContain('http://issuer.test/logout');
    expect(out.location).toContain(encodeURIComponent('http://hub.test/console/signed-out'));
    expect((await stolen.get('/console')).location).toContain('/console/sign-in');
  });

  it('a removed member gets no further with an open page', async () => {
    const reader = await stand.as('hub-helper');
    const [membership] = await membershipsOf(stand.hub.table, MemberId.parse('hub-helper'));
    expect(membership?.party).toBe('hub');
    await transact(stand.hub.table, [
      {
        Delete: {
          TableName: stand.hub.table.name,
          Key: toItem({ ...keys.member(MemberId.parse('hub-helper'), PartyId.parse('hub')) }),
        },
      },
    ]);
    expect((await reader.get('/console')).status).toBe(403);
  });

  it('keeps no token of the issuer where the table alone could read it', async () => {
    await stand.as('funder-finance');
    const all = await stand.everything();
    expect(all).toContain('funder-finance');
    expect(all).not.toContain('refresh funder-finance');
  });
});

describe('forms', () => {
  it.each(['', 'guessed'])('without the token of the session do nothing: %j', async (csrf) => {
    const reader = await stand.as('two-hats');
    const before = (await reader.get('/console')).html;
    expect((await reader.post('/console/party', { party: 'lantern-foundation', csrf })).status).toBe(403);
    expect((await reader.post('/console/sign-out', { csrf })).status).toBe(403);
    expect((await reader.get('/console')).html).toBe(before);
  });

  it('drawn for another session do nothing', async () => {
    const mine = await stand.as('two-hats');
    const other = await stand.as('two-hats');
    const refused = await mine.post('/console/party', { party: 'lantern-foundation', csrf: other.csrf() });
    expect(refused.status).toBe(403);
  });
});

describe('a person of two parties', () => {
  it('goes on acting for the party they began with when they join another', async () => {
    const reader = await stand.as('two-hats', 'en');
    expect((await reader.get('/console')).html).toMatch(/Acting for[\s\S]{0,40}江城协调中心/);
    const [member] = await membershipsOf(stand.hub.table, MemberId.parse('two-hats'));
    if (!member) throw new Error('nobody');
    // its id comes before all others
    const party = PartyId.parse('a-hub');
    await saveMember(stand.hub.table, { ...member, party, partyName: '第一中心' });
    const page = (await reader.get('/console')).html;
    expect(page).toMatch(/Acting for[\s\S]{0,40}江城协调中心/);
    expect(page).toContain('第一中心');
    const gone = { ...member, party, partyName: '第一中心' };
    const at = instant(Date.now());
    await transact(stand.hub.table, removing(stand.hub.table, gone, { member: member.id, party, at, by: member.id }));
  });

  it('acts for one at a time, sees which on each page, and can switch to their own parties only', async () => {
    const reader = await stand.as('two-hats', 'en');
    expect((await reader.get('/console')).html).toMatch(/Acting for[\s\S]{0,40}江城协调中心/);
    expect((await reader.post('/console/party', { party: 'lantern-foundation' })).location).toBe('/console');
    const page = await reader.get('/console/programmes');
    expect(page.html).toMatch(/Acting for[\s\S]{0,40}Lantern Foundation/);
    expect((await reader.get('/console/import')).status).toBe(403);
    expect((await reader.post('/console/party', { party: 'insurer' })).status).toBe(403);
  });
});
