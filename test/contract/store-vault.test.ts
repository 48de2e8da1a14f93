import { DeleteItemCommand, GetItemCommand, PutItemCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Case } from '../../shared/kinds/case.ts';
import { readCase } from '../../shared/store/cases.ts';
import { currentDataKey, ensureDataKey, rotateDataKey } from '../../shared/store/data-keys.ts';
import { keys } from '../../shared/store/keys.ts';
import { membershipsOf } from '../../shared/store/parties.ts';
import { get, openTable, put, type Table, toItem, transact } from '../../shared/store/table.ts';
import { type HubStand, startHub } from '../engine/hub-stand.ts';
import { aCaseIn, person, submitted } from '../factory/hub.ts';
import { openKeys } from '../fake/key-service.ts';

let engine: HubStand['engine'];
let hub: HubStand['hub'];
let stop: HubStand['stop'];
beforeAll(async () => {
  ({ engine, hub, stop } = await startHub());
});
afterAll(() => stop());

/** An item as it lies in the table. */
async function raw({ client, name }: Table, key: { pk: string; sk: string }) {
  const { Item } = await client.send(new GetItemCommand({ TableName: name, Key: toItem({ ...key }) }));
  if (!Item) throw new Error('no such item');
  return Item;
}

async function putRaw({ client, name }: Table, Item: Awaited<ReturnType<typeof raw>>): Promise<void> {
  await client.send(new PutItemCommand({ TableName: name, Item }));
}

const reading = (subject: Case, table = engine.table) => readCase(table, subject.id);
const refused = {
  name: 'Permanent',
  message: expect.stringMatching(/^what is sealed in CASE#\w+ CASE does not open$/),
};

describe('what is personal', () => {
  it('lies in the table sealed, and is whole again when it is read', async () => {
    const subject = await aCaseIn(hub, 'need', 'matching');
    const item = await raw(engine.table, keys.case(subject.id));
    const lying = Buffer.from(JSON.stringify(item)).toString('utf8');
    for (const secret of ['某某', '0000 1234', 'someone@example.org', '某路', 'Name of'])
      expect(lying).not.toContain(secret);
    expect(await reading(subject)).toMatchObject({
      contact: { name: '某某', phone: '027-0000 1234', email: 'someone@example.org' },
      delivery: { address: '某路 1 号' },
      decisions: [{ outcome: 'verified', name: 'Name of hub-coordinator' }],
    });
  });

  it('opens in the item it was sealed for and in no other', async () => {
    const [one, other] = [await submitted(hub, 'need'), await submitted(hub, 'need')];
    const theirs = await raw(engine.table, keys.case(other.id));
    const mine = await raw(engine.table, keys.case(one.id));
    await putRaw(engine.table, { ...mine, ...(theirs.sealed && { sealed: theirs.sealed }) });
    await expect(reading(one)).rejects.toMatchObject(refused);
    await putRaw(engine.table, mine);
    expect(await reading(one)).toMatchObject({ contact: { name: '某某' } });
  });

  it.each([
    ['cut', (box: Buffer) => box.subarray(0, -1)],
    ['empty', () => Buffer.alloc(0)],
    [
      'changed in one bit',
      (box: Buffer) => Buffer.concat([box.subarray(0, 20), Buffer.from([(box[20] ?? 0) ^ 1]), box.subarray(21)]),
    ],
    ['changed in its nonce', (box: Buffer) => Buffer.concat([Buffer.from([(box[0] ?? 0) ^ 1]), box.subarray(1)])],
  ])('does not open when it was %s, and nothing of it is told', async (_, change) => {
    const subject = await submitted(hub, 'need');
    const item = await raw(engine.table, keys.case(subject.id));
    const box = Buffer.from(item.sealed?.M?.box?.B ?? []);
    await putRaw(engine.table, { ...item, sealed: { M: { key: { S: '1' }, box: { B: change(box) } } } });
    const error: unknown = await reading(subject).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject(refused);
    expect(String(error)).not.toMatch(/某|1234|example/);
  });

  it('does not open with another key of the same name', async () => {
    const subject = await submitted(hub, 'need');
    const other = { ...openKeys, unwrap: async () => Buffer.alloc(32, 7) };
    await expect(reading(subject, openTable(engine.table, other))).rejects.toMatchObject(refused);
  });

  it('cannot be written by who has no key to it, who reads what is not personal', async () => {
    const subject = await submitted(hub, 'need');
    const keyless = openTable(engine.table);
    const seen = await readCase(keyless, subject.id);
    expect(seen).toMatchObject({ id: subject.id, stage: 'submitted', lines: [{ item: '医用口罩' }] });
    expect(seen?.contact).toBeUndefined();
    const item = { ...keys.case(subject.id), entity: 'case', data: {}, personal: '{}' };
    await expect(transact(keyless, [put(keyless, item)])).rejects.toMatchObject({ name: 'Permanent' });
  });

  it('of items from before anything was sealed is read as it lies there', async () => {
    const subject = await submitted(hub, 'need');
    const member = person('hub-coordinator');
    const { sealed: _, ...item } = await raw(engine.table, keys.case(subject.id));
    await putRaw(engine.table, { ...item, data: { M: toItem({ ...subject }) } });
    const { sealed: __, ...theirs } = await raw(engine.table, keys.member(member.id, member.party));
    await putRaw(engine.table, { ...theirs, data: { M: toItem({ ...member }) } });
    expect(await reading(subject)).toEqual(subject);
    expect(await membershipsOf(engine.table, member.id)).toEqual([member]);
  });
});

describe('a new data key', () => {
  it('seals what is written from then on, and the older one still opens what it sealed', async () => {
    const before = await submitted(hub, 'need');
    const id = await rotateDataKey(engine.table, openKeys, await currentDataKey(engine.table));
    // as a process that starts now
    const table = openTable(engine.table, openKeys);
    const after = await submitted({ ...hub, table }, 'need');
    const keyOf = async ({ id: caseId }: Case) => (await raw(table, keys.case(caseId))).sealed?.M?.key?.S;
    expect([await keyOf(before), await keyOf(after)]).toEqual([String(Number(id) - 1), id]);
    for (const each of [before, after]) expect(await reading(each, table)).toMatchObject({ contact: { name: '某某' } });
  });

  it('is made once by however many ask at once, and when the last is ninety days old', async () => {
    expect(await ensureDataKey(engine.table, openKeys)).toBeUndefined();
    const { id } = (await get(engine.table, keys.currentDataKey())) ?? {};
    await engine.table.client.send(
      new UpdateItemCommand({
        TableName: engine.table.name,
        Key: toItem({ ...keys.currentDataKey() }),
        UpdateExpression: 'SET since = :then',
        ExpressionAttributeValues: toItem({ ':then': new Date(Date.now() - 91 * 86_400_000).toISOString() }),
      }),
    );
    await Promise.all([1, 2, 3].map(() => ensureDataKey(engine.table, openKeys)));
    expect(await get(engine.table, keys.currentDataKey())).toMatchObject({ id: String(Number(id) + 1) });
    expect(await ensureDataKey(engine.table, openKeys)).toBeUndefined();
  });

  it('is unwrapped once in a process, whatever is read and written with it', async () => {
    let calls = 0;
    const counting = {
      ...openKeys,
      unwrap: (id: string, wrapped: Uint8Array) => {
        calls += 1;
        return openKeys.unwrap(id, wrapped);
      },
    };
    const table = openTable(engine.table, counting);
    const made = await Promise.all(Array.from({ length: 4 }, () => submitted({ ...hub, table }, 'need')));
    await Promise.all(made.map((each) => reading(each, table)));
    expect(calls).toBe(1);
  });

  it('that is missing keeps everything waiting: nothing is written open', async () => {
    const table = openTable(engine.table, openKeys);
    const current = await raw(table, keys.currentDataKey());
    await table.client.send(
      new DeleteItemCommand({ TableName: table.name, Key: toItem({ ...keys.currentDataKey() }) }),
    );
    await expect(submitted({ ...hub, table }, 'need')).rejects.toMatchObject({ name: 'Retryable' });
    await putRaw(table, current);
    expect(await submitted({ ...hub, table }, 'need')).toMatchObject({ stage: 'submitted' });
  });
});
