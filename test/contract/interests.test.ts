import { describe, expect, it, vi } from 'vitest';
import { readInbox } from '../../functions/console/lists/read-inbox.ts';
import { lookThrough } from '../../functions/jobs/look-through.ts';
import { compose } from '../../functions/notify/compose.ts';
import { recipientsOf } from '../../functions/notify/recipients.ts';
import { advance } from '../../functions/stages/advance/advance.ts';
import type { Acting } from '../../shared/answering/acting.ts';
import { answerable } from '../../shared/answering/answerable.ts';
import { handBack, handOverDesk } from '../../shared/answering/hand-over.ts';
import { declaredInterests, declareInterest, retractInterest } from '../../shared/answering/interests.ts';
import { memberActing } from '../../shared/answering/member-acting.ts';
import { nameStandIn, revokeStandIn, standInBoard } from '../../shared/answering/stand-ins.ts';
import { amendNeed, withdrawCase } from '../../shared/case/applicant-actions.ts';
import { createProgramme } from '../../shared/case/catalogue.ts';
import { decideTask } from '../../shared/case/decide.ts';
import { MemberId, PartyId } from '../../shared/domain/ids.ts';
import type { Member, Role } from '../../shared/domain/party.ts';
import type { Case } from '../../shared/kinds/case.ts';
import { enterMember } from '../../shared/people/enter-member.ts';
import { ownAddresses, registerOrganization } from '../../shared/people/organization.ts';
import { deriveKey } from '../../shared/secrets/derive-key.ts';
import { mailAddressHash } from '../../shared/secrets/lookup-hash.ts';
import { confirmingAddress, listAddresses, savingAddress } from '../../shared/store/addresses.ts';
import { readCase, readCaseFile } from '../../shared/store/cases.ts';
import type { Hub } from '../../shared/store/hub.ts';
import { membershipInterest } from '../../shared/store/interests.ts';
import { keys } from '../../shared/store/keys.ts';
import { saveMember, saveParty } from '../../shared/store/parties.ts';
import { batchDelete, transact } from '../../shared/store/table.ts';
import { readTask } from '../../shared/store/tasks.ts';
import { carryOn } from '../engine/carry-on.ts';
import { contentsOf } from '../engine/contents.ts';
import { withFundedHub } from '../engine/funded-hub.ts';
import { policedTable } from '../engine/policed-table.ts';
import {
  aCaseIn,
  answer,
  applicantOf,
  broughtTo,
  day,
  person,
  straightAnswers,
  submitted,
  taskOf,
} from '../factory/hub.ts';

let hub: Hub;
withFundedHub((made) => {
  hub = made;
});

const acting = (member: Member | string) =>
  ({ type: 'member', member: typeof member === 'string' ? person(member) : member }) as const;
const interest = { reason: 'close-person' };
const river = PartyId.parse('river-foundation');

let newcomers = 0;

/** Somebody who joins for one test. */
async function aMember(party: string, roles: Role[], like: string, id = `newcomer-${++newcomers}`): Promise<Member> {
  const member = { ...person(like), id: MemberId.parse(id), party: PartyId.parse(party), name: `Name of ${id}`, roles };
  await saveMember(hub.table, member);
  return member;
}

async function leaves(...members: Member[]): Promise<void> {
  await batchDelete(
    hub.table,
    members.flatMap(({ id, party }) => [keys.member(id, party), keys.memberOfParty(party, id)]),
  );
}

const events = async (subject: Case) => (await readCaseFile(hub.table, subject.id))?.events ?? [];
const assigneeOf = async (subject: Case) => (await readTask(hub.table, taskOf(subject)))?.assignee;
const decide = (subject: Case, who: Member | string, changes: object = {}) =>
  decideTask(hub, taskOf(subject), { ...straightAnswers[subject.kind][subject.stage]?.body, ...changes }, acting(who));
/** Organizations of their own, so that what is declared for one test stands in no other's way. */
let organizations = 0;
const own = () => ({ organization: `示例机构 ${++organizations}` });

describe('who declares an interest in a case', () => {
  it('may not answer it from that moment, and the others at the desk may', async () => {
    const subject = await aCaseIn(hub, 'grant', 'approving', own());
    await declareInterest(hub, subject.id, interest, acting('funder-approver'));
    for (const outcome of [
      {},
      { outcome: 'rejected', reason: '不符合' },
      { outcome: 'changes-requested', reason: '请补充' },
    ])
      await expect(decide(subject, 'funder-approver', outcome)).rejects.toMatchObject({ code: 'interest-declared' });
    expect(await assigneeOf(subject)).toMatchObject({ party: river, roles: ['approver'] });
    expect((await events(subject)).at(-1)).toMatchObject({
      type: 'interest-declared',
      by: { member: 'funder-approver' },
      task: taskOf(subject),
    });
    expect((await events(subject)).at(-1)).not.toHaveProperty('handedTo');
    expect(await decide(subject, 'funder-second-approver')).toMatchObject({ stage: 'agreement' });
  });

  it('may, said again, say it without a second event; nothing of the reason is in the event', async () => {
    const subject = await aCaseIn(hub, 'need', 'verifying', own());
    await declareInterest(hub, subject.id, interest, acting('hub-coordinator'));
    const before = await contentsOf(hub.table);
    await declareInterest(hub, subject.id, interest, acting('hub-coordinator'));
    expect(await contentsOf(hub.table)).toEqual(before);
    expect(JSON.stringify(await events(subject))).not.toContain('close-person');
  });

  it('must give a reason of the list, and be somebody who works on the case', async () => {
    const subject = await aCaseIn(hub, 'need', 'verifying', own());
    const before = await contentsOf(hub.table);
    for (const body of [{}, { reason: 'because' }, { ...interest, more: 1 }, null])
      await expect(declareInterest(hub, subject.id, body, acting('hub-lead'))).rejects.toMatchObject({
        code: 'invalid',
      });
    await expect(declareInterest(hub, subject.id, interest, acting('insurer'))).rejects.toMatchObject({
      code: 'not-found',
    });
    expect(await contentsOf(hub.table)).toEqual(before);
  });

  it('for every case of the organization is out of those that are there and those that come, whatever the spelling', async () => {
    const { organization } = own();
    const first = await aCaseIn(hub, 'need', 'verifying', { organization });
    const other = await aCaseIn(hub, 'insurance', 'approving', { organization });
    await declareInterest(hub, first.id, { ...interest, standing: true }, acting('hub-coordinator'));
    const later = await aCaseIn(hub, 'need', 'verifying', { organization: ` ${organization.replace(' ', '　')}` });
    for (const subject of [first, other, later])
      await expect(decide(subject, 'hub-coordinator')).rejects.toMatchObject({ code: 'interest-declared' });
    const strangers = await aCaseIn(hub, 'need', 'verifying', own());
    expect(await decide(strangers, 'hub-coordinator')).toMatchObject({ stage: 'matching' });
  });

  it('does not act for its applicant either', async () => {
    const subject = await submitted(
      hub,
      'need',
      { ...own(), contact: { name: '某某', phone: '027-00001234' } },
      { member: person('hub-lead') },
    );
    await declareInterest(hub, subject.id, interest, acting('hub-coordinator'));
    await expect(withdrawCase(hub, subject.id, {}, acting('hub-coordinator'))).rejects.toMatchObject({
      code: 'interest-declared',
    });
    expect(await withdrawCase(hub, subject.id, {}, acting('hub-lead'))).toMatchObject({ stage: 'withdrawn' });
  });
});

describe('those who are told by mail', () => {
  const told = async (subject: Case) => {
    const file = await readCaseFile(hub.table, subject.id);
    const event = file?.events.at(-1);
    if (!file || !event) throw new Error('nothing happened');
    const task = await readTask(hub.table, taskOf(subject));
    return (await recipientsOf(hub.table, event, file.subject, task)).map(({ email }) => email).sort();
  };

  it('are the others at the desk and who stands in for one of them, not whoever stepped aside; then who leads', async () => {
    const subject = await aCaseIn(hub, 'grant', 'reviewing', own());
    expect(await told(subject)).toEqual(['funder-reviewer@example.org', 'many-roles@example.org']);
    const { colleagues } = await standInBoard(hub.table, acting('many-roles'));
    const standIn = colleagues.find(({ name }) => name === 'Name of funder-finance')?.id;
    const naming = await nameStandIn(hub.table, { standIn, from: day(0), to: day(1) }, acting('many-roles'), 'console');
    await declareInterest(hub, subject.id, interest, acting('funder-reviewer'));
    expect(await told(subject)).toEqual(['funder-finance@example.org', 'many-roles@example.org']);
    await revokeStandIn(hub.table, naming, acting('many-roles'), 'console');
    await declareInterest(hub, subject.id, interest, acting('many-roles'));
    expect(await told(subject)).toEqual(['funder-approver@example.org']);
  });
});

describe('a member of the organization that applies', () => {
  it.each([
    ['its name', (organization: string) => ({ partyName: `（${organization}）` })],
    ['its English name', (organization: string) => ({ partyName: '别的名字', partyNameEn: organization })],
  ])(
    'decides nothing of cases under %s, though they never declared anything; once they left, they may',
    async (_, names) => {
      const { organization } = own();
      const approver = await aMember('river-foundation', ['approver'], 'funder-approver');
      const subject = await aCaseIn(hub, 'grant', 'approving', { organization });
      const home = {
        ...person('org-manager'),
        id: approver.id,
        party: PartyId.parse('home'),
        ...names(organization),
      };
      await saveMember(hub.table, home);
      await expect(decide(subject, approver)).rejects.toMatchObject({ code: 'interest-declared' });
      await transact(hub.table, membershipInterest(hub.table, home, 'ended'));
      expect(await decide(subject, approver)).toMatchObject({ stage: 'agreement' });
      await leaves(approver);
    },
  );
});

describe('when nobody at the desk may answer', () => {
  it('a funder’s task goes to the lead of the funder and never to a hub, each time with an event, and comes back to who comes', async () => {
    const subject = await aCaseIn(hub, 'grant', 'reviewing', own());
    await declareInterest(hub, subject.id, interest, acting('funder-reviewer'));
    expect(await assigneeOf(subject)).toMatchObject({ roles: ['reviewer'] });
    await declareInterest(hub, subject.id, interest, acting('many-roles'));
    expect(await assigneeOf(subject)).toEqual({
      type: 'party',
      party: river,
      roles: ['programme-manager'],
      handedOver: true,
    });
    await declareInterest(hub, subject.id, interest, acting('funder-approver'));
    const waits = { type: 'party', party: river, roles: ['programme-manager'], handedOver: true, nobody: true };
    expect(await assigneeOf(subject)).toEqual(waits);
    expect((await events(subject)).flatMap(({ handedTo }) => handedTo ?? [])).toEqual([
      { party: river, role: 'programme-manager' },
      { party: river, role: 'programme-manager', nobody: true },
    ]);
    for (const who of ['hub-coordinator', 'hub-lead'])
      await expect(decide(subject, who)).rejects.toMatchObject({ code: 'forbidden' });
    // who leads the funder is told whom it lacks
    const event = (await events(subject)).at(-1);
    const task = await readTask(hub.table, taskOf(subject));
    if (!event || !task) throw new Error('nothing happened');
    const told = await recipientsOf(hub.table, event, subject, task);
    expect(told.map(({ who }) => who)).toEqual(['funder-approver']);
    const [first] = told;
    const mail = first && compose(event, subject, task, first, 'https://hub.example.org/link').text;
    expect(mail).toContain('缺的是：评审人');
    const comes = await aMember('river-foundation', ['reviewer'], 'funder-reviewer');
    await handBack(hub.table, comes);
    expect(await assigneeOf(subject)).toEqual({ type: 'party', party: river, roles: ['reviewer'] });
    expect(await decide(subject, comes)).toMatchObject({ stage: 'approving' });
    await leaves(comes);
  });

  it('a task that is opened goes there at once', async () => {
    const { organization } = own();
    const earlier = await aCaseIn(hub, 'insurance', 'approving', { organization });
    await declareInterest(hub, earlier.id, { ...interest, standing: true }, acting('hub-coordinator'));
    await declareInterest(hub, earlier.id, { ...interest, standing: true }, acting('hub-lead'));
    const subject = await aCaseIn(hub, 'insurance', 'approving', { organization });
    expect(await assigneeOf(subject)).toMatchObject({ party: hub.hub, roles: ['lead'], handedOver: true });
    // nobody is left who may answer: it stays open with the hub's lead, is reminded of and escalated
    const file = await readCaseFile(hub.table, subject.id);
    expect(file?.events.at(-1)).toMatchObject({ openedTask: taskOf(subject), handedTo: { role: 'lead' } });
    expect(await assigneeOf(subject)).toMatchObject({ nobody: true });
    // both see it and are told, though neither may answer
    const inboxOf = async (who: string) => (await readInbox(hub, person(who), {})).rows.map(({ task }) => task.id);
    expect(await inboxOf('hub-lead')).toContain(taskOf(subject));
    const event = file?.events.at(-1);
    if (!event) throw new Error('nothing happened');
    const told = await recipientsOf(hub.table, event, subject, await readTask(hub.table, taskOf(subject)));
    expect(told.map(({ email }) => email)).toEqual(['hub-lead@example.org']);
    await expect(decide(subject, 'hub-lead')).rejects.toMatchObject({ code: 'interest-declared' });
    const step = { caseId: subject.id, stage: 'approving', run: 1 } as const;
    await advance(hub.table, { ...step, action: 'remind', round: 0 });
    await advance(hub.table, { ...step, action: 'escalate', round: 1 });
    expect(await readTask(hub.table, taskOf(subject))).toMatchObject({ status: 'open', round: 2 });
    // a colleague who comes has it on their desk from that moment
    const newcomer = {
      ...person('hub-coordinator'),
      email: 'newcomer-at-the-hub@example.org',
      id: MemberId.parse('eligible-newcomer'),
    };
    expect(await enterMember(hub.table, newcomer)).toBe(true);
    expect(await assigneeOf(subject)).toEqual({ type: 'party', party: hub.hub, roles: ['coordinator', 'lead'] });
    expect((await events(subject)).at(-1)).toMatchObject({ type: 'handed-over', handedTo: { back: true } });
    expect(await decide(subject, newcomer)).toMatchObject({ stage: 'binding' });
    await leaves(newcomer);
  });

  it('it goes to the hub above, when there is one, and its lead decides', async () => {
    const province = PartyId.parse('province');
    const city = PartyId.parse('city');
    await saveParty(hub.table, { id: province, type: 'hub', name: '省协调中心' });
    await saveParty(hub.table, { id: city, type: 'hub', name: '市协调中心', parent: province });
    vi.spyOn(performance, 'now').mockReturnValue(performance.now() + 60_000);
    const at = { ...hub, hub: city };
    const local = await aMember('city', ['lead', 'coordinator'], 'hub-lead');
    const above = await aMember('province', ['lead'], 'hub-lead');
    const subject = await carryOn(at, (await submitted(at, 'need', own())).id);
    await declareInterest(at, subject.id, interest, acting(local));
    expect(await assigneeOf(subject)).toMatchObject({ party: province, roles: ['lead'] });
    const body = straightAnswers.need.verifying?.body;
    const answers = await Promise.allSettled([
      decideTask(at, taskOf(subject), body, acting(local)),
      decideTask(at, taskOf(subject), body, await memberActing(hub.table, above)),
    ]);
    expect(answers).toMatchObject([
      { status: 'rejected', reason: { code: 'forbidden' } },
      { status: 'fulfilled', value: { stage: 'matching' } },
    ]);
    vi.restoreAllMocks();
  });

  it('since they left, it goes at once; and back to the desk at the next reminder when somebody is there again', async () => {
    const insurers = [await aMember('insurer', ['insurer'], 'insurer')];
    const subject = await aCaseIn(hub, 'insurance', 'binding', own());
    const [newcomer] = insurers;
    if (!newcomer) throw new Error('nobody came');
    await leaves(newcomer, person('insurer'));
    await handOverDesk(hub.table, PartyId.parse('insurer'), ['insurer']);
    expect(await assigneeOf(subject)).toMatchObject({ party: hub.hub, roles: ['lead'], handedOver: true });
    expect((await events(subject)).at(-1)).toMatchObject({ type: 'handed-over', by: { type: 'workflow' } });
    await saveMember(hub.table, person('insurer'));
    await advance(hub.table, { caseId: subject.id, stage: 'binding', run: 1, action: 'remind', round: 0 });
    expect(await assigneeOf(subject)).toEqual({ type: 'party', party: 'insurer', roles: ['insurer'] });
    expect((await events(subject)).at(-1)).toMatchObject({
      handedTo: { party: 'insurer', role: 'insurer', back: true },
    });
  });

  it('because the only one has carried it so far, it waits with who leads the funder, who is to find somebody', async () => {
    // one person alone reviews and approves for this funder
    const alone = await aMember('lamp-fund', ['reviewer', 'approver', 'programme-manager'], 'other-funder-approver');
    const programme = {
      name: '灯',
      purpose: '灯',
      ceiling: 500_000,
      budget: 9_000_000,
      secondApprovalAbove: 1,
      closesOn: day(9),
    };
    await createProgramme(hub, { ...programme, id: 'lamp-fund' }, alone);
    const subject = await carryOn(hub, (await submitted(hub, 'grant', { ...own(), programme: 'lamp-fund' })).id);
    await decide(subject, alone);
    const approving = await carryOn(hub, subject.id);
    // the hub’s lead approves nothing of another’s money, and the question waits with the funder
    expect(await assigneeOf(approving)).toMatchObject({
      party: 'lamp-fund',
      roles: ['programme-manager'],
      nobody: true,
    });
    await expect(decide(approving, alone)).rejects.toMatchObject({ code: 'same-person' });
    await expect(decide(approving, 'hub-lead')).rejects.toMatchObject({ code: 'forbidden' });
  });
});

describe('an interest that was declared by mistake', () => {
  it('is taken back by who leads, not by oneself; the task comes back, and both are on record', async () => {
    const subject = await aCaseIn(hub, 'grant', 'reviewing', own());
    for (const who of ['funder-reviewer', 'many-roles']) await declareInterest(hub, subject.id, interest, acting(who));
    const seen = async (who: string) => {
      const now = await readCase(hub.table, subject.id);
      return now ? declaredInterests(hub.table, now, acting(who)) : [];
    };
    const [mine, ...more] = await seen('funder-reviewer');
    expect([mine, more]).toMatchObject([{ name: 'Name of funder-reviewer', retractable: false }, []]);
    if (!mine) throw new Error('nothing declared');
    for (const who of ['funder-reviewer', 'funder-second-approver', 'hub-coordinator', 'other-funder-approver'])
      await expect(retractInterest(hub, subject.id, { interest: mine.id }, acting(who))).rejects.toMatchObject({
        code: expect.stringMatching(/forbidden|not-found/),
      });
    expect((await seen('funder-approver')).map(({ retractable }) => retractable)).toEqual([true, true]);
    await retractInterest(hub, subject.id, { interest: mine.id }, acting('funder-approver'));
    expect(await assigneeOf(subject)).toMatchObject({ party: river, roles: ['reviewer'] });
    expect((await events(subject)).at(-1)).toMatchObject({
      type: 'interest-retracted',
      by: { member: 'funder-approver' },
      handedTo: { role: 'reviewer', back: true },
    });
    const record = (await contentsOf(hub.table)).find(
      ({ pk, sk }) => pk === 'INTERESTS#funder-reviewer' && sk === `CASE#${subject.id}`,
    );
    expect(record).toMatchObject({ data: { reason: 'close-person', retractedBy: 'funder-approver' } });
    expect(await decide(subject, 'funder-reviewer')).toMatchObject({ stage: 'approving' });
  });

  it('is neither offered to, nor taken back by, somebody who has one too, or is the applicant by their address', async () => {
    const contact = { name: '某某', phone: '027-0000 1234', email: 'HUB-LEAD@example.org' };
    for (const [changes, code] of [
      [{}, 'interest-declared'],
      [{ contact }, 'both-sides'],
    ] as const) {
      const subject = await aCaseIn(hub, 'need', 'verifying', { ...own(), ...changes });
      await declareInterest(hub, subject.id, interest, acting('hub-coordinator'));
      if (code === 'interest-declared') await declareInterest(hub, subject.id, interest, acting('hub-lead'));
      const listed = await declaredInterests(hub.table, subject, acting('hub-lead'));
      const of = listed.find(({ name }) => name === 'Name of hub-coordinator');
      expect(of).toMatchObject({ retractable: false });
      await expect(retractInterest(hub, subject.id, { interest: of?.id }, acting('hub-lead'))).rejects.toMatchObject({
        code,
      });
    }
  });

  it('by the lead of a hub above is taken back by the lead of the case’s hub', async () => {
    const [state, town] = [PartyId.parse('state'), PartyId.parse('town')];
    await saveParty(hub.table, { id: state, type: 'hub', name: '州协调中心' });
    await saveParty(hub.table, { id: town, type: 'hub', name: '镇协调中心', parent: state });
    vi.spyOn(performance, 'now').mockReturnValue(performance.now() + 90_000);
    const at = { ...hub, hub: town };
    const local = await aMember('town', ['lead'], 'hub-lead');
    const above = await memberActing(hub.table, await aMember('state', ['lead'], 'hub-lead'));
    const subject = await carryOn(at, (await submitted(at, 'need', own())).id);
    await declareInterest(at, subject.id, interest, above);
    const [declared] = await declaredInterests(hub.table, subject, acting(local));
    expect(declared).toMatchObject({ name: above.member.name, party: state, retractable: true });
    await retractInterest(at, subject.id, { interest: declared?.id }, acting(local));
    expect(await declaredInterests(hub.table, subject, acting(local))).toEqual([]);
    vi.restoreAllMocks();
  });

  it('is not taken back by somebody who declares another for the whole organization at that moment', async () => {
    for (let round = 0; round < 6; round++) {
      const { organization } = own();
      const [subject, other] = [
        await aCaseIn(hub, 'need', 'verifying', { organization }),
        await aCaseIn(hub, 'insurance', 'approving', { organization }),
      ];
      await declareInterest(hub, subject.id, interest, acting('hub-coordinator'));
      const [of] = await declaredInterests(hub.table, subject, acting('hub-lead'));
      const [declared, taken] = await Promise.allSettled([
        declareInterest(hub, other.id, { ...interest, standing: true }, acting('hub-lead')),
        retractInterest(hub, subject.id, { interest: of?.id }, acting('hub-lead')),
      ]);
      expect(declared.status).toBe('fulfilled');
      const events = (await readCaseFile(hub.table, subject.id))?.events.map(({ type }) => type);
      expect(events?.includes('interest-retracted')).toBe(taken.status === 'fulfilled');
      if (taken.status === 'rejected') expect(taken.reason).toMatchObject({ code: 'interest-declared' });
    }
  });
});

describe('one person on both sides of a case', () => {
  async function confirmed({ party }: Member, email: string): Promise<void> {
    const hash = mailAddressHash(await deriveKey(hub.macKeyId, 'lookup'), email);
    const at = new Date().toISOString();
    const known = (await listAddresses(hub.table, party)).find((one) => one.hash === hash);
    const address = known ?? { party, hash, email, language: 'zh' as const, version: 1, askedAt: at, endsAt: at };
    if (!known) await transact(hub.table, [savingAddress(hub.table, address)]);
    await transact(hub.table, confirmingAddress(hub.table, address, at));
  }

  /** An organization with an account, and the contact that its cases have: an address that it confirmed. */
  async function anOrganization(organization: string) {
    const email = `office-${++organizations}@example.org`;
    const id = MemberId.parse(`manager-${organizations}`);
    const manager = await registerOrganization(hub, id, { organization, email, name: '某某', language: 'zh' });
    await confirmed(manager, email);
    return { manager, contact: { name: '某某', phone: '027-0000 1234', email } };
  }

  /** Where somebody is shown the open task of a case as theirs to answer. */
  async function shownTo(subject: Case, who: Member) {
    const file = (await readCaseFile(hub.table, subject.id)) ?? expect.fail('no case');
    const { caseId, kind, version, at, by, stage } = file.events.at(-1) ?? expect.fail('nothing happened');
    const told = {
      caseId,
      kind,
      version,
      at,
      by,
      stage,
      hub: hub.hub,
      type: 'handed-over',
      task: taskOf(subject),
    } as const;
    const mails = await recipientsOf(hub.table, told, subject, await readTask(hub.table, taskOf(subject)));
    const inbox = await readInbox(hub, who, { text: subject.id });
    return {
      inbox: inbox.rows.length > 0 && inbox.counts.open > 0,
      form: (await answerable(hub.table, file, acting(who))).tasks.size > 0,
      mail: mails.some(({ email }) => email === who.email),
    };
  }

  it('is barred by their own mail address: whoever is its contact decides nothing for who gives, or for the hub', async () => {
    const email = 'two.hats@example.org';
    const contact = { name: '某某', phone: '027-0000 1234', email: 'Two.Hats@Example.ORG' };
    const twoHats = { ...(await aMember('river-foundation', ['reviewer'], 'funder-reviewer')), email };
    await saveMember(hub.table, twoHats);
    const subject = await aCaseIn(hub, 'grant', 'reviewing', { ...own(), contact });
    const refused = await Promise.allSettled([decide(subject, twoHats), decide(subject, twoHats)]);
    for (const each of refused) expect(each).toMatchObject({ reason: { code: 'both-sides' } });
    const file = await readCaseFile(hub.table, subject.id);
    if (!file) throw new Error('no case');
    expect(await answerable(hub.table, file, acting(twoHats))).toMatchObject({ interested: true, tasks: new Map() });
    const task = file.tasks.find(({ status }) => status === 'open');
    const { caseId, kind, version, at, by, stage } = file.events.at(-1) ?? expect.fail('nothing happened');
    const base = { caseId, kind, version, at, by, stage, hub: hub.hub };
    const handedOver = { ...base, type: 'handed-over', task: taskOf(subject) } as const;
    const told = await recipientsOf(hub.table, handedOver, subject, task);
    expect(told.map((one) => one.email)).not.toContain(email);
    // nobody else reviews for this funder: it goes to who leads
    await declareInterest(hub, subject.id, interest, acting('funder-reviewer'));
    await declareInterest(hub, subject.id, interest, acting('many-roles'));
    expect(await assigneeOf(subject)).toMatchObject({ roles: ['programme-manager'], handedOver: true });
    await leaves(twoHats);
  });

  it('is barred by the address that they have in another party, too, whichever they act for', async () => {
    const email = 'other.hat@example.org';
    const { id } = await aMember('lantern-foundation', ['finance'], 'funder-finance');
    await saveMember(hub.table, { ...(await aMember('home-team', ['applicant'], 'org-applicant', id)), email });
    const reviewer = {
      ...(await aMember('river-foundation', ['reviewer'], 'funder-reviewer', id)),
      email: 'a@example.org',
    };
    await saveMember(hub.table, reviewer);
    const contact = { name: '某某', phone: '027-0000 1234', email };
    const subject = await aCaseIn(hub, 'grant', 'reviewing', { ...own(), contact });
    expect(await shownTo(subject, reviewer)).toEqual({ inbox: false, form: false, mail: false });
    await expect(decide(subject, reviewer)).rejects.toMatchObject({ code: 'both-sides' });
    const { manager, contact: office } = await anOrganization('多帽社区');
    await confirmed(manager, email);
    const claimed = await aCaseIn(hub, 'grant', 'reviewing', { organization: '多帽社区', contact: office });
    expect(await shownTo(claimed, reviewer)).toEqual({ inbox: false, form: false, mail: false });
    await expect(decide(claimed, reviewer)).rejects.toMatchObject({ code: 'both-sides' });
    await leaves(reviewer);
  });

  it('is not who shares a mailbox with a colleague in whose place they answer', async () => {
    const { contact } = await anOrganization('同箱社区');
    const email = 'desk@river.example';
    const away = { ...(await aMember('river-foundation', ['approver'], 'funder-approver')), email };
    const standIn = { ...(await aMember('river-foundation', ['finance'], 'funder-finance')), email };
    for (const one of [away, standIn]) await saveMember(hub.table, one);
    const { colleagues } = await standInBoard(hub.table, acting(away));
    const chosen = colleagues.find(({ name }) => name === standIn.name)?.id;
    await nameStandIn(hub.table, { standIn: chosen, from: day(0), to: day(1) }, acting(away), 'console');
    const subject = await aCaseIn(hub, 'grant', 'approving', { organization: '同箱社区', contact });
    expect(await decide(subject, standIn)).toMatchObject({ stage: 'agreement' });
    await leaves(away, standIn);
  });

  it('is barred by an address that the applying organization confirmed as its own', async () => {
    const { manager, contact } = await anOrganization('双帽社区');
    const reviewer = {
      ...(await aMember('river-foundation', ['reviewer'], 'funder-reviewer')),
      email: 'Me@example.org',
    };
    await saveMember(hub.table, reviewer);
    const subject = await aCaseIn(hub, 'grant', 'reviewing', { organization: '双帽社区服务站', contact });
    expect(subject.organizationParty).toBe(manager.party);
    expect(await shownTo(subject, reviewer)).toEqual({ inbox: true, form: true, mail: true });
    await confirmed(manager, 'me@example.org');
    // they are not shown what they would be refused: neither the task, nor its form, nor a mail about it
    expect(await shownTo(subject, reviewer)).toEqual({ inbox: false, form: false, mail: false });
    await expect(decide(subject, reviewer)).rejects.toMatchObject({ code: 'both-sides' });
    await leaves(reviewer);
  });

  it('is not counted among those who may answer: with nobody else the task waits with who leads the funder', async () => {
    const { manager, contact } = await anOrganization('独帽社区');
    await confirmed(manager, 'only@example.org');
    const party = PartyId.parse('hat-fund');
    await saveParty(hub.table, { id: party, type: 'funder', name: '帽子基金会' });
    const only = {
      ...(await aMember('hat-fund', ['reviewer', 'programme-manager'], 'funder-reviewer')),
      email: 'only@example.org',
    };
    await saveMember(hub.table, only);
    const terms = { name: '资助', purpose: '支持', ceiling: 500_000, budget: 10_000_000, closesOn: day(20) };
    const { id: programme } = await createProgramme(hub, { ...terms, secondApprovalAbove: 300_000 }, only);
    const subject = await aCaseIn(hub, 'grant', 'reviewing', { organization: '独帽社区', contact, programme });
    expect(await assigneeOf(subject)).toMatchObject({ party, roles: ['programme-manager'], nobody: true });
    await leaves(only);
  });

  it('is shown nothing of cases of an organization whose member they are, whatever name those cases have', async () => {
    const { manager, contact } = await anOrganization('换名社区');
    const of = await aMember('river-foundation', ['reviewer'], 'funder-reviewer');
    await aMember(manager.party, ['applicant'], 'org-applicant', of.id);
    const both = { ...of, email: 'both@example.org' };
    await saveMember(hub.table, both);
    const subject = await aCaseIn(hub, 'grant', 'reviewing', { organization: '换名社区（新名）', contact });
    expect(await shownTo(subject, both)).toEqual({ inbox: false, form: false, mail: false });
    await expect(decide(subject, both)).rejects.toMatchObject({ code: 'interest-declared' });
    await leaves(both);
  });

  it('is shown nothing of an organization that they declared, whatever name its cases have, until it is taken back on one of them', async () => {
    const { contact } = await anOrganization('多名社区');
    const of = await aMember('river-foundation', ['reviewer'], 'funder-reviewer');
    const reviewer = { ...of, email: 'declared@example.org' };
    await saveMember(hub.table, reviewer);
    const first = await aCaseIn(hub, 'grant', 'reviewing', { organization: '多名社区', contact });
    const other = await aCaseIn(hub, 'grant', 'reviewing', { organization: '多名社区第二站', contact });
    expect(await shownTo(other, reviewer)).toEqual({ inbox: true, form: true, mail: true });
    await declareInterest(hub, first.id, { ...interest, standing: true }, acting(reviewer));
    expect(await shownTo(other, reviewer)).toEqual({ inbox: false, form: false, mail: false });
    await expect(decide(other, reviewer)).rejects.toMatchObject({ code: 'interest-declared' });
    const [declared] = await declaredInterests(hub.table, other, acting('funder-approver'));
    await retractInterest(hub, other.id, { interest: declared?.id }, acting('funder-approver'));
    const third = await aCaseIn(hub, 'grant', 'reviewing', { organization: '多名社区', contact });
    for (const one of [other, third])
      expect(await shownTo(one, reviewer)).toEqual({ inbox: true, form: true, mail: true });
    await leaves(reviewer);
  });

  it.each([
    ['claims the case from its page of addresses', undefined],
    ['is who the applicant writes to from then on', 'before@example.org'],
  ])('keeps an organization that they declared before it %s, whatever name its cases have', async (_, first) => {
    const email = `late-${++organizations}@example.org`;
    const contact = { name: '某某', phone: '027-0000 1234', email };
    const form = { organization: '后认社区', email, name: '某某', language: 'zh' };
    const manager = await registerOrganization(hub, MemberId.parse(`manager-${organizations}`), form);
    const reviewer = async (name: string) => {
      const member = {
        ...(await aMember('river-foundation', ['reviewer'], 'funder-reviewer')),
        email: `${name}-${email}`,
      };
      await saveMember(hub.table, member);
      return member;
    };
    const [declared, mistaken] = [await reviewer('declared'), await reviewer('mistaken')];
    const from = { ...contact, email: first ?? email };
    const { organization } = own();
    const subject = await aCaseIn(hub, 'grant', 'reviewing', { organization, contact: from });
    expect(subject.organizationParty).toBeUndefined();
    for (const who of [declared, mistaken])
      await declareInterest(hub, subject.id, { ...interest, standing: true }, acting(who));
    const later = await aCaseIn(hub, 'grant', 'reviewing', { organization, contact: from });
    const listed = await declaredInterests(hub.table, later, acting('funder-approver'));
    const { id } = listed.find(({ name }) => name === mistaken.name) ?? expect.fail('not declared');
    await retractInterest(hub, later.id, { interest: id }, acting('funder-approver'));
    await confirmed(manager, email);
    if (first) {
      const back = { outcome: 'changes-requested', reason: '请补充' };
      await decideTask(
        hub,
        taskOf((await readCase(hub.table, subject.id)) ?? subject),
        back,
        acting('funder-reviewer'),
      );
      await carryOn(hub, subject.id);
      const body = { outcome: 'resubmitted', changes: { contact } };
      await decideTask(hub, taskOf((await readCase(hub.table, subject.id)) ?? subject), body, applicantOf(subject.id));
    } else await ownAddresses(hub.table, acting(manager));
    const other = await aCaseIn(hub, 'grant', 'reviewing', { ...own(), contact });
    expect(await shownTo(other, declared)).toEqual({ inbox: false, form: false, mail: false });
    await expect(decide(other, declared)).rejects.toMatchObject({ code: 'interest-declared' });
    expect((await shownTo(other, mistaken)).form).toBe(true);
    const [known] = await declaredInterests(hub.table, other, acting('funder-approver'));
    await retractInterest(hub, other.id, { interest: known?.id }, acting('funder-approver'));
    expect((await shownTo(other, declared)).form).toBe(true);
    await leaves(declared, mistaken);
  });

  it('is shown nothing of a need that goes on with the rest of one whose contact they are', async () => {
    const email = 'rest@example.org';
    const coordinator = { ...(await aMember('hub', ['coordinator'], 'hub-coordinator')), email };
    await saveMember(hub.table, coordinator);
    const contact = { name: '某某', phone: '027-0000 1234', email };
    const asked = await aCaseIn(hub, 'need', 'approving', { ...own(), contact });
    const [rest] = (await answer(hub, asked, { lines: [{ line: 'L1', quantity: 10 }] })).children;
    const subject = await carryOn(hub, rest ?? expect.fail('nothing is left'));
    expect(await shownTo(subject, coordinator)).toEqual({ inbox: false, form: false, mail: false });
    await expect(decide(subject, coordinator)).rejects.toMatchObject({ code: 'both-sides' });
    await leaves(coordinator);
  });

  it('who is overtaken as the applicant reads the party’s name and nobody’s; a colleague reads the person’s', async () => {
    const contact = { name: '某某', phone: '027-00001234' };
    const made = await submitted(hub, 'grant', { ...own(), contact }, { member: person('hub-coordinator') });
    const subject = await carryOn(hub, made.id);
    const ask = { outcome: 'changes-requested', reason: '请补充' };
    await decideTask(hub, taskOf(subject), ask, acting('funder-reviewer'));
    const asked = await carryOn(hub, subject.id);
    const resubmit = (who: Acting) => decideTask(hub, taskOf(asked), { outcome: 'resubmitted' }, who);
    await resubmit(acting('hub-coordinator'));
    await expect(resubmit(applicantOf(subject.id))).rejects.toMatchObject({
      code: 'already-decided',
      params: { by: '江城协调中心' },
    });
    await expect(resubmit(acting('hub-lead'))).rejects.toMatchObject({ params: { by: 'Name of hub-coordinator' } });
  });

  it('who typed it in for the organization does not approve it as its funder', async () => {
    const typist = await aMember('hub', ['coordinator'], 'hub-coordinator', 'both-hats');
    const funder = await aMember('river-foundation', ['approver'], 'funder-approver', 'both-hats');
    const made = await submitted(hub, 'grant', own(), { member: typist });
    const subject = await carryOn(hub, made.id);
    await answer(hub, subject);
    const approving = await carryOn(hub, subject.id);
    await expect(decide(approving, funder)).rejects.toMatchObject({ code: 'both-sides' });
    expect(await decide(approving, 'funder-approver')).toMatchObject({ stage: 'agreement' });
    await leaves(typist, funder);
  });

  it('who sent it as a member of the organization does not approve it as its funder when they have left', async () => {
    const { manager, contact } = await anOrganization('离任社区');
    const sender = { ...manager, id: MemberId.parse('left-behind') };
    await saveMember(hub.table, sender);
    const made = await submitted(hub, 'grant', { organization: '离任社区', contact }, { member: sender });
    const need = await submitted(hub, 'need', { organization: '离任社区', contact }, { member: sender });
    await transact(hub.table, membershipInterest(hub.table, sender, 'ended'));
    await leaves(sender);
    const funder = await aMember('river-foundation', ['approver'], 'funder-approver', 'left-behind');
    await answer(hub, await carryOn(hub, made.id));
    const approving = await carryOn(hub, made.id);
    await expect(decide(approving, funder)).rejects.toMatchObject({ code: 'both-sides' });
    expect(await decide(approving, 'funder-approver')).toMatchObject({ stage: 'agreement' });
    // and not what goes on with the rest of a need of theirs either
    const part = await broughtTo(hub, need, 'approving');
    const split = { lines: [{ line: 'L1', quantity: 40 }] };
    const given = await decide(part, 'funder-approver', split);
    const rest = await broughtTo(hub, (await readCase(hub.table, given.children[0] ?? need.id)) ?? need, 'approving');
    await expect(decide(rest, funder)).rejects.toMatchObject({ code: 'both-sides' });
    await leaves(funder);
  });

  it('who verified a need, or acted for its applicant, does not approve what goes on with its rest', async () => {
    const verifier = await aMember('hub', ['coordinator'], 'hub-coordinator', 'of-two-chairs');
    const typist = await aMember('hub', ['coordinator'], 'hub-coordinator', 'of-two-desks');
    const givers = [
      await aMember('river-foundation', ['approver'], 'funder-approver', 'of-two-chairs'),
      await aMember('river-foundation', ['approver'], 'funder-approver', 'of-two-desks'),
    ];
    const contact = { name: '某某', phone: '027-00001234' };
    const made = await submitted(hub, 'need', { ...own(), contact }, { member: person('hub-lead') });
    const verifying = await carryOn(hub, made.id);
    await amendNeed(hub, made.id, { lines: [{ line: 'L1', quantity: 90 }] }, acting(typist));
    await decide(verifying, verifier);
    const approving = await broughtTo(hub, made, 'approving');
    const given = await decide(approving, 'funder-approver', { lines: [{ line: 'L1', quantity: 40 }] });
    const child = await readCase(hub.table, given.children[0] ?? made.id);
    const rest = await broughtTo(hub, child ?? made, 'approving');
    const refusals = ['same-person', 'both-sides'];
    for (const [index, giver] of givers.entries()) {
      await expect(decide(rest, giver)).rejects.toMatchObject({
        code: refusals[index],
      });
    }
    // and who gave does not act for the applicant there
    const gave = await aMember('hub', ['coordinator'], 'hub-coordinator', 'funder-approver');
    await expect(withdrawCase(hub, rest.id, {}, acting(gave))).rejects.toMatchObject({ code: 'both-sides' });
    expect(await decide(rest, 'funder-second-approver')).toMatchObject({ stage: 'dispatching' });
    await leaves(verifier, typist, gave, ...givers);
  });

  it('who reviewed it as funder does not answer for the applicant who has no mail', async () => {
    const coordinator = await aMember('hub', ['coordinator'], 'hub-coordinator', 'two-chairs');
    const reviewer = await aMember('river-foundation', ['reviewer'], 'funder-reviewer', 'two-chairs');
    const contact = { name: '某某', phone: '027-00001234' };
    const made = await submitted(hub, 'grant', { ...own(), contact }, { member: person('hub-coordinator') });
    const subject = await carryOn(hub, made.id);
    const ask = { outcome: 'changes-requested', reason: '请补充' };
    await decideTask(hub, taskOf(subject), ask, acting(reviewer));
    const back = await carryOn(hub, subject.id);
    const resubmit = (who: Member | string) => decideTask(hub, taskOf(back), { outcome: 'resubmitted' }, acting(who));
    await expect(resubmit(coordinator)).rejects.toMatchObject({ code: 'both-sides' });
    expect(await resubmit('hub-coordinator')).toMatchObject({ stage: 'reviewing' });
    await leaves(coordinator, reviewer);
  });
});

it('an applicant’s own link is not held up by any of this', async () => {
  const subject = await aCaseIn(hub, 'need', 'in-transit', own());
  await declareInterest(hub, subject.id, interest, acting('hub-lead'));
  expect(await decideTask(hub, taskOf(subject), { outcome: 'confirmed' }, applicantOf(subject.id))).toMatchObject({
    stage: 'reporting',
  });
});

it('an interest in every case of an organization hands on what was asked in all of them, however many there are', async () => {
  const { organization } = own();
  const party = PartyId.parse('single-fund');
  await saveParty(hub.table, { id: party, type: 'funder', name: '独人基金会' });
  const only = await aMember('single-fund', ['reviewer', 'programme-manager'], 'funder-reviewer');
  const terms = { name: '资助', purpose: '支持', ceiling: 500_000, budget: 10_000_000, closesOn: day(20) };
  const { id: programme } = await createProgramme(hub, { ...terms, secondApprovalAbove: 300_000 }, only);
  const cases: Case[] = [];
  for (let count = 0; count < 54; count++) {
    const made = await submitted(hub, 'grant', { organization, programme, purpose: `第 ${count} 次` });
    cases.push(await carryOn(hub, made.id));
  }
  const handedOn = async () => {
    const holders = await Promise.all(cases.map(assigneeOf));
    return holders.filter((holder) => holder?.type === 'party' && holder.nobody).length;
  };
  const [first = expect.fail('no case')] = cases;
  await declareInterest(hub, first.id, { ...interest, standing: true }, acting(only));
  // the case itself, and the latest fifty
  expect(await handedOn()).toBe(51);
  await lookThrough(await policedTable(hub.table, 'jobs'));
  expect(await handedOn()).toBe(54);
  await leaves(only);
});
