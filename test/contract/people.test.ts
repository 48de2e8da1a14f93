import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { peopleChain } from '../../shared/audit/record.ts';
import { allowances } from '../../shared/domain/allowances.ts';
import { MemberId as Id, type MemberId, newSlug, PartyId } from '../../shared/domain/ids.ts';
import type { Invitation } from '../../shared/domain/invitation.ts';
import { type Member, memberOf, type PartyType, rolesOf } from '../../shared/domain/party.ts';
import { instant } from '../../shared/domain/time.ts';
import { enterMember } from '../../shared/people/enter-member.ts';
import {
  acceptInvitation,
  cancelInvitation,
  invite,
  openInvitation,
  resendInvitation,
} from '../../shared/people/invite.ts';
import { changeRoles, removeMember } from '../../shared/people/members.ts';
import { deriveKey } from '../../shared/secrets/derive-key.ts';
import { letterSecret } from '../../shared/secrets/letter-link.ts';
import { listInvitations } from '../../shared/store/invitations.ts';
import { keys } from '../../shared/store/keys.ts';
import { listMembers, membershipsOf, membersOf, saveMember, saveParty } from '../../shared/store/parties.ts';
import { listSessions, readSession, startSession } from '../../shared/store/sessions.ts';
import { batchPut } from '../../shared/store/table.ts';
import { readTraces } from '../../shared/store/traces.ts';
import { contentsOf } from '../engine/contents.ts';
import { type Engine, startEngine } from '../engine/engine.ts';
import { useMacService } from '../engine/mac-service.ts';

let engine: Engine;
beforeAll(async () => {
  engine = await startEngine();
  await useMacService();
});
afterAll(async () => {
  await engine.stop();
});

const people = () => ({ table: engine.table, macKeyId: 'key' });
let lead: Member;
let colleague: Member;

async function aParty(type: PartyType): Promise<{ lead: Member; colleague: Member }> {
  const party = { id: PartyId.parse(`p-${newSlug()}`), type, name: '长河基金会' };
  await saveParty(engine.table, party);
  const of = (id: string, roles: Member['roles']): Member => ({
    id: Id.parse(`${party.id}-${id}`),
    ...memberOf(party),
    name: `Name of ${id}`,
    email: `${id}@example.org`,
    language: 'zh',
    roles,
  });
  const two = { lead: of('lead', ['programme-manager']), colleague: of('colleague', ['reviewer']) };
  await saveMember(engine.table, two.lead);
  await saveMember(engine.table, two.colleague);
  return two;
}
beforeEach(async () => {
  ({ lead, colleague } = await aParty('funder'));
});

const secretFor = async (invitation: Pick<Invitation, 'party' | 'id' | 'version'>) =>
  letterSecret(await deriveKey('key', 'letter'), 'invitation', invitation);
const newcomer = (): MemberId => Id.parse(`new-${newSlug()}`);
const known = { name: '新同事', email: 'at-the-issuer@example.org', language: 'en' };
const asked = { email: 'invited@example.org', language: 'zh', roles: ['reviewer', 'approver'] };
/** What the trail of the party's people says, in order. */
const trail = async () => await readTraces(engine.table, peopleChain(lead.party));
const told = async () => (await trail()).map(({ trace }) => trace);
const types = async () => (await told()).map(({ type }) => type);

describe('an invitation', () => {
  it('makes whoever signs in and has its link a member, under the name and address they give', async () => {
    const invitation = await invite(people(), lead, asked);
    const person = newcomer();
    await acceptInvitation(people(), person, await secretFor(invitation), known, known.email);
    expect(await membershipsOf(engine.table, person)).toMatchObject([
      { party: lead.party, roles: asked.roles, name: '新同事', email: 'at-the-issuer@example.org', language: 'en' },
    ]);
    expect(await types()).toEqual(['member-invited', 'member-joined']);
    expect((await told())[1]).toMatchObject({ by: { member: person, party: lead.party }, member: person });
  });

  it('posts a letter that names it and nobody; its secret is nowhere', async () => {
    const invitation = await invite(people(), lead, asked);
    const items = await contentsOf(engine.table);
    const letter = items.find(
      ({ entity, data }) => entity === 'letter' && JSON.stringify(data).includes(invitation.id),
    );
    expect(JSON.stringify(letter)).not.toContain('invited@');
    expect(JSON.stringify(items)).not.toContain(await secretFor(invitation));
  });

  it('is good for one person, also when two open it at once', async () => {
    const secret = await secretFor(await invite(people(), lead, asked));
    const tried = await Promise.allSettled(
      [newcomer(), newcomer(), newcomer()].map((person) =>
        acceptInvitation(people(), person, secret, known, known.email),
      ),
    );
    expect(tried.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    for (const one of tried)
      if (one.status === 'rejected') expect(one.reason).toMatchObject({ code: 'invitation-over' });
    expect(await listMembers(engine.table, lead.party)).toHaveLength(3);
  });

  it('that is accepted and cancelled at once is one of both', async () => {
    for (let round = 0; round < 5; round++) {
      const made = await invite(people(), lead, { ...asked, email: `round${round}@example.org` });
      const person = newcomer();
      const [accepted, cancelled] = await Promise.allSettled([
        acceptInvitation(people(), person, await secretFor(made), known, known.email),
        cancelInvitation(engine.table, lead, made.id),
      ]);
      expect([accepted.status, cancelled.status].sort()).toEqual(['fulfilled', 'rejected']);
      const isMember = (await membershipsOf(engine.table, person)).length === 1;
      expect(isMember).toBe(accepted.status === 'fulfilled');
      const kept = (await listInvitations(engine.table, lead.party)).find(({ id }) => id === made.id);
      expect(kept?.ended).toBe(isMember ? 'accepted' : 'cancelled');
    }
  });

  it('ends after some days, when it is cancelled, and for the link of a mail before the last', async () => {
    const made = await invite(people(), lead, asked);
    const first = await secretFor(made);
    const again = await resendInvitation(engine.table, lead, made.id);
    await expect(openInvitation(people(), first)).rejects.toMatchObject({ code: 'invitation-over' });
    const second = await secretFor(again);
    expect((await openInvitation(people(), second)).party.id).toBe(lead.party);
    const late = Date.parse(again.endsAt) + 1;
    const real = Date.now;
    Date.now = () => late;
    try {
      await expect(acceptInvitation(people(), newcomer(), second, known, known.email)).rejects.toMatchObject({
        code: 'invitation-over',
      });
      // sent again, it begins anew
      const third = await secretFor(await resendInvitation(engine.table, lead, made.id));
      expect((await openInvitation(people(), third)).invitation.id).toBe(made.id);
    } finally {
      Date.now = real;
    }
    await cancelInvitation(engine.table, lead, made.id);
    const all = await Promise.allSettled(
      [1, 2, 3].map(async (version) => openInvitation(people(), await secretFor({ ...made, version }))),
    );
    expect(all.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
  });

  it('cannot be made up, nor made of another', async () => {
    const made = await invite(people(), lead, asked);
    const right = await secretFor(made);
    const other = await aParty('funder');
    for (const wrong of [
      `${right.slice(0, -1)}${right.endsWith('A') ? 'B' : 'A'}`,
      right.replace(lead.party, other.lead.party),
      right.replace(/\.1\./, '.2.'),
      letterSecret(await deriveKey('key', 'letter'), 'address', made),
      'x',
      '',
    ])
      await expect(openInvitation(people(), wrong)).rejects.toMatchObject({ code: 'not-found' });
  });

  it('is refused for who is a member already, by address or by person, and for who is invited already', async () => {
    await expect(invite(people(), lead, { ...asked, email: colleague.email.toUpperCase() })).rejects.toMatchObject({
      code: 'already-member',
    });
    const made = await invite(people(), lead, asked);
    await expect(invite(people(), lead, asked)).rejects.toMatchObject({ code: 'already-exists' });
    await expect(
      acceptInvitation(people(), colleague.id, await secretFor(made), known, known.email),
    ).rejects.toMatchObject({
      code: 'already-member',
    });
    expect((await membershipsOf(engine.table, colleague.id))[0]).toMatchObject({ roles: ['reviewer'] });
  });

  it('gives roles that the party has, and none beyond', async () => {
    for (const role of ['lead', 'coordinator', 'auditor', 'insurer', 'manager'])
      await expect(invite(people(), lead, { ...asked, roles: [role] })).rejects.toMatchObject({ code: 'invalid' });
  });

  it('comes from who leads the party, at the moment it is made', async () => {
    await expect(invite(people(), colleague, asked)).rejects.toMatchObject({ code: 'forbidden' });
    // a page that still says that they lead
    const stale = { ...colleague, roles: ['programme-manager' as const] };
    await expect(invite(people(), stale, asked)).rejects.toMatchObject({ code: 'forbidden' });
    await expect(changeRoles(engine.table, stale, colleague.id, { roles: rolesOf.funder })).rejects.toMatchObject({
      code: 'forbidden',
    });
  });
});

describe('members', () => {
  it('get other roles of the party, and nobody gives themselves one that it does not have', async () => {
    await changeRoles(engine.table, lead, colleague.id, { roles: ['approver', 'finance'] });
    expect(await membersOf(engine.table, lead.party, ['finance'])).toMatchObject([{ id: colleague.id }]);
    expect(await membershipsOf(engine.table, colleague.id)).toMatchObject([{ roles: ['approver', 'finance'] }]);
    await expect(
      changeRoles(engine.table, lead, lead.id, { roles: ['programme-manager', 'lead'] }),
    ).rejects.toMatchObject({ code: 'invalid' });
    await expect(changeRoles(engine.table, colleague, colleague.id, { roles: ['approver'] })).rejects.toMatchObject({
      code: 'forbidden',
    });
    expect(await told()).toMatchObject([
      { type: 'member-roles-changed', by: { member: lead.id }, from: ['reviewer'], roles: ['approver', 'finance'] },
    ]);
  });

  it('are removed with a reason that is bound and sealed beside the trace, lose their sessions, and are not entered again from the file', async () => {
    const session = {
      member: colleague.id,
      startedAt: instant(Date.now()),
      endsAt: instant(Date.now() + 3_600_000),
      askAgainAt: instant(Date.now() + 3_600_000),
      revision: 1,
    };
    const now = instant(Date.now());
    for (const hash of ['hash one', 'hash two']) await startSession(engine.table, `${colleague.id} ${hash}`, session);
    expect(await listSessions(engine.table, colleague.id, now)).toHaveLength(2);
    await removeMember(engine.table, lead, colleague.id, { reason: '换了工作' });
    expect(await membershipsOf(engine.table, colleague.id)).toEqual([]);
    expect(await listMembers(engine.table, lead.party)).toMatchObject([{ id: lead.id }]);
    for (const hash of ['hash one', 'hash two'])
      expect(await readSession(engine.table, `${colleague.id} ${hash}`, now)).toBeUndefined();
    expect(await listSessions(engine.table, colleague.id, now)).toEqual([]);
    expect(await trail()).toMatchObject([{ reason: '换了工作', link: { reason: expect.any(String) } }]);
    expect(JSON.stringify(await told())).not.toContain('换了工作');
    const kept = (await contentsOf(engine.table)).find(({ sk }) => sk === `REMOVED#${colleague.id}`);
    expect(kept).toBeDefined();
    expect(JSON.stringify(kept)).not.toMatch(/换了工作|Name of/);
    expect(await enterMember(engine.table, colleague)).toBe(false);
    expect(await membershipsOf(engine.table, colleague.id)).toEqual([]);
  });

  it('who were removed let nobody in after them: their invitations end, a colleague’s do not', async () => {
    await changeRoles(engine.table, lead, colleague.id, { roles: ['programme-manager'] });
    const second = { ...colleague, roles: ['programme-manager' as const] };
    const backdoor = await invite(people(), second, asked);
    const other = await invite(people(), lead, { ...asked, email: 'other@example.org' });
    await removeMember(engine.table, lead, second.id, { reason: '换了工作' });
    await expect(
      acceptInvitation(people(), newcomer(), await secretFor(backdoor), known, known.email),
    ).rejects.toMatchObject({
      code: 'invitation-over',
    });
    expect((await told()).at(-1)).toMatchObject({ type: 'member-removed', invitations: [backdoor.id] });
    expect(await acceptInvitation(people(), newcomer(), await secretFor(other), known, known.email)).toMatchObject({
      party: lead.party,
    });
  });

  it('who lead no more let nobody in either', async () => {
    await changeRoles(engine.table, lead, colleague.id, { roles: ['programme-manager'] });
    const second = { ...colleague, roles: ['programme-manager' as const] };
    const backdoor = await invite(people(), second, asked);
    await changeRoles(engine.table, lead, second.id, { roles: ['programme-manager', 'reviewer'] });
    expect((await told()).at(-1)).not.toHaveProperty('invitations');
    await changeRoles(engine.table, lead, second.id, { roles: ['reviewer'] });
    await expect(
      acceptInvitation(people(), newcomer(), await secretFor(backdoor), known, known.email),
    ).rejects.toMatchObject({
      code: 'invitation-over',
    });
    expect((await told()).at(-1)).toMatchObject({ type: 'member-roles-changed', invitations: [backdoor.id] });
  });

  it('removed while their invitation is accepted: it is accepted before, or not at all', async () => {
    for (let round = 0; round < 5; round++) {
      const { lead: first, colleague: one } = await aParty('funder');
      const second = { ...one, roles: ['programme-manager' as const] };
      await saveMember(engine.table, second);
      const invitation = await invite(people(), second, asked);
      const [joined, removed] = await Promise.allSettled([
        acceptInvitation(people(), newcomer(), await secretFor(invitation), known, known.email),
        removeMember(engine.table, first, second.id, { reason: '换了工作' }),
      ]);
      expect(removed.status).toBe('fulfilled');
      const order = (await readTraces(engine.table, peopleChain(first.party))).map(({ trace }) => trace.type);
      if (joined.status === 'fulfilled') expect(order.slice(-2)).toEqual(['member-joined', 'member-removed']);
      else expect(joined.reason).toMatchObject({ code: 'invitation-over' });
    }
  });

  it('never end up without somebody who leads them, also when two leads remove one another at once', async () => {
    await expect(removeMember(engine.table, lead, lead.id, { reason: '离开' })).rejects.toMatchObject({
      code: 'last-lead',
    });
    await expect(changeRoles(engine.table, lead, lead.id, { roles: ['finance'] })).rejects.toMatchObject({
      code: 'last-lead',
    });
    await changeRoles(engine.table, lead, colleague.id, { roles: ['programme-manager'] });
    const second = { ...colleague, roles: ['programme-manager' as const] };
    await Promise.allSettled([
      removeMember(engine.table, lead, second.id, { reason: '离开' }),
      removeMember(engine.table, second, lead.id, { reason: '离开' }),
      changeRoles(engine.table, lead, lead.id, { roles: ['finance'] }),
      changeRoles(engine.table, second, second.id, { roles: ['finance'] }),
    ]);
    expect(await membersOf(engine.table, lead.party, ['programme-manager'])).not.toEqual([]);
  });

  it('of another party are not there', async () => {
    const other = await aParty('funder');
    for (const id of [other.colleague.id, 'nobody']) {
      await expect(changeRoles(engine.table, lead, id, { roles: ['finance'] })).rejects.toMatchObject({
        code: 'not-found',
      });
      await expect(removeMember(engine.table, lead, id, { reason: '离开' })).rejects.toMatchObject({
        code: 'not-found',
      });
    }
  });
});

describe('a lead who sends more letters than a party may', () => {
  const useUp = async (door: 'letter/party', who: string) => {
    const key = keys.limit(door, who, Math.floor(Date.now() / 86_400_000));
    await batchPut(engine.table, [{ ...key, entity: 'limit', day: allowances[door].day }]);
  };

  it('is told so, and that to no other party', async () => {
    await useUp('letter/party', lead.party);
    const refused = { code: 'too-many-requests', params: { seconds: expect.any(Number) } };
    await expect(invite(people(), lead, asked)).rejects.toMatchObject(refused);
    expect(await listInvitations(engine.table, lead.party)).toEqual([]);
    const other = await aParty('funder');
    await invite(people(), other.lead, asked);
  });

  it('is told so when they send one again', async () => {
    const made = await invite(people(), lead, asked);
    await useUp('letter/party', lead.party);
    await expect(resendInvitation(engine.table, lead, made.id)).rejects.toMatchObject({ code: 'too-many-requests' });
  });
});

it('every change of a party’s people is in one chain, without a gap, when many happen at once', async () => {
  const changes = Array.from({ length: 5 }, (_, index) =>
    invite(people(), lead, { ...asked, email: `many${index}@example.org` }),
  );
  const made = (await Promise.allSettled(changes)).filter(({ status }) => status === 'fulfilled');
  expect(made.length).toBeGreaterThan(2);
  const chain = await trail();
  expect(chain.map(({ seq }) => seq)).toEqual(made.map((_, index) => index + 1));
  expect(chain.slice(1).map(({ link }) => link.previous)).toEqual(chain.slice(0, -1).map(({ link }) => link.hash));
  expect(await listInvitations(engine.table, lead.party)).toHaveLength(made.length);
});
