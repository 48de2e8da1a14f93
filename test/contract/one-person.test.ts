import { describe, expect, it } from 'vitest';
import { answerable } from '../../shared/answering/answerable.ts';
import { declareInterest } from '../../shared/answering/interests.ts';
import { ownDesk, tasksOf } from '../../shared/answering/own-desk.ts';
import { personKey } from '../../shared/answering/person-key.ts';
import { nameStandIn } from '../../shared/answering/stand-ins.ts';
import { decideTask } from '../../shared/case/decide.ts';
import { MemberId } from '../../shared/domain/ids.ts';
import type { Member, Role } from '../../shared/domain/party.ts';
import type { Case } from '../../shared/kinds/case.ts';
import { enterMember } from '../../shared/people/enter-member.ts';
import { acceptInvitation, invite } from '../../shared/people/invite.ts';
import { removeMember } from '../../shared/people/members.ts';
import { addAddress, confirmAddress, registerOrganization } from '../../shared/people/organization.ts';
import { deriveKey } from '../../shared/secrets/derive-key.ts';
import { letterSecret } from '../../shared/secrets/letter-link.ts';
import { accountsOf } from '../../shared/store/accounts.ts';
import { readCaseFile } from '../../shared/store/cases.ts';
import type { Hub } from '../../shared/store/hub.ts';
import { withFundedHub } from '../engine/funded-hub.ts';
import { aCaseIn, answer, broughtTo, day, person, taskOf } from '../factory/hub.ts';

let hub: Hub;
withFundedHub((made) => {
  hub = made;
});

let made = 0;
const account = (): MemberId => MemberId.parse(`account-${++made}`);
const lead = () => person('funder-approver');
const acting = (member: Member) => ({ type: 'member', member }) as const;
const approval = { outcome: 'approved' };

/** Somebody is invited at one address and accepts with another, which their issuer vouches for or not. */
async function joins(invited: string, roles: Role[], email = invited, vouched?: string): Promise<Member> {
  const invitation = await invite(hub, lead(), { email: invited, language: 'zh', roles });
  const secret = letterSecret(await deriveKey(hub.macKeyId, 'letter'), 'invitation', invitation);
  return acceptInvitation(hub, account(), secret, { name: '某某', email, language: 'zh' }, vouched);
}

async function shown(subject: Case, member: Member) {
  const file = (await readCaseFile(hub.table, subject.id)) ?? expect.fail('no case');
  return answerable(hub.table, file, acting(member));
}

describe('two accounts with one mailbox', () => {
  it('are never members of one party, however the mailbox is spelt', async () => {
    for (const email of ['funder-second-approver@example.org', 'Funder-Second-Approver+x@example.org']) {
      await expect(joins(`friend-${made}@example.org`, ['approver'], email, email)).rejects.toMatchObject({
        code: 'mailbox-taken',
      });
      await expect(invite(hub, lead(), { email, language: 'zh', roles: ['approver'] })).rejects.toMatchObject({
        code: 'already-member',
      });
    }
  });

  it('are one person, also when the first is no member any more: both approvals do not come from them', async () => {
    const first = await joins('two.accounts@example.org', ['approver']);
    const grant = await aCaseIn(hub, 'grant', 'approving', { budget: [{ description: '油费', amount: 400_000 }] });
    await decideTask(hub, taskOf(grant), approval, acting(first));
    await removeMember(hub.table, lead(), first.id, { reason: '离开' });
    const second = await joins('two.accounts+again@example.org', ['approver']);
    const asked = await broughtTo(hub, grant, 'second-approval');
    expect(await shown(asked, second)).toMatchObject({ kept: 'same-person' });
    await expect(decideTask(hub, taskOf(asked), approval, acting(second))).rejects.toMatchObject({
      code: 'same-person',
    });
    await answer(hub, asked);
  });

  it('are one person in two parties: an interest of either is one of both, at every door', async () => {
    const email = 'both.parties@example.org';
    const reviewer = await joins(email, ['reviewer']);
    const member = { ...person('hub-coordinator'), id: account(), email: 'Both.Parties+hub@example.org', name: '某某' };
    await enterMember(hub.table, member);
    const grant = await aCaseIn(hub, 'grant', 'reviewing');
    await declareInterest(hub, grant.id, { reason: 'close-person' }, acting(member));
    expect(await shown(grant, reviewer)).toMatchObject({ interested: true, tasks: new Map() });
    const desk = await ownDesk(hub, reviewer);
    const { items } = await tasksOf(hub.table, reviewer, desk, undefined, 100);
    expect([...(await desk.held(items)).keys()].map(({ caseId }) => caseId)).not.toContain(grant.id);
    await expect(
      decideTask(hub, taskOf(grant), { outcome: 'recommended', score: 80 }, acting(reviewer)),
    ).rejects.toMatchObject({ code: 'interest-declared' });
  });

  it('are one person who applies and who gives', async () => {
    const reviewer = await joins('applies@example.org', ['reviewer']);
    const home = { ...person('org-applicant'), id: account(), email: 'applies+home@example.org', name: '某某' };
    await enterMember(hub.table, home);
    const grant = await aCaseIn(hub, 'grant', 'reviewing', { organization: '江城第一医院' });
    await expect(
      decideTask(hub, taskOf(grant), { outcome: 'recommended', score: 80 }, acting(reviewer)),
    ).rejects.toMatchObject({ code: 'interest-declared' });
  });

  it('do not stand in for one another', async () => {
    const first = await joins('stands.in@example.org', ['reviewer']);
    await removeMember(hub.table, lead(), first.id, { reason: '离开' });
    const second = await joins('stands.in@example.org', ['reviewer']);
    // entered anew by the owner's file, as an account was before addresses were looked at
    await enterMember(hub.table, { ...first, id: account() }).then(async () => {
      const all = (await accountsOf(hub.table, [second.id]))(second.id);
      expect(all).toHaveLength(3);
      const standIn = personKey(all.at(-1) ?? second.id);
      await expect(
        nameStandIn(hub.table, { standIn, from: day(0), to: day(1) }, acting(second), 'console'),
      ).rejects.toMatchObject({ code: 'invalid' });
    });
  });
});

describe('a tagged address', () => {
  it('as the contact of a case is still its owner’s, who decides nothing about it', async () => {
    const contact = { name: '某某', phone: '027-0000 1234', email: 'funder-reviewer+hilfe@example.org' };
    const grant = await aCaseIn(hub, 'grant', 'reviewing', { contact });
    expect(await shown(grant, person('funder-reviewer'))).toMatchObject({ interested: true });
    await expect(answer(hub, grant)).rejects.toMatchObject({ code: 'both-sides' });
    const desk = await ownDesk(hub, person('funder-reviewer'));
    const { items } = await tasksOf(hub.table, person('funder-reviewer'), desk, undefined, 100);
    expect(items.some(({ caseId }) => caseId === grant.id)).toBe(true);
    expect([...(await desk.held(items)).keys()].map(({ caseId }) => caseId)).not.toContain(grant.id);
  });
});

describe('an address that a new member gives', () => {
  it('is the invitation’s, or one that the issuer has verified: nobody types another’s', async () => {
    await expect(joins('is.invited@example.org', ['reviewer'], 'someone.else@example.org')).rejects.toMatchObject({
      code: 'invalid',
      fields: [{ pointer: '/email', code: 'not-shown-as-yours' }],
    });
    const vouched = 'at-the-issuer@example.org';
    expect(await joins('is.invited.too@example.org', ['reviewer'], vouched, vouched)).toMatchObject({ email: vouched });
  });
});

describe('an organization’s address', () => {
  const form = (organization: string, email: string) => ({ organization, email, name: '某某', language: 'zh' });
  async function confirms({ id, party }: Member, email: string): Promise<number> {
    const address = await addAddress(hub, { ...person('org-manager'), id, party }, { email });
    const key = await deriveKey(hub.macKeyId, 'letter');
    const { hash, version } = address;
    return confirmAddress(hub, id, letterSecret(key, 'address', { party, id: hash, version }));
  }

  it('is one organization’s, however the mailbox is spelt', async () => {
    const one = await registerOrganization(hub, account(), form('甲站', 'station@example.org'));
    const other = await registerOrganization(hub, account(), form('乙站', 'station+b@example.org'));
    await confirms(one, 'station@example.org');
    await expect(confirms(other, 'station+b@example.org')).rejects.toMatchObject({ code: 'address-taken' });
  });

  it('brings it the cases with this very address alone: what was sent to a tag stays its sender’s', async () => {
    const contact = { name: '某某', phone: '027-0000 1234', email: 'office+tag@example.org' };
    await aCaseIn(hub, 'grant', 'reviewing', { contact });
    const one = await registerOrganization(hub, account(), form('丙站', 'office@example.org'));
    expect(await confirms(one, 'office@example.org')).toBe(0);
  });

  it('that was only typed makes its owner nobody else; confirmed, or verified by the issuer, it does', async () => {
    const reviewer = await joins('typed.by.others@example.org', ['reviewer']);
    const email = 'typed.by.others@example.org';
    const typed = await registerOrganization(hub, account(), form('丁站', email));
    const accounts = async () => (await accountsOf(hub.table, [reviewer.id]))(reviewer.id);
    expect(await accounts()).toEqual([reviewer.id]);
    await confirms(typed, email);
    expect(await accounts()).toEqual([reviewer.id, typed.id]);
    const vouched = await registerOrganization(hub, account(), form('戊站', email), email);
    expect(await accounts()).toContain(vouched.id);
  });
});
