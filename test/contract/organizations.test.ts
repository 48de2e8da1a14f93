import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { lookThrough } from '../../functions/jobs/look-through.ts';
import { ownDesk, tasksOf } from '../../shared/answering/own-desk.ts';
import { peopleChain } from '../../shared/audit/record.ts';
import { createProgramme } from '../../shared/case/catalogue.ts';
import { decideTask } from '../../shared/case/decide.ts';
import { listVisible } from '../../shared/case/visible-cases.ts';
import { type CaseId, MemberId as Id, type Kind, type MemberId, newSlug, PartyId } from '../../shared/domain/ids.ts';
import type { Address } from '../../shared/domain/organization.ts';
import type { Member } from '../../shared/domain/party.ts';
import { instant } from '../../shared/domain/time.ts';
import { escalated } from '../../shared/kinds/assignee.ts';
import type { Case } from '../../shared/kinds/case.ts';
import { acceptInvitation, invite } from '../../shared/people/invite.ts';
import { removeMember } from '../../shared/people/members.ts';
import {
  addAddress,
  confirmAddress,
  openAddress,
  ownAddresses,
  registerOrganization,
  releaseAddress,
} from '../../shared/people/organization.ts';
import { deriveKey } from '../../shared/secrets/derive-key.ts';
import { letterSecret } from '../../shared/secrets/letter-link.ts';
import { listAddresses } from '../../shared/store/addresses.ts';
import { caseItem } from '../../shared/store/case-item.ts';
import { readCase, readCaseFile } from '../../shared/store/cases.ts';
import type { Hub } from '../../shared/store/hub.ts';
import { indexKeys } from '../../shared/store/keys.ts';
import { listOwnCases } from '../../shared/store/owner-cases.ts';
import { listParties, membershipsOf, saveMember } from '../../shared/store/parties.ts';
import { listRechecks, requestRecheck, saveRecheck } from '../../shared/store/recheck.ts';
import { batchPut, transact } from '../../shared/store/table.ts';
import { inbox, opening, readTask } from '../../shared/store/tasks.ts';
import { readTraces } from '../../shared/store/traces.ts';
import { carryOn } from '../engine/carry-on.ts';
import { contentsOf } from '../engine/contents.ts';
import { type HubStand, startHub } from '../engine/hub-stand.ts';
import { policedTable } from '../engine/policed-table.ts';
import { aCaseIn, applicantOf, by, day, person, submitted, taskOf } from '../factory/hub.ts';

let stand: HubStand;
let hub: Hub;
beforeAll(async () => {
  stand = await startHub();
  ({ hub } = stand);
});
afterAll(() => stand.stop());

const somebody = (): MemberId => Id.parse(`person-${newSlug()}`);
const anAddress = () => `${newSlug()}@hospital.example`;
const form = (email: string) => ({ organization: '江城第一医院', email, name: '单管理', language: 'zh' });

function sent(email: string, changes: object = {}): Promise<Case> {
  return submitted(hub, 'need', { ...contactOf(email), ...changes });
}

const secretFor = async ({ party, hash, version }: Address) =>
  letterSecret(await deriveKey(hub.macKeyId, 'letter'), 'address', { party, id: hash, version });

async function pending(party: PartyId): Promise<Address> {
  const address = (await listAddresses(hub.table, party)).find(({ confirmedAt }) => confirmedAt === undefined);
  if (!address) throw new Error('nothing waits to be confirmed');
  return address;
}

/** An organization that has confirmed its address. */
async function anOrganization(email = anAddress()): Promise<{ manager: Member; email: string }> {
  const manager = await registerOrganization(hub, somebody(), form(email));
  await confirmAddress(hub, manager.id, await secretFor(await pending(manager.party)));
  return { manager, email };
}

const contactOf = (email: string) => ({ contact: { name: '某某', phone: '027-0000 1234', email } });

/** A need with this contact that the coordinator gave back. */
async function askedForChanges(email: string): Promise<Case> {
  const subject = await aCaseIn(hub, 'need', 'verifying', contactOf(email));
  await decideTask(hub, taskOf(subject), { outcome: 'changes-requested', reason: '请补充' }, by('hub-coordinator'));
  return carryOn(hub, subject.id);
}

const ownIds = async (party: PartyId) => (await listOwnCases(hub.table, party)).items.map(({ id }) => id);

describe('registering an organization', () => {
  it('makes the person its manager, and the organization the owner of nothing yet', async () => {
    const email = anAddress();
    const subject = await sent(email);
    const person = somebody();
    const manager = await registerOrganization(hub, person, form(email));
    expect(await membershipsOf(hub.table, person)).toMatchObject([
      { partyType: 'organization', partyName: '江城第一医院', roles: ['manager'] },
    ]);
    expect(await ownIds(manager.party)).toEqual([]);
    expect((await readCase(hub.table, subject.id))?.organizationParty).toBeUndefined();
    const trail = await readTraces(hub.table, peopleChain(manager.party));
    expect(trail.map(({ trace }) => trace.type)).toEqual(['organization-registered']);
  });

  it('is for who is a member of nothing, and done once when the form is sent twice at once', async () => {
    await expect(registerOrganization(hub, Id.parse('hub-lead'), form(anAddress()))).rejects.toMatchObject({
      code: 'already-member',
    });
    const person = somebody();
    const tried = await Promise.allSettled([1, 2, 3].map(() => registerOrganization(hub, person, form(anAddress()))));
    expect(tried.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await membershipsOf(hub.table, person)).toHaveLength(1);
  });

  it('does not lengthen the list of those who work with the hub', async () => {
    const before = (await listParties(hub.table)).length;
    await registerOrganization(hub, somebody(), form(anAddress()));
    expect(await listParties(hub.table)).toHaveLength(before);
  });
});

describe('confirming an address', () => {
  it('makes the cases with that contact the organization’s, those before and those after, of every spelling', async () => {
    const email = anAddress();
    const earlier = [await sent(email), await sent(email.toUpperCase())];
    const other = await sent(anAddress());
    const { manager } = await anOrganization(email);
    const later = await sent(email);
    expect(new Set(await ownIds(manager.party))).toEqual(new Set([...earlier, later].map(({ id }) => id)));
    expect(later.organizationParty).toBe(manager.party);
    expect((await readCase(hub.table, other.id))?.organizationParty).toBeUndefined();
    const file = await readCaseFile(hub.table, earlier[0]?.id ?? other.id);
    expect(file?.events.at(-1)).toMatchObject({ type: 'claimed', organization: manager.party });
  });

  it('can be undone by a manager: another may have the address then, and cases stay with whose they were', async () => {
    const { manager, email } = await anOrganization();
    const theirs = await sent(email);
    const [address] = await listAddresses(hub.table, manager.party);
    const hash = address?.hash ?? '';
    const applicant: Member = { ...manager, id: somebody(), roles: ['applicant'] };
    await saveMember(hub.table, applicant);
    await expect(releaseAddress(hub.table, applicant, hash)).rejects.toMatchObject({ code: 'forbidden' });
    const { manager: stranger } = await anOrganization();
    await expect(releaseAddress(hub.table, stranger, hash)).rejects.toMatchObject({ code: 'not-found' });
    await releaseAddress(hub.table, manager, hash);
    await expect(releaseAddress(hub.table, manager, hash)).rejects.toMatchObject({ code: 'not-found' });
    expect((await sent(email)).organizationParty).toBeUndefined();
    expect((await readCase(hub.table, theirs.id))?.organizationParty).toBe(manager.party);
    const trail = await readTraces(hub.table, peopleChain(manager.party));
    expect(trail.at(-1)?.trace).toMatchObject({ type: 'address-released', address: hash });
    const { manager: next } = await anOrganization(email);
    expect((await sent(email)).organizationParty).toBe(next.party);
    expect(await ownIds(manager.party)).toEqual([theirs.id]);
  });

  it('lets its members answer what the applicant is asked, and nobody of another organization', async () => {
    const { manager, email } = await anOrganization();
    const { manager: stranger } = await anOrganization();
    const asked = await askedForChanges(email);
    const answer = (member: Member) =>
      decideTask(hub, taskOf(asked), { outcome: 'resubmitted' }, { type: 'member', member });
    await expect(answer(stranger)).rejects.toMatchObject({ code: 'not-found' });
    expect((await answer(manager)).decisions.at(-1)).toMatchObject({ by: { type: 'member', member: manager.id } });
  });

  it('needs both the mailbox and a member of the organization', async () => {
    const manager = await registerOrganization(hub, somebody(), form(anAddress()));
    const secret = await secretFor(await pending(manager.party));
    const { manager: other } = await anOrganization();
    for (const person of [somebody(), other.id])
      await expect(confirmAddress(hub, person, secret)).rejects.toMatchObject({ code: 'not-found' });
    for (const wrong of [`${secret.slice(0, -1)}${secret.endsWith('A') ? 'B' : 'A'}`, '', 'x'])
      await expect(confirmAddress(hub, manager.id, wrong)).rejects.toMatchObject({ code: 'not-found' });
    await expect(openAddress(hub, manager.id, secret)).resolves.toMatchObject({ party: manager.party });
  });

  it('works once, for the latest letter, for some days', async () => {
    const email = anAddress();
    const manager = await registerOrganization(hub, somebody(), form(email));
    const first = await secretFor(await pending(manager.party));
    const second = await secretFor(await addAddress(hub, manager, { email }));
    await expect(confirmAddress(hub, manager.id, first)).rejects.toMatchObject({ code: 'letter-over' });
    const real = Date.now;
    Date.now = () => real() + 4 * 86_400_000;
    try {
      await expect(confirmAddress(hub, manager.id, second)).rejects.toMatchObject({ code: 'letter-over' });
    } finally {
      Date.now = real;
    }
    await confirmAddress(hub, manager.id, second);
    await expect(confirmAddress(hub, manager.id, second)).rejects.toMatchObject({ code: 'letter-over' });
    await expect(addAddress(hub, manager, { email })).rejects.toMatchObject({ code: 'already-exists' });
  });

  it('gives an address to one organization, the first, also when two confirm it at once', async () => {
    const email = anAddress();
    const subject = await sent(email);
    const managers = [
      await registerOrganization(hub, somebody(), form(email)),
      await registerOrganization(hub, somebody(), form(email)),
    ];
    const secrets = await Promise.all(managers.map(async ({ party }) => secretFor(await pending(party))));
    const tried = await Promise.allSettled(
      managers.map(({ id }, index) => confirmAddress(hub, id, secrets[index] ?? '')),
    );
    expect(tried.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    for (const one of tried) if (one.status === 'rejected') expect(one.reason).toMatchObject({ code: 'address-taken' });
    const winner = managers[tried.findIndex(({ status }) => status === 'fulfilled')];
    expect((await readCase(hub.table, subject.id))?.organizationParty).toBe(winner?.party);
  });

  it('claims a case that is being decided on at that moment, and loses no decision', async () => {
    const email = anAddress();
    const manager = await registerOrganization(hub, somebody(), form(email));
    const subject = await aCaseIn(hub, 'need', 'verifying', contactOf(email));
    const secret = await secretFor(await pending(manager.party));
    await Promise.all([
      confirmAddress(hub, manager.id, secret),
      decideTask(hub, taskOf(subject), { outcome: 'verified' }, by('hub-coordinator')),
    ]);
    expect(await readCase(hub.table, subject.id)).toMatchObject({
      stage: 'matching',
      organizationParty: manager.party,
    });
  });
});

it('lists the cases of an organization page by page, the latest first, and no other’s with its cursor', async () => {
  const { manager, email } = await anOrganization();
  const { manager: other } = await anOrganization();
  for (let index = 0; index < 27; index++) await sent(email, { lines: [{ item: `口罩 ${index}`, quantity: 5 }] });
  const first = await listOwnCases(hub.table, manager.party);
  const second = await listOwnCases(hub.table, manager.party, first.nextCursor ?? '');
  const all = [...first.items, ...second.items];
  expect(new Set(all.map(({ id }) => id)).size).toBe(27);
  expect(all.map(({ submittedAt }) => submittedAt)).toEqual(
    all
      .map(({ submittedAt }) => submittedAt)
      .toSorted()
      .toReversed(),
  );
  expect((await listOwnCases(hub.table, other.party, first.nextCursor ?? '')).items).toEqual([]);
  await expect(listOwnCases(hub.table, manager.party, 'x')).rejects.toMatchObject({ code: 'invalid' });
});

it('a case whose contact gets another address goes to whoever confirmed that, unless it is somebody’s', async () => {
  const { manager, email } = await anOrganization();
  const asked = await askedForChanges(anAddress());
  const contact = { name: '某某', phone: '027-0000 1234', email };
  const after = await decideTask(
    hub,
    taskOf(asked),
    { outcome: 'resubmitted', changes: { contact } },
    applicantOf(asked.id),
  );
  expect(after.organizationParty).toBe(manager.party);
});

describe('an address of somebody who answers for a funder', () => {
  const theirs = person('other-funder-approver');

  it('takes every open question of the organization’s cases from them, however many there are, and back when given up', async () => {
    const { manager, email } = await anOrganization();
    const terms = { name: '资助', purpose: '支持', ceiling: 500_000, budget: 10_000_000, closesOn: day(20) };
    const { id: programme } = await createProgramme(hub, { ...terms, secondApprovalAbove: 300_000 }, theirs);
    const cases: CaseId[] = [];
    for (let count = 0; count < 53; count++) {
      const purpose = `第 ${count} 次`;
      const { id } = await submitted(hub, 'grant', { ...contactOf(email), programme, purpose });
      await carryOn(hub, id);
      cases.push(id);
    }
    const holders = async () => {
      const files = await Promise.all(cases.map((id) => readCaseFile(hub.table, id)));
      const open = files.flatMap((file) => file?.tasks.filter(({ status }) => status === 'open') ?? []);
      return open.map(({ assignee }) => (assignee.type === 'party' && assignee.nobody ? 'nobody' : 'somebody'));
    };
    const count = async (wanted: string) => (await holders()).filter((holder) => holder === wanted).length;
    expect(await count('somebody')).toBe(53);
    await addAddress(hub, manager, { email: theirs.email });
    const secret = await secretFor(await pending(manager.party));
    // what other tests left to look at
    await lookThrough(await policedTable(hub.table, 'jobs'));
    await confirmAddress(hub, manager.id, secret);
    // the latest at once, the others in the sweep's next runs, each as many as it has time for
    expect([await count('nobody'), await count('somebody')]).toEqual([25, 28]);
    expect(await lookThrough(await policedTable(hub.table, 'jobs'), 10)).toMatchObject({ done: 25, cursor: '25' });
    expect([await count('nobody'), await count('somebody')]).toEqual([50, 3]);
    await lookThrough(await policedTable(hub.table, 'jobs'));
    expect(await count('nobody')).toBe(53);
    expect(await lookThrough(await policedTable(hub.table, 'jobs'))).toEqual({ done: 0, failed: 0, cursor: null });

    const given = (await listAddresses(hub.table, manager.party)).find((one) => one.email === theirs.email);
    await releaseAddress(hub.table, manager, given?.hash ?? '');
    await lookThrough(await policedTable(hub.table, 'jobs'));
    expect(await count('somebody')).toBe(53);
  });

  it('takes the open question of a case that the organization finds on its page of addresses only later', async () => {
    const { manager, email } = await anOrganization();
    const terms = { name: '资助', purpose: '支持', ceiling: 500_000, budget: 10_000_000, closesOn: day(20) };
    const { id: programme } = await createProgramme(hub, { ...terms, secondApprovalAbove: 300_000 }, theirs);
    await addAddress(hub, manager, { email: theirs.email });
    await confirmAddress(hub, manager.id, await secretFor(await pending(manager.party)));
    const { id } = await submitted(hub, 'grant', { ...contactOf(email), programme });
    // as when it came in at the very moment the address was confirmed
    const came = (await readCase(hub.table, id)) ?? expect.fail('no case');
    await batchPut(hub.table, [caseItem({ ...came, organizationParty: undefined })]);
    await carryOn(hub, id);
    const holder = async () =>
      (await readTask(hub.table, taskOf((await readCase(hub.table, id)) ?? came)))?.assignee ?? expect.fail('no task');
    expect(await holder()).not.toHaveProperty('nobody');
    await ownAddresses(await policedTable(hub.table, 'console'), { type: 'member', member: manager });
    await lookThrough(await policedTable(hub.table, 'jobs'));
    expect(await holder()).toMatchObject({ party: theirs.party, nobody: true });
    const given = (await listAddresses(hub.table, manager.party)).find((one) => one.email === theirs.email);
    await releaseAddress(hub.table, manager, given?.hash ?? '');
  });

  it.each([
    ['its address', () => ({ organization: '改过的名字' })],
    ['its name', () => contactOf(anAddress())],
  ])(
    'and whoever joins the organization hand its questions on too, until they leave it (by %s)',
    async (_, changes) => {
      const { manager, email } = await anOrganization();
      const terms = { name: '资助', purpose: '支持', ceiling: 500_000, budget: 10_000_000, closesOn: day(20) };
      const { id: programme } = await createProgramme(hub, { ...terms, secondApprovalAbove: 300_000 }, theirs);
      const { id } = await submitted(hub, 'grant', { ...contactOf(email), programme, ...changes() });
      await carryOn(hub, id);
      const holder = async () => {
        const file = await readCaseFile(hub.table, id);
        const task = file?.tasks.find(({ status }) => status === 'open');
        return task?.assignee;
      };
      expect(await holder()).not.toHaveProperty('nobody');
      const asked = { email: 'joins@hospital.example', language: 'zh', roles: ['applicant'] };
      const invitation = await invite(hub, manager, asked);
      const secret = letterSecret(await deriveKey(hub.macKeyId, 'letter'), 'invitation', invitation);
      await acceptInvitation(hub, theirs.id, secret, { name: '某某', email: 'joins@hospital.example', language: 'zh' });
      await lookThrough(await policedTable(hub.table, 'jobs'));
      expect(await holder()).toMatchObject({ party: theirs.party, nobody: true });
      await removeMember(hub.table, manager, theirs.id, { reason: '离开' });
      await lookThrough(await policedTable(hub.table, 'jobs'));
      expect(await holder()).not.toHaveProperty('nobody');
    },
  );

  it('is looked at again from the first case when the address is given up while the sweep is at it', async () => {
    const [whose, cursor] = [indexKeys.ofOrganization(PartyId.parse('o-123456789abc')), 'next'];
    const ask = async (at: string) => {
      await transact(hub.table, [requestRecheck(hub.table, whose, instant(Date.parse(at)))]);
      return (await listRechecks(hub.table)).find((one) => one.whose === whose) ?? expect.fail('not asked');
    };
    const first = await ask('2026-01-01T00:00:00.000Z');
    const second = await ask('2026-01-02T00:00:00.000Z');
    await saveRecheck(hub.table, first, cursor);
    await saveRecheck(hub.table, first, null);
    expect(await listRechecks(hub.table)).toEqual([second]);
    await saveRecheck(hub.table, second, cursor);
    expect(await listRechecks(hub.table)).toEqual([{ ...second, cursor }]);
    await saveRecheck(hub.table, second, null);
    expect(await listRechecks(hub.table)).toEqual([]);
  });
});

it('letters about addresses name no address, and no secret is kept', async () => {
  const email = anAddress();
  const manager = await registerOrganization(hub, somebody(), form(email));
  const items = await contentsOf(hub.table);
  const secret = await secretFor(await pending(manager.party));
  expect(JSON.stringify(items)).not.toContain(secret);
  const letters = items.filter(({ entity }) => entity === 'letter' || entity === 'trace');
  expect(JSON.stringify(letters)).not.toContain(email);
});

describe('an organization’s members', () => {
  const inboxOf = async (member: Member) => {
    const desk = await ownDesk(hub, member);
    const { items } = await inbox(hub.table, { party: member.party, roles: desk.roles });
    return [...(await desk.held(items)).keys()].map(({ caseId }) => caseId);
  };

  it('have in their inbox what the applicant is asked, until it is answered', async () => {
    const { manager, email } = await anOrganization();
    const { manager: stranger } = await anOrganization();
    const asked = await askedForChanges(email);
    await sent(email);
    expect(await inboxOf(manager)).toEqual([asked.id]);
    expect(await inboxOf({ ...manager, roles: ['applicant'] })).toEqual([asked.id]);
    expect(await inboxOf(stranger)).toEqual([]);
    await decideTask(hub, taskOf(asked), { outcome: 'resubmitted' }, { type: 'member', member: manager });
    expect(await inboxOf(manager)).toEqual([]);
  });

  it('keep in their inbox what was passed on to the hub, since they may still answer it', async () => {
    const { manager, email } = await anOrganization();
    const asked = await askedForChanges(email);
    const task = await readTask(hub.table, taskOf(asked));
    if (task?.status !== 'open') throw new Error('nobody is asked');
    const assignee = escalated(asked, task.assignee);
    await transact(hub.table, [opening(hub.table, { ...task, round: 2, assignee })]);
    const desk = await ownDesk(hub, manager);
    const { items } = await tasksOf(hub.table, manager, desk, undefined, 25);
    expect(items.map(({ id }) => id)).toEqual([task.id]);
    expect([...(await desk.held(items)).keys()]).toEqual(items);
    await decideTask(hub, task.id, { outcome: 'resubmitted' }, { type: 'member', member: manager });
    expect((await tasksOf(hub.table, manager, desk, undefined, 25)).items).toEqual([]);
  });

  it('find there too what was asked before the address was confirmed', async () => {
    const email = anAddress();
    const asked = await askedForChanges(email);
    const { manager } = await anOrganization(email);
    expect(await inboxOf(manager)).toEqual([asked.id]);
  });

  it('list their cases by kind and stage, page by page, and nobody else’s', async () => {
    const { manager, email } = await anOrganization();
    const acting = { type: 'member', member: manager } as const;
    const asked = await askedForChanges(email);
    for (let index = 0; index < 5; index++) await sent(email, { lines: [{ item: `口罩 ${index}`, quantity: 5 }] });
    await sent(anAddress());
    const all: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await listVisible(hub.table, acting, { kinds: ['need'], cursor, limit: 2 });
      expect(page.items.length).toBeLessThanOrEqual(2);
      all.push(...page.items.map(({ id }) => id));
      cursor = page.nextCursor ?? undefined;
    } while (cursor);
    expect(all).toEqual(await ownIds(manager.party));
    expect(all).toHaveLength(6);
    const of = async (kinds: readonly Kind[], stage?: string) =>
      (await listVisible(hub.table, acting, { kinds, stage, limit: 25 })).items.map(({ id }) => id);
    expect(await of(['need'], 'changes-requested')).toEqual([asked.id]);
    expect(await of(['grant', 'insurance'])).toEqual([]);
  });
});
