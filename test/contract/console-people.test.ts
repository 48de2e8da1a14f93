import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MemberId, PartyId } from '../../shared/domain/ids.ts';
import { deriveKey } from '../../shared/secrets/derive-key.ts';
import { letterSecret } from '../../shared/secrets/letter-link.ts';
import { listAddresses } from '../../shared/store/addresses.ts';
import { listInvitations } from '../../shared/store/invitations.ts';
import { membershipsOf, readMember } from '../../shared/store/parties.ts';
import { person, submitted } from '../factory/hub.ts';
import { type ConsoleStand, startConsole } from './console-stand.ts';

let stand: ConsoleStand;
beforeAll(async () => {
  stand = await startConsole();
});
afterAll(() => stand.stop());

const foundation = PartyId.parse('river-foundation');

async function linkOf(party: PartyId, email: string): Promise<string> {
  const made = (await listInvitations(stand.hub.table, party)).find((one) => one.email === email);
  if (!made) throw new Error(`${email} is not invited`);
  return `/console/invitations/${letterSecret(await deriveKey('key', 'letter'), 'invitation', made)}`;
}

async function invited(email: string, role = 'reviewer'): Promise<string> {
  const lead = await stand.as('programme-manager');
  await lead.get('/console/members');
  const done = await lead.post('/console/members', { email, roles: role, language: 'en' });
  expect(done.location).toBe('/console/members?done=invited');
  return linkOf(foundation, email);
}

describe('an invitation in the console', () => {
  it('is shown to whoever has the link, accepted after signing in, and over then', async () => {
    const link = await invited('first@example.org');
    const guest = stand.open('en');
    const shown = await guest.get(link);
    expect(shown.html).toContain('first@example.org');
    expect(shown.html).toContain('长河基金会');
    expect(shown.html).toContain(new URLSearchParams({ return: link }).toString());
    // opening it, as a mail scanner does, accepts nothing
    expect((await listInvitations(stand.hub.table, foundation))[0]?.ended).toBeUndefined();
    await guest.signIn('newcomer-1');
    await guest.get(link);
    const wrong = await guest.post(link, { name: '', email: 'x', language: 'en' });
    expect(wrong.status).toBe(422);
    expect(wrong.html).toContain('Please fill this in');
    const typed = await guest.post(link, { name: 'New Colleague', email: 'somebodys@example.org', language: 'en' });
    expect(typed.status).toBe(422);
    expect(typed.html).toContain('the address that the invitation went to');
    const colleagues = await guest.post(link, { name: 'x', email: 'programme-manager@example.org', language: 'en' });
    expect(colleagues.status).not.toBe(303);
    const joined = await guest.post(link, { name: 'New Colleague', email: 'First@example.org', language: 'en' });
    expect(joined.location).toBe('/console');
    expect((await guest.get('/console')).html).toContain('New Colleague');
    expect((await guest.get(link)).status).toBe(410);
    expect((await stand.open().get(`${link.slice(0, -2)}xx`)).status).toBe(404);
  });

  it('is not accepted from another site, nor without the session’s own token', async () => {
    const link = await invited('forged@example.org');
    const guest = stand.open();
    await guest.signIn('newcomer-2');
    const forged = await guest.post(link, { csrf: 'x', name: 'x', email: 'x@example.org', language: 'zh' });
    expect(forged.status).toBe(403);
    expect((await stand.open().post(link, { name: 'x' })).status).toBe(401);
  });

  it('can be sent again and taken back from the page of members', async () => {
    const link = await invited('later@example.org');
    const lead = await stand.as('programme-manager');
    const page = await lead.get('/console/members');
    const id = /invitations-sent\/([a-z0-9]{10})/.exec(page.html.slice(page.html.indexOf('later@example.org')))?.[1];
    expect((await lead.post(`/console/invitations-sent/${id}`, { action: 'resend' })).location).toContain('resent');
    expect((await stand.open().get(link)).status).toBe(410);
    const second = await linkOf(foundation, 'later@example.org');
    expect((await stand.open().get(second)).status).toBe(200);
    await lead.post(`/console/invitations-sent/${id}`, { action: 'cancel' });
    expect((await stand.open().get(second)).status).toBe(410);
  });
});

describe('the page of members offers nothing that would be refused', () => {
  it('neither to remove the last who leads, nor to send an invitation that was sent often enough', async () => {
    const lead = await stand.as('hub-lead');
    const removals = (html: string) => [...html.matchAll(/members\/([\w-]+)\/removal/g)].map(([, id]) => id);
    const page = await lead.get('/console/members');
    expect(removals(page.html)).toContain('hub-coordinator');
    expect(removals(page.html)).not.toContain('hub-lead');
    const refused = await lead.post('/console/members/hub-lead/removal', { 'reason-hub-lead': 'x' });
    expect(refused.status).toBe(409);
    const typed = await lead.post('/console/members/hub-coordinator/removal', {
      'reason-hub-coordinator': `去了${'很远'.repeat(300)}`,
    });
    expect(typed.status).toBe(422);
    expect(typed.html).toContain('value="去了很远');
    const roleless = await lead.post('/console/members/hub-coordinator/roles');
    expect(roleless.status).toBe(422);
    expect(roleless.html).toContain('href="#f-roles-hub-coordinator"');
    await lead.post('/console/members', { email: 'often@example.org', roles: 'coordinator', language: 'zh' });
    const sentTo = async () => {
      const { html } = await lead.get('/console/members');
      const row = html.slice(
        html.indexOf('often@example.org'),
        html.indexOf('</li>', html.indexOf('often@example.org')),
      );
      return { id: /invitations-sent\/([a-z0-9]{10})/.exec(row)?.[1], again: row.includes('value="resend"') };
    };
    const { id, again } = await sentTo();
    expect(again).toBe(true);
    const send = async () => (await lead.post(`/console/invitations-sent/${id}`, { action: 'resend' })).status;
    for (let times = 1; times < 5; times++) expect(await send()).toBe(303);
    expect((await sentTo()).again).toBe(false);
    expect(await send()).toBe(409);
    for (const none of ['x', 'x'.repeat(2000)])
      expect((await lead.post(`/console/invitations-sent/${none}`, { action: 'resend' })).status).toBe(404);
  });
});

describe('members', () => {
  it('are changed by who leads alone; others see them without buttons', async () => {
    const colleague = await stand.as('funder-reviewer');
    const page = await colleague.get('/console/members');
    expect(page.html).toContain('Name of funder-finance');
    expect(page.html).not.toContain('/removal');
    for (const path of ['/console/members', '/console/members/funder-finance/removal', '/console/members/x/roles'])
      expect((await colleague.post(path, { email: 'x@example.org', roles: 'approver' })).status).toBe(403);
    expect((await stand.as('hub-coordinator').then((other) => other.get('/console/members'))).html).not.toContain(
      'funder-finance',
    );
  });

  it('who are removed find themselves outside with their next request, in every window', async () => {
    const leaving = await stand.as('many-roles');
    const window = leaving.clone();
    await leaving.get('/console/members');
    const lead = await stand.as('programme-manager');
    await lead.get('/console/members');
    const empty = await lead.post('/console/members/many-roles/removal', { 'reason-many-roles': '' });
    expect(empty.status).toBe(422);
    expect(empty.html).toContain('href="#f-reason-many-roles"');
    expect(empty.html).toMatch(/<details open="">.{0,500}id="f-reason-many-roles"/s);
    const done = await lead.post('/console/members/many-roles/removal', { 'reason-many-roles': '换了工作' });
    expect(done.location).toBe('/console/members?done=removed');
    expect((await window.get('/console/cases')).location).toMatch(/^\/console\/sign-in/);
    expect((await leaving.post('/console/cases/N000000000', { outcome: 'approved' })).status).toBe(401);
    // signed in again, they are a stranger here
    await leaving.signIn('many-roles');
    expect((await leaving.get('/console')).status).toBe(403);
  });

  it('keep somebody who leads', async () => {
    const lead = await stand.as('hub-lead');
    await lead.get('/console/members');
    const refused = await lead.post('/console/members/hub-lead/roles', { 'roles-hub-lead': 'coordinator' });
    expect(refused.status).toBe(409);
    expect(refused.html).toContain('最后一位负责人');
  });
});

it('a form that was drawn while acting for one party does nothing when its person acts for another', async () => {
  const reader = await stand.as('two-hats');
  const old = reader.clone();
  await reader.get('/console');
  await old.get('/console');
  const other = /name="party" value="([^"]+)"/.exec((await reader.get('/console')).html)?.[1] ?? '';
  await reader.post('/console/party', { party: other });
  expect((await old.post('/console/sign-ins')).status).toBe(403);
  // leaving is possible from every page
  expect((await old.post('/console/sign-out')).status).toBe(303);
});

it('what was typed for one party is kept while its person acts for another, and sent when they act for that one again', async () => {
  const ours = { 'sec-fetch-site': 'same-origin' };
  const offer = { title: '换身份时填的口罩', itemGroup: 'masks', amount: '500', areas: '湖北' };
  const reader = await stand.as('two-hats', 'en');
  const switchTo = async (party: string) => {
    await reader.get('/console');
    await reader.post('/console/party', { party });
  };
  await switchTo('lantern-foundation');
  await reader.get('/console/offers');
  const csrf = reader.csrf();
  await switchTo('hub');
  const stale = await reader.post('/console/offers', { ...offer, csrf }, ours);
  expect(stale.status).toBe(403);
  expect(stale.html).toContain('It was opened for Lantern Foundation');
  expect(stale.html).toMatch(/class="party-switch" target="_blank">.{0,500}value="lantern-foundation"/s);
  const form = stale.html.slice(stale.html.indexOf('action="/console/offers"'));
  const kept = /name="csrf" value="([^"]+)"/.exec(form)?.[1] ?? '';
  // pressed without switching, it is not done for the wrong party
  expect((await reader.post('/console/offers', { ...offer, csrf: kept }, ours)).status).toBe(403);
  await switchTo('lantern-foundation');
  expect((await reader.post('/console/offers', { ...offer, csrf: kept }, ours)).status).toBe(303);
});

it('a link that is meant for another of one’s parties leads to the page as a member of that one', async () => {
  const subject = await submitted(stand.hub, 'need');
  await stand.carryOn(subject.id);
  const link = `/console/cases/${subject.id}?from=mail`;
  const reader = await stand.as('two-hats', 'en');
  await reader.get('/console');
  await reader.post('/console/party', { party: 'lantern-foundation' });
  const missed = await reader.get(link);
  expect(missed.status).toBe(404);
  expect(missed.html).toContain('as a member of Lantern Foundation');
  const back = /name="return" value="([^"]+)"/.exec(missed.html)?.[1] ?? '';
  const switched = await reader.post('/console/party', { party: 'hub', return: back });
  expect(switched.location).toBe(link);
  expect((await reader.get(link)).html).toContain(subject.organization);
  // who has one party is offered none, and no form leads out of the console
  expect((await (await stand.as('funder-finance', 'en')).get(link)).html).not.toContain('name="return"');
  expect((await reader.post('/console/party', { party: 'hub', return: '//evil.example/console' })).location).toBe(
    '/console',
  );
});

it('a person sees where they are signed in and ends it everywhere else', async () => {
  const here = await stand.as('funder-finance');
  const elsewhere = await stand.as('funder-finance');
  const page = await here.get('/console/sign-ins');
  expect(page.html.match(/20\d\d-/g)?.length).toBeGreaterThanOrEqual(4);
  await here.post('/console/sign-ins');
  expect((await elsewhere.get('/console')).status).toBe(302);
  expect((await here.get('/console')).status).toBe(200);
});

it('a person says how often they are told by mail what waits for them, of the choices that there are, and keeps their roles', async () => {
  const reader = await stand.as('funder-finance');
  await reader.get('/console/sign-ins');
  expect((await reader.post('/console/sign-ins/mails', { mails: 'never' })).status).toBe(422);
  expect((await reader.post('/console/sign-ins/mails', { mails: 'hourly' })).status).toBe(303);
  expect((await reader.get('/console/sign-ins')).html).toMatch(/value="hourly" selected/);
  const before = person('funder-finance');
  for (const read of [readMember(stand.hub.table, before.party, before.id), membershipsOf(stand.hub.table, before.id)])
    expect([await read].flat()).toEqual([{ ...before, mails: 'hourly' }]);
});

describe('an organization', () => {
  it('is registered by whoever is a member of nothing, confirms its address and sees its cases with who has them', async () => {
    const email = 'office@clinic.example';
    const contact = { contact: { name: '某某', phone: '027-0000 1234', email } };
    const subject = await submitted(stand.hub, 'need', contact);
    await stand.carryOn(subject.id);
    const other = await submitted(stand.hub, 'need', {
      contact: { name: '某某', phone: '027-0000 1234', email: 'other@clinic.example' },
    });
    const person = stand.open();
    await person.signIn('clinic-founder');
    expect((await person.get('/console')).html).toContain('/console/organization/new');
    await person.get('/console/organization/new');
    const wrong = await person.post('/console/organization/new', { organization: '', email: 'x', name: '' });
    expect(wrong.status).toBe(422);
    const done = await person.post('/console/organization/new', { organization: '江城诊所', email, name: '方站长' });
    expect(done.location).toBe('/console/requests?done=asked');
    expect((await person.get('/console/requests')).html).not.toContain(subject.id);
    const [member] = await membershipsOf(stand.hub.table, MemberId.parse('clinic-founder'));
    if (!member) throw new Error('nobody registered');
    const [address] = await listAddresses(stand.hub.table, member.party);
    if (!address) throw new Error('no address');
    const named = { party: member.party, id: address.hash, version: address.version };
    const link = `/console/addresses/${letterSecret(await deriveKey('key', 'letter'), 'address', named)}`;
    expect((await stand.as('hub-lead').then((one) => one.get(link))).status).toBe(403);
    expect((await person.get(link)).html).toContain(email);
    expect((await person.post(link)).location).toBe('/console/requests?done=confirmed');
    const page = await person.get('/console/requests');
    expect(page.html).toContain(subject.id);
    expect(page.html).toContain('江城协调中心');
    expect(page.html).not.toContain(other.id);
    expect((await person.get(`/console/cases/${subject.id}`)).status).toBe(200);
    expect((await person.get(`/console/cases/${other.id}`)).status).toBe(404);
    expect((await person.get(link)).status).toBe(410);
  });
});
