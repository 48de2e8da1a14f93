import { DeleteItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import type { DynamoDBRecord } from 'aws-lambda';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Fault } from '../../cdk/cli/audit/faults.ts';
import { verifyAudit } from '../../cdk/cli/audit/verify.ts';
import { anchorBatch } from '../../functions/relay/anchor.ts';
import { declareInterest } from '../../shared/answering/interests.ts';
import { personKey } from '../../shared/answering/person-key.ts';
import { nameStandIn, revokeStandIn } from '../../shared/answering/stand-ins.ts';
import { recordTrace } from '../../shared/audit/record.ts';
import { closeProgramme, makeOffer } from '../../shared/case/catalogue.ts';
import { MemberId, type OfferId, PartyId, ProgrammeId } from '../../shared/domain/ids.ts';
import { instant } from '../../shared/domain/time.ts';
import type { Case } from '../../shared/kinds/case.ts';
import { enterMember } from '../../shared/people/enter-member.ts';
import { changeRoles, removeMember } from '../../shared/people/members.ts';
import { confirmAddress, registerOrganization } from '../../shared/people/organization.ts';
import { deriveKey } from '../../shared/secrets/derive-key.ts';
import { letterSecret } from '../../shared/secrets/letter-link.ts';
import { listAddresses } from '../../shared/store/addresses.ts';
import type { Hub } from '../../shared/store/hub.ts';
import { keys } from '../../shared/store/keys.ts';
import { readProgramme } from '../../shared/store/programmes.ts';
import { sessionHash, startSession } from '../../shared/store/sessions.ts';
import { standInsOfParty } from '../../shared/store/stand-ins.ts';
import { type Item, toItem } from '../../shared/store/table.ts';
import { carryOn } from '../engine/carry-on.ts';
import { contentsOf } from '../engine/contents.ts';
import { type HubStand, startHub } from '../engine/hub-stand.ts';
import { type ObjectService, startObjectService } from '../engine/object-service.ts';
import {
  aCaseIn,
  anEnteredHub,
  answer,
  answerWith,
  broughtTo,
  day,
  openProgramme,
  person,
  taskOf,
} from '../factory/hub.ts';

const BUCKET = 'locked';
const fund = ProgrammeId.parse('fund');
let stand: HubStand;
let objects: ObjectService;
let hub: Hub;
let reviewing: Case;
let escalated: Case;
let offered: OfferId;

const acting = (who: string) => ({ type: 'member', member: person(who) }) as const;
const river = PartyId.parse('river-foundation');

/** What the stream brings to the relay. */
async function anchorAll(): Promise<void> {
  const items = (await contentsOf(hub.table)).filter(({ anchor }) => anchor === 'yes');
  const Records = items.map(
    (item, index): DynamoDBRecord => ({
      eventName: 'INSERT',
      dynamodb: { SequenceNumber: String(index), NewImage: JSON.parse(JSON.stringify(toItem(item))) },
    }),
  );
  expect(await anchorBatch({ s3: objects.client(), bucket: BUCKET }, { Records })).toEqual({ batchItemFailures: [] });
}

const back = (amount: number) => ({ outcome: 'returned', amount, returnedOn: day(0), reference: 'R1' });

/** Grants of whose money something comes back, is owed still, is not asked back, or never arrived. */
async function moneyComesBack(): Promise<void> {
  const programme = (await openProgramme(hub, { id: 'given-back' })).id;
  const unspent = async () => {
    const subject = await aCaseIn(hub, 'grant', 'delivering', { programme });
    await answer(hub, subject, { spent: 60_000 });
    return broughtTo(hub, subject, 'returning');
  };
  await answerWith(hub, await unspent(), back(15_000));
  const waived = await unspent();
  await answerWith(hub, waived, { outcome: 'waiver-asked', amount: 30_000, reason: '没有用完' });
  await answer(hub, await carryOn(hub, waived.id));
  const stopped = await aCaseIn(hub, 'grant', 'returning', { programme });
  await answerWith(hub, stopped, back(70_000));
  await answer(hub, await aCaseIn(hub, 'grant', 'stopping', { programme }));
  await aCaseIn(hub, 'grant', 'payment-failed', { programme });
  const { reserved, paid, returned } = (await readProgramme(hub.table, programme)) ?? {};
  expect({ reserved, paid, returned }).toEqual({ reserved: 100_000, paid: 300_000, returned: 120_000 });
}

/** An ordinary day: people come, go, stand in for one another, approve; an organization registers. */
async function liveThrough(): Promise<void> {
  await openProgramme(hub, { id: 'fund' });
  await openProgramme(hub, { id: 'closed-fund' });
  await closeProgramme(hub, ProgrammeId.parse('closed-fund'), person('funder-approver'));
  reviewing = await aCaseIn(hub, 'grant', 'reviewing');
  const agreed = await aCaseIn(hub, 'grant', 'agreement');
  await answer(hub, agreed);
  const rejected = await aCaseIn(hub, 'grant', 'second-approval', { budget: [{ description: 'x', amount: 400_000 }] });
  await answer(hub, rejected, { outcome: 'rejected', reason: '不需要了' });
  // nobody else reviews: it goes to who leads, and stays there
  escalated = await aCaseIn(hub, 'grant', 'reviewing');
  for (const who of ['funder-reviewer', 'many-roles'])
    await declareInterest(hub, escalated.id, { reason: 'close-person' }, acting(who));
  await moneyComesBack();
  const offer = await makeOffer(hub, { title: '口罩', itemGroup: 'masks', amount: 5000 }, person('funder-approver'));
  offered = offer.id;
  const matched = await answer(hub, await aCaseIn(hub, 'need', 'matching'), { offer: offered });
  await broughtTo(hub, matched, 'dispatching');
  await aCaseIn(hub, 'insurance', 'binding');
  await aCaseIn(hub, 'need', 'in-transit');
  await aCaseIn(hub, 'need', 'verifying', { contact: { name: '某某', phone: '027-0000 1234' } });
  const { id: member, party } = person('funder-reviewer');
  await recordTrace(hub.table, { type: 'signed-in', by: { type: 'member', member, party }, door: 'console' });
  await signIn('funder-reviewer', 'a cookie');
  const leaver = { ...person('funder-finance'), id: MemberId.parse('leaver'), email: 'leaver@example.org' };
  await enterMember(hub.table, leaver);
  await changeRoles(hub.table, person('funder-approver'), 'leaver', { roles: ['reviewer', 'finance'] });
  await removeMember(hub.table, person('funder-approver'), 'leaver', { reason: '离开' });
  const colleague = personKey(person('funder-second-approver').id);
  const named = { standIn: colleague, from: day(0), to: day(5) };
  const ended = await nameStandIn(hub.table, named, acting('funder-approver'), 'console');
  await revokeStandIn(hub.table, ended, acting('funder-approver'), 'console');
  await nameStandIn(hub.table, named, acting('funder-approver'), 'console');
  await enterMember(hub.table, {
    ...person('hub-coordinator'),
    id: MemberId.parse('second-account'),
    email: 'funder-finance+hub@example.org',
  });
  await signIn('station-manager', 'before-they-registered');
  const form = { organization: '新站', email: 'new-station@example.org', name: '某某', language: 'zh' };
  const manager = await registerOrganization(hub, MemberId.parse('station-manager'), form);
  const [address] = await listAddresses(hub.table, manager.party);
  const { hash = '', version = 0 } = address ?? {};
  const link = { party: manager.party, id: hash, version };
  await confirmAddress(hub, manager.id, letterSecret(await deriveKey(hub.macKeyId, 'letter'), 'address', link));
}

const HOUR = 3_600_000;
async function signIn(who: string, cookie: string): Promise<void> {
  const [startedAt, endsAt] = [instant(Date.now()), instant(Date.now() + HOUR)];
  const session = { member: MemberId.parse(who), startedAt, endsAt, askAgainAt: endsAt, revision: 1 };
  await startSession(hub.table, sessionHash(cookie), session);
}

beforeAll(async () => {
  vi.spyOn(console, 'log').mockImplementation(() => {});
  [stand, objects] = [await startHub(anEnteredHub), await startObjectService()];
  ({ hub } = stand);
  await liveThrough();
  await anchorAll();
}, 120_000);
afterAll(async () => {
  await stand.stop();
  await objects.stop();
});

async function faults(): Promise<Fault[]> {
  const found: Fault[] = [];
  await verifyAudit(hub.table, objects.client(), BUCKET, (fault) => void found.push(fault));
  return found;
}

const undo: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const each of undo.splice(0).reverse()) await each();
});

interface Place {
  readonly pk: string;
  readonly sk: string;
}

/** Somebody with all power over the table writes an item behind the back of everything, or takes it away. */
async function tamper({ pk, sk }: Place, change: (item: Item) => Item | undefined): Promise<void> {
  const { client, name: TableName } = hub.table;
  const before = (await contentsOf(hub.table)).find((item) => item.pk === pk && item.sk === sk);
  const put = (item: Item | undefined) =>
    item
      ? client.send(new PutItemCommand({ TableName, Item: toItem(item) }))
      : client.send(new DeleteItemCommand({ TableName, Key: toItem({ pk, sk }) }));
  await put(change(structuredClone(before ?? { pk, sk })));
  undo.push(async () => void (await put(before)));
}

const withData = (change: object) => (item: Item) => ({ ...item, data: { ...Object(item.data), ...change } });
const whats = async () => (await faults()).map(({ what }) => what);

describe('npm run audit:verify computes again who may do what', () => {
  it('and finds nothing after an ordinary day', async () => {
    expect(await faults()).toEqual([]);
  });

  it('a member with other roles, in either copy', async () => {
    const { id, party } = person('funder-reviewer');
    for (const place of [keys.member(id, party), keys.memberOfParty(party, id)]) {
      await tamper(place, withData({ roles: ['reviewer', 'approver'] }));
      expect(await whats()).toEqual(['roles-altered']);
      await undo.pop()?.();
    }
  });

  it('a member whom nobody let in, and one whom somebody took away', async () => {
    const { id, party } = person('funder-finance');
    const forged = MemberId.parse('forged');
    const copy = (await contentsOf(hub.table)).find(({ sk }) => sk === keys.memberOfParty(party, id).sk);
    for (const place of [keys.member(forged, party), keys.memberOfParty(party, forged)])
      await tamper(place, () => ({ ...copy, ...place, data: { ...Object(copy?.data), id: forged } }));
    expect(await whats()).toEqual(['member-added']);
    await tamper(keys.memberOfParty(party, id), () => undefined);
    expect((await whats()).sort()).toEqual(['member-added', 'member-removed']);
  });

  it('what a programme has left', async () => {
    await tamper(keys.programme(fund), (item) => ({ ...item, available: Number(item.available) * 250 }));
    expect(await whats()).toEqual(['balance-altered']);
  });

  it('what a programme has paid, and what was given back to it', async () => {
    for (const name of ['available', 'paid', 'returned']) {
      await tamper(keys.programme('given-back'), (item) => ({ ...item, [name]: Number(item[name]) + 1 }));
      expect(await whats()).toEqual(['balance-altered']);
      await undo.pop()?.();
    }
  });

  it('what an offer has left', async () => {
    await tamper(keys.offer(offered), (item) => ({ ...item, available: Number(item.available) + 100 }));
    expect(await whats()).toEqual(['balance-altered']);
  });

  it('what an offer is for, how much, whose, and that there was one', async () => {
    const whole = (amount: number) => (item: Item) => ({
      ...withData({ amount })(item),
      available: Number(item.available) + amount - 5000,
    });
    for (const change of [withData({ itemGroup: 'gloves' }), withData({ party: 'lantern-foundation' }), whole(9000)]) {
      await tamper(keys.offer(offered), change);
      expect(await whats()).toEqual(['offer-altered']);
      await undo.pop()?.();
    }
    await tamper(keys.offer(offered), () => undefined);
    expect(await whats()).toEqual(['offer-altered']);
    await undo.pop()?.();
    await tamper(keys.programme('closed-fund'), () => undefined);
    expect(await whats()).toEqual(['programme-altered']);
  });

  it('who is signed in: a session that is put in, also in no list, and one that is made another’s', async () => {
    const place = keys.session(sessionHash('a cookie'));
    const real = (await contentsOf(hub.table)).find(({ pk }) => pk === place.pk);
    const startedAt = instant(Date.now());
    const forged = keys.session(sessionHash('whoever has the table chose this'));
    await tamper(forged, () => ({ ...withData({ member: 'hub-lead', startedAt })({ ...real }), ...forged }));
    expect(await faults()).toEqual([{ what: 'session-added', chain: '', where: `${forged.pk} ${forged.sk}` }]);
    await undo.pop()?.();
    for (const change of [{ member: 'funder-approver' }, { startedAt: '2020-01-01T00:00:00.000Z' }]) {
      await tamper(place, withData(change));
      expect(await whats()).toEqual(['session-added']);
      await undo.pop()?.();
    }
  });

  it('the name and the mail address of a member, in either copy', async () => {
    const { id, party } = person('funder-second-approver');
    const changed = (change: object) => (item: Item) => ({
      ...item,
      personal: JSON.stringify({ ...JSON.parse(String(item.personal)), ...change }),
    });
    for (const place of [keys.member(id, party), keys.memberOfParty(party, id)]) {
      for (const change of [{ email: 'somebody-else@example.org' }, { name: '别人' }, { salt: 'AAAA' }]) {
        await tamper(place, changed(change));
        expect(await whats()).toEqual(['member-altered']);
        await undo.pop()?.();
      }
    }
  });

  it('the name of an organization that registered itself', async () => {
    const station = (await contentsOf(hub.table)).find(({ data }) => Object(data).name === '新站');
    await tamper({ pk: String(station?.pk), sk: String(station?.sk) }, withData({ name: '江城第一医院' }));
    expect(await whats()).toEqual(['party-altered']);
  });

  it('names what is from before anything was kept that it could be held against', async () => {
    const compared = async () => (await verifyAudit(hub.table, objects.client(), BUCKET, () => {})).notComparable;
    expect(await compared()).toEqual([]);
    const before = (await contentsOf(hub.table)).filter(
      ({ pk }) => pk === keys.party('').pk || pk === keys.programme('').pk || pk === keys.offer('').pk,
    );
    const older = [keys.party('older-party'), keys.programme('older-programme'), keys.offer('older-offer')];
    for (const place of older) {
      const like = before.find(({ pk }) => pk === place.pk);
      const id = place.sk.split('#').at(-1);
      await tamper(place, () => ({ ...withData({ id })({ ...like }), ...place }));
    }
    expect(await compared()).toEqual(older.map(({ pk, sk }) => `${pk} ${sk}`));
  });

  it('above what a programme asks for a second approval, its budget, and that it was closed', async () => {
    await tamper(keys.programme(fund), withData({ secondApprovalAbove: 10_000_000 }));
    expect(await whats()).toEqual(['programme-altered']);
    await undo.pop()?.();
    await tamper(keys.programme(fund), (item) => ({
      ...withData({ budget: 20_000_000 })(item),
      available: Number(item.available) + 10_000_000,
    }));
    expect(await whats()).toEqual(['programme-altered']);
    await undo.pop()?.();
    await tamper(keys.programme('closed-fund'), (item) => {
      const { closedAt: _, ...data } = Object(item.data);
      return { ...item, data };
    });
    expect(await whats()).toEqual(['programme-altered']);
  });

  it('to whom a question is put, one that was handed over too, and one that nobody asked', async () => {
    const other = { type: 'party', party: 'lantern-foundation', roles: ['approver'] };
    await tamper(keys.task(taskOf(reviewing)), withData({ assignee: other }));
    expect(await whats()).toContain('task-altered');
    await undo.pop()?.();
    await tamper(
      keys.task(taskOf(escalated)),
      withData({ assignee: { type: 'party', party: river, roles: ['reviewer'] } }),
    );
    expect(await whats()).toContain('task-altered');
    await undo.pop()?.();
    const asked = (await contentsOf(hub.table)).find(({ sk }) => sk === keys.task(taskOf(reviewing)).sk);
    const forged = { pk: keys.case(reviewing.id).pk, sk: `TASK#${reviewing.id}-99` };
    await tamper(forged, () => ({ ...asked, ...forged, data: { ...Object(asked?.data), id: `${reviewing.id}-99` } }));
    expect(await whats()).toContain('task-altered');
  });

  it('who stands in for whom: put in, and an end that is undone', async () => {
    const [named] = await standInsOfParty(hub.table, river);
    const place = keys.standIns(river, person('funder-approver').id);
    const [, now] = named?.list ?? [];
    await tamper(
      place,
      withData({ list: [...(named?.list ?? []), { ...now, id: 'put-in', standIn: 'funder-finance' }] }),
    );
    expect(await whats()).toEqual(['stand-in-altered']);
    await undo.pop()?.();
    await tamper(place, withData({ list: named?.list.map(({ revokedAt: _at, revokedBy: _by, ...one }) => one) }));
    expect(await whats()).toEqual(['stand-in-altered']);
    await undo.pop()?.();
    await tamper(place, () => undefined);
    expect(await whats()).toEqual(['stand-in-altered']);
  });

  it('the hub above a hub', async () => {
    await tamper(keys.party('hub'), withData({ parent: 'lantern-foundation' }));
    expect(await whats()).toEqual(['party-altered']);
  });

  it('by what a case and a question are found', async () => {
    for (const name of ['organizationPk', 'hubPk', 'partnerPk', 'stageSk', 'ownerPk']) {
      await tamper(keys.case(reviewing.id), (item) => ({ ...item, [name]: 'ELSEWHERE#1' }));
      expect(await whats()).toContain('index-altered');
      await undo.pop()?.();
    }
    await tamper(keys.task(taskOf(reviewing)), ({ inboxPk: _, ...item }) => item);
    expect(await whats()).toEqual(['index-altered']);
  });

  it('which accounts are one person’s', async () => {
    await tamper(keys.accounts(MemberId.parse('second-account')), () => undefined);
    expect(await whats()).toEqual(['account-unlinked']);
  });

  it('which address is an organization’s own', async () => {
    const owner = (await contentsOf(hub.table)).find(({ entity }) => entity === 'address-owner');
    const place = { pk: String(owner?.pk), sk: String(owner?.sk) };
    await tamper(place, (item) => ({ ...item, party: 'river-hospital' }));
    expect(await whats()).toEqual(['address-altered']);
  });

  it('that the members of an organization keep away from its cases', async () => {
    const hidden = (await contentsOf(hub.table)).find(
      ({ pk, memberOf }) => pk === keys.interests(person('org-applicant').id) && memberOf !== undefined,
    );
    await tamper({ pk: String(hidden?.pk), sk: String(hidden?.sk) }, () => undefined);
    expect(await whats()).toEqual(['membership-hidden']);
  });
});
