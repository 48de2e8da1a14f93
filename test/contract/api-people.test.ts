import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import * as example from '../../functions/api/openapi/examples/people.ts';
import { peopleChain } from '../../shared/audit/record.ts';
import { MemberId, PartyId } from '../../shared/domain/ids.ts';
import { confirmAddress } from '../../shared/people/organization.ts';
import { deriveKey } from '../../shared/secrets/derive-key.ts';
import { letterSecret } from '../../shared/secrets/letter-link.ts';
import { listAddresses } from '../../shared/store/addresses.ts';
import { membershipsOf } from '../../shared/store/parties.ts';
import { readTraces } from '../../shared/store/traces.ts';
import { type ApiStand, startApi } from '../engine/api-stand.ts';
import { contentsOf, storedIn } from '../engine/contents.ts';
import { walker } from '../engine/walk.ts';
import { person } from '../factory/hub.ts';

let api: ApiStand;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.stop());

const Board = z.object({
  members: z.array(
    z.object({ id: z.string(), name: z.string(), email: z.string(), roles: z.array(z.string()), you: z.boolean() }),
  ),
  invitations: z.array(z.object({ id: z.string(), email: z.string(), sent: z.number() })),
});
const Invitation = z.looseObject({ id: z.string(), email: z.string(), sent: z.number(), ended: z.string().optional() });
const Addresses = z.object({
  items: z.array(z.object({ id: z.string(), email: z.string(), confirmedAt: z.string().optional() })),
});

const boardOf = (as: string) => api.ok('GET', '/members', Board, { as });
async function keyOf(name: string, as: string): Promise<string> {
  const found = (await boardOf(as)).members.find((one) => one.name === `Name of ${name}`);
  if (!found) throw new Error(`${name} is no member`);
  return found.id;
}
/** Everything in the table as it is sealed there, for what must not stand in it. */
const trail = (party: string) => readTraces(api.hub.table, peopleChain(PartyId.parse(party)));

describe('the people of a party', () => {
  it('are listed to colleagues without the ids they sign in with; invitations to who leads alone', async () => {
    await api.ok('POST', '/invitations', Invitation, {
      as: 'hub-lead',
      body: { email: 'first@example.org', roles: ['coordinator'] },
    });
    const seen = await boardOf('hub-coordinator');
    expect(seen.members.map(({ name }) => name)).toContain('Name of hub-lead');
    expect(seen.members.find(({ you }) => you)?.name).toBe('Name of hub-coordinator');
    expect(seen.members.map(({ id }) => id)).not.toContain('hub-lead');
    expect(seen.invitations).toEqual([]);
    expect((await boardOf('hub-lead')).invitations).toMatchObject([{ email: 'first@example.org', sent: 1 }]);
  });

  it('are invited as in the example, once for each key, sent again and taken back, through the API’s own door', async () => {
    const as = 'programme-manager';
    const sent = { as, body: example.invitation().reviewer?.value, headers: { 'idempotency-key': 'invite-once' } };
    const [first, ...others] = await Promise.all([1, 2, 3].map(() => api.ok('POST', '/invitations', Invitation, sent)));
    for (const other of others) expect(other.id).toBe(first?.id);
    const other = { ...sent, body: { email: 'somebody-else@example.org', roles: ['finance'] } };
    expect((await api.call('POST', '/invitations', other)).body).toMatchObject({ code: 1005 });
    expect((await api.call('POST', '/invitations', { as, body: sent.body })).body).toMatchObject({ code: 4007 });
    const path = `/invitations/${first?.id}`;
    const again = { as, headers: { 'idempotency-key': 'send-once' } };
    for (const _ of [1, 2]) expect((await api.ok('POST', `${path}/sending`, Invitation, again)).sent).toBe(2);
    expect(await api.ok('POST', `${path}/withdrawal`, Invitation, { as })).toMatchObject({ ended: 'cancelled' });
    expect((await api.call('POST', `${path}/sending`, { as })).status).toBe(410);
    expect((await boardOf(as)).invitations).toEqual([]);
    const told = (await trail('river-foundation')).map(({ trace }) => trace);
    expect(told.map(({ type }) => type)).toEqual(['member-invited', 'invitation-resent', 'invitation-cancelled']);
    for (const { door, by } of told) expect([door, by]).toMatchObject(['api', { member: 'programme-manager' }]);
  });

  it('get other roles and are removed; the next request of whoever was removed is refused, and nothing is stored', async () => {
    const as = 'hub-lead';
    const id = await keyOf('hub-helper', as);
    const roles = { as, body: { roles: ['coordinator', 'lead'] } };
    expect(await api.ok('POST', `/members/${id}/roles`, z.looseObject({}), roles)).toMatchObject({
      roles: ['coordinator', 'lead'],
    });
    expect((await api.call('GET', '/person-requests', { as: 'hub-helper' })).status).toBe(405);
    expect((await boardOf('hub-helper')).invitations).not.toEqual([]);
    await api.ok('POST', `/members/${id}/roles`, z.looseObject({}), { as, body: { roles: ['coordinator'] } });
    expect((await api.call('POST', '/person-requests', { as: 'hub-helper', body: {} })).status).toBe(403);
    const removal = { as, body: { reason: '已离职' }, headers: { 'idempotency-key': 'remove-once' } };
    for (const _ of [1, 2])
      expect((await api.call('POST', `/members/${id}/removal`, removal)).body).toEqual({ removed: id });
    expect(await membershipsOf(api.hub.table, MemberId.parse('hub-helper'))).toEqual([]);
    expect((await api.call('POST', `/members/${id}/removal`, { as, body: removal.body })).status).toBe(404);
    const before = await storedIn(api.hub.table);
    for (const path of ['/referrals', '/imports', '/stand-ins'])
      expect((await api.call('POST', path, { as: 'hub-helper', body: {} })).status).toBe(403);
    expect(await storedIn(api.hub.table)).toEqual(before);
    expect((await trail('hub')).map(({ trace }) => trace.type).slice(-3)).toEqual([
      'member-roles-changed',
      'member-roles-changed',
      'member-removed',
    ]);
  });

  it('are changed by who leads alone, into roles the party has, and never left without a lead', async () => {
    const own = await keyOf('insurer', 'insurer');
    const body = { reason: '离开' };
    expect((await api.call('POST', `/members/${own}/removal`, { as: 'insurer', body })).body).toMatchObject({
      code: 4101,
    });
    const reviewer = await keyOf('funder-reviewer', 'programme-manager');
    const removed = await api.call('POST', `/members/${reviewer}/removal`, { as: 'funder-second-approver', body });
    expect(removed.status).toBe(403);
    // of another party
    expect((await api.call('POST', `/members/${reviewer}/removal`, { as: 'insurer', body })).status).toBe(404);
    const wrong = { as: 'programme-manager', body: { roles: ['lead'] } };
    expect((await api.call('POST', `/members/${reviewer}/roles`, wrong)).body).toMatchObject({
      errors: [{ pointer: '/roles', code: 'not-a-choice' }],
    });
  });
});

describe('the addresses of an organization', () => {
  it('are asked, listed, confirmed by the mailed link, and given up by a manager', async () => {
    const { hub } = api;
    const member = person('org-manager');
    const email = 'office@hospital.example.org';
    const key = { 'idempotency-key': 'ask-once' };
    const asked = { as: 'org-applicant', body: example.address().office?.value, headers: key };
    const Address = z.looseObject({ id: z.string(), email: z.string() });
    const [one, two] = [
      await api.ok('POST', '/addresses', Address, asked),
      await api.ok('POST', '/addresses', Address, asked),
    ];
    expect(two).toEqual(one);
    const { items } = await api.ok('GET', '/addresses', Addresses, { as: 'org-manager' });
    expect(items).toEqual([expect.objectContaining({ id: one.id, email })]);
    expect(items[0]).not.toHaveProperty('confirmedAt');
    const [pending] = await listAddresses(hub.table, member.party);
    // one letter was sent: the key holds for the same request twice
    expect(pending?.version).toBe(1);
    const secret = letterSecret(await deriveKey(hub.macKeyId, 'letter'), 'address', {
      party: member.party,
      id: one.id,
      version: 1,
    });
    await confirmAddress(hub, member.id, secret);
    const confirmed = await api.ok('GET', '/addresses', Addresses, { as: 'org-manager' });
    expect(confirmed.items[0]).toHaveProperty('confirmedAt');
    expect((await api.call('POST', '/addresses', { as: 'org-manager', body: { email } })).body).toMatchObject({
      code: 4007,
    });
    const release = { body: { address: one.id } };
    expect((await api.call('POST', '/addresses/release', { as: 'org-applicant', ...release })).status).toBe(403);
    expect((await api.ok('POST', '/addresses/release', Addresses, { as: 'org-manager', ...release })).items).toEqual(
      [],
    );
    expect((await api.call('POST', '/addresses/release', { as: 'org-manager', ...release })).status).toBe(404);
  });
});

describe('drafts', () => {
  const Draft = z.looseObject({ id: z.string(), version: z.number(), answers: z.record(z.string(), z.string()) });
  const List = z.object({ items: z.array(z.looseObject({ id: z.string() })) });
  const begin = () => api.ok('POST', '/drafts', Draft, { as: 'org-manager', body: example.draft().need?.value });

  it('are shared by the members of an organization and nobody else; who looked is on record', async () => {
    const draft = await begin();
    const path = `/drafts/${draft.id}`;
    expect(await api.ok('GET', path, Draft, { as: 'org-applicant' })).toMatchObject({ answers: draft.answers });
    const listed = await api.ok('GET', '/drafts', List, { as: 'org-applicant' });
    expect(listed.items.find(({ id }) => id === draft.id)).toMatchObject({
      savedBy: 'Name of org-manager',
      version: 1,
    });
    expect(JSON.stringify(listed)).not.toContain('单管理');
    for (const as of ['hub-lead', 'auditor', 'operator'])
      expect((await api.call('GET', path, { as })).status).toBe(403);
    const traces = (await contentsOf(api.hub.table)).filter(({ entity }) => String(entity).startsWith('trace'));
    expect(JSON.stringify(traces)).toContain(`"draft":"${draft.id}"`);
  });

  it('are saved over the version that was read; a colleague’s words are never lost, nor is anything left of what was refused', async () => {
    const draft = await begin();
    const save = (version: number, answers: object, as = 'org-applicant') =>
      api.call('POST', `/drafts/${draft.id}`, { as, body: { version, answers } });
    expect((await save(1, { organization: '一院' })).body).toMatchObject({ version: 2 });
    // the same sent twice is the same
    expect((await save(1, { organization: '一院' })).body).toMatchObject({ version: 2 });
    const before = await storedIn(api.hub.table);
    const mine = { 'contact.phone': '027-00009999', organization: '别的' };
    expect((await save(1, mine, 'org-manager')).body).toMatchObject({ code: 4108 });
    expect((await save(2, { 'not a field': 'x' })).status).toBe(422);
    expect(await storedIn(api.hub.table)).toEqual(before);
    expect((await save(2, { consent: '2026-11-25', organization: '一院' })).body).toMatchObject({
      answers: { organization: '一院' },
    });
  });

  it('are begun once for each key, and hold no more people than a roster has', async () => {
    const sent = { as: 'org-manager', body: example.draft().need?.value, headers: { 'idempotency-key': 'draft-once' } };
    const two = await Promise.all([1, 2].map(() => api.ok('POST', '/drafts', Draft, sent)));
    expect(new Set(two.map(({ id }) => id)).size).toBe(1);
    const many = Object.fromEntries(Array.from({ length: 4000 }, (_, at) => [`volunteers.${at}.phone`, '1']));
    const before = await storedIn(api.hub.table);
    const refused = await api.call('POST', '/drafts', {
      as: 'org-manager',
      body: { kind: 'insurance', answers: many },
    });
    expect(refused.status).toBe(413);
    const wrong = { kind: 'grant', programme: 'no-such-programme', answers: {} };
    expect((await api.call('POST', '/drafts', { as: 'org-manager', body: wrong })).body).toMatchObject({
      errors: [{ pointer: '/programme' }],
    });
    expect(await storedIn(api.hub.table)).toEqual(before);
  });

  it('become the organization’s case, once, and are gone then; the answer to who still has it open names the case', async () => {
    const draft = await begin();
    const body = example.draftSending(Date.now()).need?.value;
    const path = `/drafts/${draft.id}`;
    const send = () => api.call('POST', `${path}/submission`, { as: 'org-applicant', body });
    const [first, second] = await Promise.all([send(), send()]);
    expect([first?.status, second?.status]).toEqual([201, 201]);
    const Made = z.looseObject({ id: z.string(), stage: z.string() });
    const { id } = Made.parse(first?.body);
    expect(Made.parse(second?.body).id).toBe(id);
    expect((await api.call('GET', path, { as: 'org-manager' })).body).toMatchObject({
      code: 4109,
      params: { case: id },
    });
    const other = { as: 'org-manager', body: { version: 1, answers: { organization: '晚了' } } };
    expect((await api.call('POST', path, other)).body).toMatchObject({ code: 4109 });
    expect((await api.call('GET', `/cases/${id}`, { as: 'org-manager' })).status).toBe(200);
    expect((await api.call('GET', `/drafts/${'a'.repeat(10)}`, { as: 'org-manager' })).status).toBe(404);
  });

  it('that cannot be sent as they are say what is wrong with the application, and stay', async () => {
    const draft = await begin();
    const wrong = { version: 1, application: { organization: '一院' } };
    const path = `/drafts/${draft.id}`;
    const refused = await api.call('POST', `${path}/submission`, { as: 'org-manager', body: wrong });
    const { errors } = z.object({ errors: z.array(z.object({ pointer: z.string() })) }).parse(refused.body);
    expect(errors.map(({ pointer }) => pointer)).toContain('/application/lines');
    expect((await api.call('GET', path, { as: 'org-manager' })).status).toBe(200);
    expect((await api.call('POST', `${path}/removal`, { as: 'org-manager', body: { version: 2 } })).status).toBe(409);
    const removal = { as: 'org-manager', body: { version: 1 }, headers: { 'idempotency-key': 'remove-draft-once' } };
    for (const _ of [1, 2])
      expect((await api.call('POST', `${path}/removal`, removal)).body).toEqual({ removed: draft.id });
    // without the key it is one that is not there, as whatever nobody ever saved is, and what others have
    for (const id of [draft.id, 'a'.repeat(10)])
      expect(
        (await api.call('POST', `/drafts/${id}/removal`, { as: 'org-manager', body: { version: 1 } })).status,
      ).toBe(404);
  });
});

describe('private links', () => {
  const lettersAbout = async (id: string) =>
    (await contentsOf(api.hub.table)).filter(
      ({ entity, data }) => entity === 'letter' && JSON.stringify(data).includes(id),
    );

  it('are sent again by a coordinator and asked for by anybody: a letter each, which tells nobody anything', async () => {
    const { id } = await walker(api).submit('need');
    const once = { as: 'hub-coordinator', headers: { 'idempotency-key': 'link-once' } };
    for (const _ of [1, 2]) expect((await api.call('POST', `/cases/${id}/link`, once)).body).toEqual({ mailed: true });
    expect(await lettersAbout(id)).toHaveLength(1);
    const right = { caseId: id, email: 'liu@clinic8.example.org' };
    for (const body of [right, { ...right, email: 'stranger@example.org' }, { ...right, caseId: 'N000000000' }])
      expect(await api.call('POST', '/link-requests', { body })).toMatchObject({ status: 200, body: { asked: true } });
    expect((await lettersAbout(id)).length).toBe(3);
    expect(JSON.stringify(await lettersAbout(id))).not.toContain('@');
  });

  it('are made void by staff and by their holder; the next one is shown only where there is no address', async () => {
    const walk = walker(api);
    const { id, secret } = await walk.submit('need');
    expect((await api.call('POST', `/cases/${id}/link-revocation`, { as: 'hub-coordinator' })).body).toEqual({
      mailed: true,
    });
    expect((await api.call('GET', `/track/${secret}`)).status).toBe(410);
    const own = await walk.submit('need');
    expect((await api.call('POST', `/track/${own.secret}/revocation`)).body).toEqual({ mailed: true });
    expect((await api.call('POST', `/track/${own.secret}/revocation`)).status).toBe(410);
    const absent = await walk.submit('need', { contact: { name: '刘主任', phone: '027-00001234' } }, 'hub-coordinator');
    expect((await api.call('POST', `/cases/${absent.id}/link`, { as: 'hub-coordinator' })).body).toMatchObject({
      errors: [{ pointer: '/contact/email' }],
    });
    const shown = await api.call('POST', `/cases/${absent.id}/link-revocation`, { as: 'hub-coordinator' });
    const { trackingUrl } = z.object({ mailed: z.literal(false), trackingUrl: z.string() }).parse(shown.body);
    expect((await api.call('GET', `/track/${trackingUrl.split('/track/')[1]}`)).status).toBe(200);
    // the same key again gives the link as it is now, and makes nothing void
    const headers = { 'idempotency-key': 'void-once' };
    const twice = [1, 2].map(() =>
      api.call('POST', `/cases/${absent.id}/link-revocation`, { as: 'hub-coordinator', headers }),
    );
    const [first, second] = await Promise.all(twice);
    expect(first?.body).toEqual(second?.body);
  });
});

describe('consent given later', () => {
  it('is what a coordinator was told, or the applicant says by the link; what was given before stays', async () => {
    const walk = walker(api);
    for (const how of ['told', 'own'] as const) {
      const { id, secret } = await walk.submit('need', { consent: undefined, contact: undefined }, 'hub-coordinator');
      const body = example.consent(Date.now())[how]?.value;
      const path = how === 'told' ? `/cases/${id}/consent` : `/track/${secret}/consent`;
      const sent = {
        body,
        headers: { 'idempotency-key': `consent-${how}` },
        ...(how === 'told' && { as: 'hub-lead' }),
      };
      expect((await api.call('POST', path, { ...sent, body: {} })).status).toBe(422);
      const first = await api.ok('POST', path, z.looseObject({}), sent);
      expect(await api.ok('POST', path, z.looseObject({}), sent)).toEqual(first);
      const { history } = await api.ok('GET', `/cases/${id}`, z.looseObject({ history: z.array(z.looseObject({})) }), {
        as: 'hub-lead',
      });
      expect(history.filter(({ type }) => type === 'consented')).toHaveLength(1);
    }
  });
});

describe('a person in need', () => {
  const Referral = z.looseObject({ id: z.string(), stage: z.string(), can: z.array(z.string()) });
  const refer = () =>
    api.ok('POST', '/referrals', Referral, { as: 'hub-coordinator', body: example.referral().older?.value });

  it('is referred, accepted and helped; each sees the least that serves, and with the end it is gone', async () => {
    const made = await refer();
    const path = `/referrals/${made.id}`;
    expect(made).toMatchObject({ stage: 'offered', person: { name: '某某' }, can: ['withdrawn'] });
    const asked = await api.ok('GET', path, Referral, { as: 'funder-approver' });
    expect(asked).toMatchObject({ help: expect.any(String), can: ['accepted', 'declined', 'withdrawn'] });
    expect(asked).not.toHaveProperty('person');
    for (const as of ['other-funder-approver', 'org-manager'])
      expect((await api.call('GET', path, { as })).status).toBe(404);
    const answer = (outcome: string, as: string) =>
      api.call('POST', `${path}/answer`, { as, body: { outcome }, headers: { 'idempotency-key': outcome } });
    expect((await answer('accepted', 'funder-finance')).status).toBe(403);
    for (const _ of [1, 2])
      expect((await answer('accepted', 'funder-approver')).body).toMatchObject({ person: { name: '某某' } });
    const ended = await answer('done', 'funder-reviewer');
    expect(ended.body).toMatchObject({ stage: 'done', can: [] });
    expect(JSON.stringify(ended.body)).not.toMatch(/某某|送药/);
    const list = await api.call('GET', '/referrals', { as: 'funder-finance' });
    expect(list.body).toMatchObject({ items: [{ id: made.id, stage: 'done' }] });
    const traced = (await contentsOf(api.hub.table)).filter(
      (item) => String(item.entity).startsWith('trace') && JSON.stringify(item).includes(made.id),
    );
    for (const on of ['offered', 'viewed', 'accepted', 'done']) expect(JSON.stringify(traced)).toContain(`"${on}"`);
    expect(JSON.stringify(traced)).not.toContain('"console"');
  });

  it('withdraws consent with either party, at once; an answer comes too late then', async () => {
    for (const as of ['hub-lead', 'funder-finance']) {
      const { id } = await refer();
      const withdrawn = await api.ok('POST', `/referrals/${id}/withdrawal`, Referral, { as, body: {} });
      expect(withdrawn).toMatchObject({ stage: 'withdrawn', can: [] });
      expect(withdrawn).not.toHaveProperty('person');
      const late = { as: 'funder-approver', body: { outcome: 'accepted' } };
      expect((await api.call('POST', `/referrals/${id}/answer`, late)).body).toMatchObject({ code: 4002 });
    }
  });
});

describe('what is kept about a person', () => {
  it('is found, given to them and erased, with proof; what goes on is kept and said so', async () => {
    const walk = walker(api);
    const contact = { name: '赵六', phone: '027-00007777', email: 'zhao@example.org' };
    const going = await walk.submit('need', { contact });
    const ended = await walk.submit('need', { contact });
    await api.ok('POST', `/track/${ended.secret}/withdrawal`, z.unknown());
    const draft = await api.ok('POST', '/drafts', z.looseObject({ id: z.string() }), {
      as: 'org-manager',
      body: { kind: 'need', answers: { 'contact.name': contact.name, 'contact.phone': contact.phone } },
    });
    const asked = { phone: contact.phone, shown: '本人到场' };
    const as = 'hub-lead';
    const Held = z.object({
      cases: z.array(z.object({ ref: z.string(), erasable: z.boolean() })),
      elsewhere: z.array(z.object({ ref: z.string(), type: z.string() })),
    });
    const held = await api.ok('POST', '/person-requests', Held, { as, body: asked });
    expect(new Map(held.cases.map(({ ref, erasable }) => [ref, erasable]))).toEqual(
      new Map([
        [going.id, false],
        [ended.id, true],
      ]),
    );
    expect(held.elsewhere).toMatchObject([{ type: 'draft', ref: expect.stringContaining(draft.id) }]);
    expect(JSON.stringify(held)).not.toContain('赵六');
    const file = await api.call('POST', '/person-requests/file', { as, body: asked });
    expect(JSON.stringify(file.body)).toContain('zhao@example.org');
    const erase = [...held.cases, ...held.elsewhere].map(({ ref }) => ref);
    const sent = { as, body: { ...asked, erase }, headers: { 'idempotency-key': 'erase-once' } };
    const done = await api.call('POST', '/person-requests/erasure', sent);
    expect(done.body).toMatchObject({
      cases: expect.arrayContaining([
        { ref: ended.id, erasedAt: expect.any(String), version: expect.any(Number) },
        { ref: going.id, version: expect.any(Number), kept: 'goes-on' },
      ]),
      elsewhere: [{ erased: true }],
    });
    expect((await api.call('POST', '/person-requests/erasure', sent)).body).toEqual(done.body);
    const { proof } = z.object({ proof: z.string() }).parse(done.body);
    const { proof: seen } = z
      .object({ proof: z.string() })
      .parse((await api.call('POST', '/person-requests/proof', { as, body: asked })).body);
    for (const [document, verdict] of [
      [proof, 'genuine'],
      [seen, 'genuine'],
      [proof.replace(going.id, ended.id), 'altered'],
      ['接力', 'none'],
    ] as const)
      expect((await api.call('POST', '/person-requests/check', { as, body: { proof: document } })).body).toEqual({
        verdict,
      });
    expect(proof).not.toMatch(/赵六|00007777/);
    const left = await api.ok('POST', '/person-requests', Held, { as, body: asked });
    expect(left).toMatchObject({ cases: [{ ref: going.id }], elsewhere: [] });
  });

  it('is asked for with something to search by, and with how the person showed that it is they', async () => {
    const ask = (body: object) => api.call('POST', '/person-requests', { as: 'hub-lead', body });
    expect((await ask({ phone: '027-00007777' })).body).toMatchObject({ errors: [{ pointer: '/shown' }] });
    expect((await ask({ shown: '本人到场' })).body).toMatchObject({ errors: [{ pointer: '/phone' }] });
    expect((await api.call('POST', '/person-requests', { as: 'hub-coordinator', body: {} })).status).toBe(403);
  });
});
