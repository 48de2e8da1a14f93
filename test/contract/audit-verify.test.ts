import { DeleteItemCommand, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { DeleteObjectCommand, ListObjectVersionsCommand, type S3Client } from '@aws-sdk/client-s3';
import type { DynamoDBRecord } from 'aws-lambda';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Fault } from '../../cdk/cli/audit/faults.ts';
import { verifyAudit } from '../../cdk/cli/audit/verify.ts';
import { anchorRest } from '../../functions/jobs/anchor-rest.ts';
import { anchorBatch } from '../../functions/relay/anchor.ts';
import { declaredInterests, declareInterest, retractInterest } from '../../shared/answering/interests.ts';
import { peopleChain, recordTrace, recordView } from '../../shared/audit/record.ts';
import type { Case } from '../../shared/kinds/case.ts';
import { invite } from '../../shared/people/invite.ts';
import { changeRoles } from '../../shared/people/members.ts';
import { organizationKey } from '../../shared/store/case-item.ts';
import { readCase } from '../../shared/store/cases.ts';
import type { Hub } from '../../shared/store/hub.ts';
import { indexKeys, keys } from '../../shared/store/keys.ts';
import { type Item, toItem } from '../../shared/store/table.ts';
import { traceHash } from '../../shared/store/traces.ts';
import { contentsOf } from '../engine/contents.ts';
import { type HubStand, startHub } from '../engine/hub-stand.ts';
import { type ObjectService, startObjectService } from '../engine/object-service.ts';
import { aMember } from '../factory/cases.ts';
import { aCaseIn, anEnteredHub, answer, openProgramme, person, submitted } from '../factory/hub.ts';

const BUCKET = 'locked';
let stand: HubStand;
let objects: ObjectService;
let s3: S3Client;
let hub: Hub;
let subject: Case;

beforeAll(async () => {
  for (const level of ['log', 'warn', 'error'] as const) vi.spyOn(console, level).mockImplementation(() => {});
  [stand, objects] = [await startHub(anEnteredHub), await startObjectService()];
  s3 = objects.client();
  ({ hub } = stand);
  await openProgramme(hub, { id: 'fund' });
  const grant = await aCaseIn(hub, 'grant', 'approving');
  await answer(hub, grant);
  const need = await aCaseIn(hub, 'need', 'approving');
  // a part is given: the rest goes on as a linked need
  await answer(hub, need, { outcome: 'approved', lines: [{ line: 'L1', quantity: 1 }] });
  subject = grant;
  await recordView(hub.table, { cases: [grant.id], shown: ['contact'], by: aMember(), door: 'console' });
  await recordView(hub.table, {
    cases: [grant.id],
    shown: ['identity'],
    by: aMember(),
    door: 'console',
    reason: '核对',
  });
  await recordTrace(hub.table, { type: 'signed-in', by: aMember(), door: 'console' });
  await anchorAll();
}, 60_000);
afterAll(async () => {
  await stand.stop();
  await objects.stop();
});

function recordsOf(items: readonly Item[]): DynamoDBRecord[] {
  return items.map((item, index) => ({
    eventName: 'INSERT',
    dynamodb: { SequenceNumber: String(index), NewImage: JSON.parse(JSON.stringify(toItem(item))) },
  }));
}

/** What the stream brings to the relay, in batches. */
async function anchorAll(): Promise<void> {
  const items = (await contentsOf(hub.table)).filter(({ anchor }) => anchor === 'yes');
  for (let start = 0; start < items.length; start += 7) {
    const Records = recordsOf(items.slice(start, start + 7));
    expect(await anchorBatch({ s3, bucket: BUCKET }, { Records })).toEqual({ batchItemFailures: [] });
  }
}

async function faults(): Promise<Fault[]> {
  const found: Fault[] = [];
  await verifyAudit(hub.table, s3, BUCKET, (fault) => void found.push(fault));
  return found;
}

let known = new Set<string>();
/** What is found that was not there before the test: an anchor that was written cannot be taken back. */
async function fresh(): Promise<Fault[]> {
  return (await faults()).filter((fault) => !known.has(JSON.stringify(fault)));
}

/** Somebody with all power over the table changes an item behind the back of everything. */
async function tamper(key: { pk: string; sk: string }, change: (item: Item) => Item | undefined): Promise<void> {
  const item = (await contentsOf(hub.table)).find(({ pk, sk }) => pk === key.pk && sk === key.sk);
  if (!item) throw new Error(`nothing at ${key.pk} ${key.sk}`);
  const { client, name } = hub.table;
  // sealed as it is, to be put back
  const { Item: before } = await client.send(new GetItemCommand({ TableName: name, Key: toItem({ ...key }) }));
  const after = change(structuredClone(item));
  await client.send(new DeleteItemCommand({ TableName: name, Key: toItem({ pk: key.pk, sk: key.sk }) }));
  if (after) await client.send(new PutItemCommand({ TableName: name, Item: toItem(after) }));
  undo.push(async () => {
    if (after) {
      await client.send(new DeleteItemCommand({ TableName: name, Key: toItem({ pk: after.pk, sk: after.sk }) }));
    }
    await client.send(new PutItemCommand({ TableName: name, Item: before }));
  });
}

const undo: (() => Promise<void>)[] = [];
beforeEach(async () => {
  for (const each of undo.splice(0).reverse()) await each();
  known = new Set((await faults()).map((fault) => JSON.stringify(fault)));
});

describe('npm run audit:verify', () => {
  it('finds nothing in a table that nobody touched, and says how much it looked at', async () => {
    const told: Fault[] = [];
    const report = await verifyAudit(hub.table, s3, BUCKET, (fault) => void told.push(fault));
    expect(told).toEqual([]);
    const chained = (await contentsOf(hub.table)).filter(({ anchor }) => anchor === 'yes');
    expect(report).toMatchObject({ faults: 0, entries: chained.length, anchors: chained.length });
  });

  it('names the case and version of an altered event', async () => {
    await tamper(keys.event(subject.id, 3), (item) => ({ ...item, data: { ...Object(item.data), on: 'rejected' } }));
    expect(await faults()).toEqual([
      { what: 'altered', chain: `case/${subject.id}`, seq: 3, where: `CASE#${subject.id} EVENT#000003` },
    ]);
  });

  it('finds an event that was removed from the middle', async () => {
    await tamper(keys.event(subject.id, 2), () => undefined);
    expect(await faults()).toMatchObject([{ what: 'removed', chain: `case/${subject.id}`, seq: 2 }]);
  });

  it('finds a removed tail, also when the case was put back to what it was before', async () => {
    const now = await readCase(hub.table, subject.id);
    const version = now?.version ?? 0;
    await tamper(keys.event(subject.id, version), () => undefined);
    expect((await faults()).map(({ what }) => what)).toEqual(['removed', 'not-the-head']);
    const before = (await contentsOf(hub.table)).find(
      ({ sk, pk }) => pk === keys.case(subject.id).pk && sk === keys.event(subject.id, version - 1).sk,
    );
    await tamper(keys.case(subject.id), (item) => ({
      ...item,
      version: version - 1,
      data: { ...Object(item.data), version: version - 1, chain: Object(before?.link).hash },
    }));
    expect((await faults()).map(({ what, seq }) => [what, seq])).toContainEqual(['removed', version]);
  });

  it('finds events that changed places', async () => {
    const [two, three] = [keys.event(subject.id, 2), keys.event(subject.id, 3)];
    const items = await contentsOf(hub.table);
    const at = (key: typeof two) => items.find(({ pk, sk }) => pk === key.pk && sk === key.sk);
    await tamper(two, () => ({ ...at(three), ...two }));
    await tamper(three, () => ({ ...at(two), ...three }));
    expect((await faults()).map(({ what, seq }) => `${what} ${seq}`)).toEqual(
      expect.arrayContaining(['misplaced 2', 'misplaced 3']),
    );
  });

  it('finds a case that was altered, and a decision that says something else now', async () => {
    await tamper(keys.case(subject.id), (item) => {
      const data = structuredClone(Object(item.data));
      data.decisions[0].reason = '别的理由';
      return { ...item, data };
    });
    expect((await faults()).map(({ what }) => what)).toEqual(['case-altered', 'decision-altered']);
  });

  it('finds a case that is gone whole, and one that another names', async () => {
    const items = await contentsOf(hub.table);
    const child = items.find(({ entity, data }) => entity === 'case' && Object(data).parent);
    const id = String(Object(child?.data).id);
    for (const { pk, sk } of items.filter(({ pk }) => pk === `CASE#${id}`)) {
      await tamper({ pk: String(pk), sk: String(sk) }, () => undefined);
    }
    expect((await faults()).filter(({ what }) => what === 'missing')).toHaveLength(2);
  });

  it('finds a table that was rolled back', async () => {
    const later = await aCaseIn(hub, 'grant', 'approving');
    await anchorAll();
    const items = (await contentsOf(hub.table)).filter(({ pk }) => pk === keys.case(later.id).pk);
    for (const { pk, sk } of items) await tamper({ pk: String(pk), sk: String(sk) }, () => undefined);
    expect(await faults()).toMatchObject([{ what: 'missing', chain: `case/${later.id}` }]);
  });

  it('finds a removed view, and a reason that was put in the place of another', async () => {
    await tamper(keys.trace(subject.id, 2), (item) => ({
      ...item,
      personal: String(item.personal).replace('核对', '别的'),
    }));
    expect(await faults()).toMatchObject([{ what: 'reason-altered', chain: `trace/${subject.id}`, seq: 2 }]);
    await tamper(keys.trace(subject.id, 2), () => undefined);
    await tamper(keys.traceHead(subject.id), (item) => ({ ...item, seq: 1 }));
    expect((await faults()).map(({ what }) => what)).toEqual(['removed', 'not-the-head']);
  });

  it('finds what is personal gone from a case that nobody erased, and a reason from its trail', async () => {
    await tamper(keys.case(subject.id), ({ personal: _gone, ...item }) => item);
    expect(await faults()).toMatchObject([{ what: 'case-altered', chain: `case/${subject.id}` }]);
    await tamper(keys.trace(subject.id, 2), ({ personal: _gone, ...item }) => item);
    expect(await fresh()).toContainEqual(
      expect.objectContaining({ what: 'reason-removed', chain: `trace/${subject.id}`, seq: 2 }),
    );
  });

  it('finds entries that an export of their time would leave out', async () => {
    await tamper(keys.event(subject.id, 2), (item) => ({ ...item, hourPk: 'HOUR#2000-01-01T00' }));
    await tamper(keys.trace(subject.id, 1), ({ hourPk: _pk, hourSk: _sk, ...item }) => item);
    // a shard that nobody reads
    await tamper(keys.trace(subject.id, 2), (item) => ({ ...item, hourPk: `${item.hourPk}~${hub.table.shards}` }));
    // chains are looked at side by side
    expect((await faults()).map(({ what, chain, seq }) => `${what} ${chain} ${seq}`).sort()).toEqual([
      `hidden case/${subject.id} 2`,
      `hidden trace/${subject.id} 1`,
      `hidden trace/${subject.id} 2`,
    ]);
  });

  it('tells of what was changed under its seal, and goes on', async () => {
    const { client, name: TableName } = hub.table;
    const { Item } = await client.send(new GetItemCommand({ TableName, Key: toItem({ ...keys.case(subject.id) }) }));
    const { key, box } = Item?.sealed?.M ?? {};
    if (!key || !box?.B) throw new Error('nothing is sealed in the case');
    const B = Uint8Array.from(box.B, (byte, index) => (index === 20 ? byte ^ 1 : byte));
    await client.send(new PutItemCommand({ TableName, Item: { ...Item, sealed: { M: { key, box: { B } } } } }));
    const found = await faults();
    await client.send(new PutItemCommand({ TableName, Item }));
    expect(found).toMatchObject([{ what: 'unreadable', chain: `case/${subject.id}` }]);
  });

  it('uses an anchor that was deleted, and tells that it was', async () => {
    const { Versions = [] } = await s3.send(new ListObjectVersionsCommand({ Bucket: BUCKET }));
    await s3.send(new DeleteObjectCommand({ Bucket: BUCKET, Key: Versions[0]?.Key }));
    const found = await faults();
    expect(found).toMatchObject([{ what: 'covered', where: Versions[0]?.Key }]);
  });
});

describe('somebody who rewrites a chain so that it holds by itself', () => {
  /** Every link and the head are made anew from an entry on, as who knows the code would. */
  async function chainAnew(from: number, change: (trace: object) => object): Promise<void> {
    const items = (await contentsOf(hub.table)).filter(
      ({ entity, chain }) => entity === 'trace' && chain === subject.id,
    );
    let previous = String(Object(items.find(({ seq }) => seq === from)?.link).previous);
    for (const { seq } of items.filter((item) => Number(item.seq) >= from)) {
      await tamper(keys.trace(subject.id, Number(seq)), (item) => {
        const data = Number(seq) === from ? change(Object(item.data)) : Object(item.data);
        const link = { ...Object(item.link), previous, hash: traceHash(previous, data, Object(item.link).reason) };
        previous = link.hash;
        return { ...item, data, link };
      });
    }
    await tamper(keys.traceHead(subject.id), (item) => ({ ...item, hash: previous }));
  }

  it('is found by what was anchored, from the forged entry to the end', async () => {
    await chainAnew(1, (trace) => ({ ...trace, by: { type: 'workflow' } }));
    expect((await fresh()).map(({ what, seq }) => `${what} ${seq}`)).toEqual(['rewritten 1', 'rewritten 2']);
  });

  it('is found too when the new entry was anchored as well', async () => {
    await chainAnew(2, (trace) => ({ ...trace, door: 'api' }));
    const forged = (await contentsOf(hub.table)).filter(
      ({ entity, chain }) => entity === 'trace' && chain === subject.id,
    );
    await anchorBatch({ s3, bucket: BUCKET }, { Records: recordsOf(forged) });
    expect(await fresh()).toMatchObject([{ what: 'rewritten', chain: `trace/${subject.id}`, seq: 2 }]);
  });

  it('finds an entry that was put in at the end, bound to the one before and named by the head', async () => {
    const last = (await contentsOf(hub.table)).find(
      ({ entity, chain, seq }) => entity === 'trace' && chain === subject.id && seq === 2,
    );
    const long = { ...Object(last?.data), at: '2020-02-02T02:02:02.000Z' };
    const previous = Object(last?.link).hash;
    const link = { previous, hash: traceHash(previous, long, undefined) };
    const { client, name } = hub.table;
    const key = keys.trace(subject.id, 3);
    const hour = { hourPk: indexKeys.hour(long.at), hourSk: indexKeys.inHour(long.at, key) };
    const forged = { ...last, ...key, ...hour, seq: 3, data: long, link, personal: undefined };
    await client.send(new PutItemCommand({ TableName: name, Item: toItem(forged) }));
    await tamper(keys.traceHead(subject.id), (item) => ({ ...item, seq: 3, hash: link.hash }));
    const found = await fresh();
    await client.send(new DeleteItemCommand({ TableName: name, Key: toItem({ ...keys.trace(subject.id, 3) }) }));
    expect(found).toMatchObject([{ what: 'unanchored', chain: `trace/${subject.id}`, seq: 3 }]);
  });
});

describe('the people of a party', () => {
  it('are a chain too: who removes that somebody was invited or given a role is found', async () => {
    const lead = person('funder-approver');
    await invite(hub, lead, { email: 'chained@example.org', language: 'zh', roles: ['finance'] });
    await changeRoles(hub.table, lead, 'funder-reviewer', { roles: ['reviewer', 'finance'] });
    await changeRoles(hub.table, lead, 'funder-reviewer', { roles: ['reviewer'] });
    await anchorAll();
    expect(await fresh()).toEqual([]);
    const chain = peopleChain(lead.party);
    await tamper(keys.trace(chain, 2), () => undefined);
    expect(await fresh()).toMatchObject([{ what: 'removed', chain: `trace/${chain}`, seq: 2 }]);
  });
});

describe('the interests that people declared', () => {
  const acting = (who: string) => ({ type: 'member', member: person(who) }) as const;
  const reason = 'close-person';

  it('are held against the events: one that was removed, put back or made up is named, and nothing that was done rightly', async () => {
    const organization = { organization: '利益声明社区' };
    const first = await aCaseIn(hub, 'grant', 'reviewing', organization);
    const other = await aCaseIn(hub, 'grant', 'reviewing', organization);
    await declareInterest(hub, first.id, { reason, standing: true }, acting('funder-reviewer'));
    await declareInterest(hub, other.id, { reason }, acting('many-roles'));
    const [made] = await declaredInterests(hub.table, other, acting('many-roles'));
    await retractInterest(hub, other.id, { interest: made?.id }, acting('funder-approver'));
    await anchorAll();
    expect(await fresh()).toEqual([]);

    const one = keys.interest(person('funder-reviewer').id, first.id);
    const all = keys.standingInterest(person('funder-reviewer').id, organizationKey(organization.organization));
    const back = keys.interest(person('many-roles').id, other.id);
    const faultAt = (what: string, { pk, sk }: { pk: string; sk: string }) => ({ what, where: `${pk} ${sk}` });
    await tamper(one, () => undefined);
    await tamper(all, ({ declared: _, ...item }) => item);
    await tamper(back, (item) => ({ ...item, declared: 'yes' }));
    // and somebody who never declared anything is kept away from a case
    const forged = { ...keys.interest(person('funder-finance').id, first.id), entity: 'interest', declared: 'yes' };
    await hub.table.client.send(new PutItemCommand({ TableName: hub.table.name, Item: toItem(forged) }));
    const found = await fresh();
    expect(found).toHaveLength(4);
    expect(found).toEqual(
      expect.arrayContaining([
        expect.objectContaining(faultAt('interest-removed', one)),
        expect.objectContaining(faultAt('interest-removed', all)),
        expect.objectContaining(faultAt('interest-added', back)),
        expect.objectContaining(faultAt('interest-added', forged)),
      ]),
    );
    const { pk, sk } = forged;
    await hub.table.client.send(new DeleteItemCommand({ TableName: hub.table.name, Key: toItem({ pk, sk }) }));
  });
});

describe('the interests in an organization with an account', () => {
  const acting = (who: string) => ({ type: 'member', member: person(who) }) as const;
  const send = (organization: string) => submitted(hub, 'grant', { organization }, { member: person('org-manager') });

  it('are held against the events by its account too, also when they are taken back under another name', async () => {
    const [first, other] = [await send('利益声明一院'), await send('利益声明二院')];
    await declareInterest(hub, first.id, { reason: 'money', standing: true }, acting('funder-reviewer'));
    await anchorAll();
    expect(await fresh()).toEqual([]);
    const [reviewer, account] = [person('funder-reviewer').id, person('org-manager').party];
    const key = keys.standingInterest(reviewer, indexKeys.ofOrganization(account));
    await tamper(key, ({ declared: _, ...item }) => item);
    expect(await fresh()).toMatchObject([{ what: 'interest-removed', where: `${key.pk} ${key.sk}` }]);
    await undo.pop()?.();
    const [declared] = await declaredInterests(hub.table, other, acting('funder-approver'));
    await retractInterest(hub, other.id, { interest: declared?.id }, acting('funder-approver'));
    await anchorAll();
    expect(await fresh()).toEqual([]);
    await tamper(key, (item) => ({ ...item, declared: 'yes' }));
    expect(await fresh()).toMatchObject([{ what: 'interest-added', where: `${key.pk} ${key.sk}` }]);
  });
});

describe('anchoring', () => {
  it('is made good by the sweep for what the stream lost, once, and a tail that is cut off then is found', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    try {
      const lost = await aCaseIn(hub, 'grant', 'approving');
      await recordView(hub.table, { cases: [lost.id], shown: ['contact'], by: aMember(), door: 'console' });
      vi.setSystemTime(Date.now() + 3_600_000);
      const before = await contentsOf(hub.table);
      await recordTrace(hub.table, { type: 'signed-in', by: aMember(), door: 'console' });
      const later = (await contentsOf(hub.table)).filter(
        ({ entity, pk, sk }) => entity === 'trace' && !before.some((item) => item.pk === pk && item.sk === sk),
      );
      await anchorBatch({ s3, bucket: BUCKET }, { Records: recordsOf(later) });
      const chains = [`case/${lost.id}`, `trace/${lost.id}`];
      const told = await fresh();
      expect(new Set(told.map(({ what, chain }) => `${what} ${chain}`))).toEqual(
        new Set(chains.map((chain) => `unanchored ${chain}`)),
      );
      const rest = (most?: number) => anchorRest(hub.table, { s3, bucket: BUCKET }, most);
      // in steps of any size it comes to the end
      expect((await rest(1)).cursor).not.toBeNull();
      expect(await rest()).toMatchObject({ cursor: null });
      expect(await rest()).toEqual({ done: 0, failed: 0, cursor: null });
      expect(await fresh()).toEqual([]);
      await tamper(keys.trace(lost.id, 1), () => undefined);
      await tamper(keys.traceHead(lost.id), () => undefined);
      expect(await fresh()).toMatchObject([{ what: 'missing', chain: `trace/${lost.id}` }]);
    } finally {
      vi.useRealTimers();
    }
  });

  it('gives the batch again when the bucket cannot be written, and writes the same batch once', async () => {
    const items = (await contentsOf(hub.table)).filter(({ anchor }) => anchor === 'yes').slice(0, 3);
    const batch = { Records: recordsOf(items) };
    objects.faults.inject({ service: 's3', operation: 'PutObject', error: { code: 'SlowDown', status: 503 } });
    expect(await anchorBatch({ s3, bucket: BUCKET }, batch)).toEqual({ batchItemFailures: [{ itemIdentifier: '0' }] });
    expect(await anchorBatch({ s3, bucket: BUCKET }, batch)).toEqual({ batchItemFailures: [] });
    expect(await anchorBatch({ s3, bucket: BUCKET }, batch)).toEqual({ batchItemFailures: [] });
  });
});
