import { createServer } from 'node:net';
import { DynamoDBClient, TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PartyId, ProgrammeId } from '../../shared/domain/ids.ts';
import { markOnce, onceName, readOnce, requestHash } from '../../shared/store/done-once.ts';
import { membershipsOf, membersOf, readParty } from '../../shared/store/parties.ts';
import { budgetChange, closingProgramme, listProgrammes, readProgramme } from '../../shared/store/programmes.ts';
import { readRoster, stageRoster, unstageRoster } from '../../shared/store/rosters.ts';
import { batchGet, batchPut, ConditionFailed, get, put, type Table, transact } from '../../shared/store/table.ts';
import { contentsOf } from '../engine/contents.ts';
import { type Engine, startEngine } from '../engine/engine.ts';
import { interceptTable } from '../engine/intercepted-table.ts';
import { aHub, aVolunteer, openProgramme, person } from '../factory/hub.ts';
import { ServiceFault } from '../fake/aws-json.ts';

let engine: Engine;
beforeAll(async () => {
  engine = await startEngine();
});
afterAll(() => engine.stop());

/** The same table through a client on which the first calls of an operation fail; counts its calls. */
function failing(operation: string, times: number, fault: () => Error): { table: Table; calls: () => number } {
  let calls = 0;
  const table = interceptTable(engine.table, (command) => {
    if (command === operation && ++calls <= times) throw fault();
  });
  return { table, calls: () => calls };
}

function canceled(...codes: string[]): Error {
  return Object.assign(new TransactionCanceledException({ message: 'canceled', $metadata: {} }), {
    CancellationReasons: codes.map((Code) => ({ Code })),
  });
}

const item = (name: string) => ({ pk: `TEST#${name}`, sk: 'TEST' });

describe('a transaction that meets another', () => {
  it('is tried again until it goes through', async () => {
    const { table, calls } = failing('TransactWriteItemsCommand', 3, () => canceled('None', 'TransactionConflict'));
    await transact(table, [put(table, item('conflict'))]);
    expect(calls()).toBe(4);
    expect(await get(table, item('conflict'))).toEqual(item('conflict'));
  });

  it('is Retryable when the others never end', async () => {
    const { table } = failing('TransactWriteItemsCommand', 99, () => canceled('TransactionConflict'));
    await expect(transact(table, [put(table, item('never'))])).rejects.toMatchObject({ name: 'Retryable' });
    expect(await get(table, item('never'))).toBeUndefined();
  });

  it('tells a condition that failed before it tells a conflict', async () => {
    const { table } = failing('TransactWriteItemsCommand', 1, () =>
      canceled('TransactionConflict', 'ConditionalCheckFailed'),
    );
    await expect(transact(table, [put(table, item('both'))])).rejects.toMatchObject({
      name: 'ConditionFailed',
      index: 1,
    });
  });
});

describe('what a service says', () => {
  it.each([
    ['ProvisionedThroughputExceededException', 'Throttled'],
    ['ThrottlingException', 'Throttled'],
    ['RequestLimitExceeded', 'Throttled'],
    ['TransactionInProgressException', 'Retryable'],
    ['TimeoutError', 'Retryable'],
  ])('%s is %s', async (name, expected) => {
    const fault = () => new ServiceFault(name);
    const { table } = failing('GetItemCommand', 1, fault);
    await expect(get(table, item('x'))).rejects.toMatchObject({ name: expected });
    const writing = failing('TransactWriteItemsCommand', 1, fault);
    await expect(transact(writing.table, [put(writing.table, item('x'))])).rejects.toMatchObject({ name: expected });
  });

  it('is Throttled also where it is a transaction’s reason', async () => {
    const { table } = failing('TransactWriteItemsCommand', 1, () => canceled('None', 'ThrottlingError'));
    await expect(transact(table, [put(table, item('x'))])).rejects.toMatchObject({ name: 'Throttled' });
  });

  it('is Retryable when nothing answers at all', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    const address = server.address();
    await new Promise((resolve) => server.close(resolve));
    if (typeof address !== 'object' || address === null) throw new Error('no port');
    const endpoint = `http://127.0.0.1:${address.port}`;
    const table: Table = { name: 'nowhere', shards: 1, client: new DynamoDBClient({ endpoint, maxAttempts: 1 }) };
    await expect(get(table, item('x'))).rejects.toMatchObject({ name: 'Retryable' });
    await expect(transact(table, [put(table, item('x'))])).rejects.toMatchObject({ name: 'Retryable' });
  });

  it('is given on as it is when trying again cannot help', async () => {
    const { table } = failing('GetItemCommand', 1, () => new ServiceFault('AccessDeniedException'));
    await expect(get(table, item('x'))).rejects.toMatchObject({ name: 'AccessDeniedException' });
  });
});

describe('a batch', () => {
  it('sends again what the service left undone, and is Throttled when that does not end', async () => {
    let patience = 2;
    const table = interceptTable(engine.table, (command, input) => {
      if (!/^Batch/.test(command) || patience === 0) return undefined;
      patience -= 1;
      const { RequestItems } = Object(input);
      return { UnprocessedItems: RequestItems, UnprocessedKeys: RequestItems, Responses: {} };
    });
    const items = Array.from({ length: 60 }, (_, index) => item(`batch-${index}`));
    await batchPut(table, items);
    patience = 1;
    expect(await batchGet(table, [...items, item('batch-0'), item('no such')])).toHaveLength(60);
    patience = 99;
    await expect(batchGet(table, items)).rejects.toMatchObject({ name: 'Throttled' });
    await expect(batchPut(table, items)).rejects.toMatchObject({ name: 'Throttled' });
  });
});

describe('a record that something was done', () => {
  it('is there however many make it at the same time, and has an end', async () => {
    const name = onceName('somebody', 'key');
    await Promise.all(Array.from({ length: 6 }, () => markOnce(engine.table, name, 'result')));
    expect(await readOnce(engine.table, name)).toMatchObject({ result: 'result' });
    const kept = (await contentsOf(engine.table)).find(({ pk }) => pk === `ONCE#${name}`);
    expect(Number(kept?.expires)).toBeGreaterThan(Date.now() / 1000 + 29 * 86_400);
  });

  it('is of one caller: another with the same key finds nothing', async () => {
    await markOnce(engine.table, onceName('one', 'key'), 'result');
    expect(await readOnce(engine.table, onceName('another', 'key'))).toBeUndefined();
  });

  it('knows a request by all that was sent, also when nothing was', () => {
    expect(requestHash({ a: 1 })).toBe(requestHash({ a: 1 }));
    expect(requestHash({ a: 1 })).not.toBe(requestHash({ a: 2 }));
    expect(requestHash(undefined)).toBe(requestHash(undefined));
  });
});

describe('a programme’s budget', () => {
  const reserving = (fen: number) => ({ available: -fen, reserved: fen, paid: 0, returned: 0 });

  it('is never overcommitted, however many take from it at once, and what is given back can be taken again', async () => {
    const hub = await aHub(engine.table);
    const { id } = await openProgramme(hub, { budget: 1_000_000 });
    const taken = await Promise.allSettled(
      Array.from({ length: 40 }, () => transact(engine.table, [budgetChange(engine.table, id, reserving(70_000))])),
    );
    const won = taken.filter((one) => one.status === 'fulfilled').length;
    const refused = taken.flatMap((one) => (one.status === 'rejected' ? [one.reason] : []));
    expect(won).toBe(14);
    for (const reason of refused) expect(reason).toBeInstanceOf(ConditionFailed);
    expect(refused[0]).toMatchObject({ item: { entity: 'programme', available: 20_000 } });
    await transact(engine.table, [budgetChange(engine.table, id, reserving(-70_000))]);
    expect((await readProgramme(engine.table, id))?.available).toBe(90_000);
  });

  it('of no programme is nothing to take from', async () => {
    const id = ProgrammeId.parse('no-such');
    await expect(transact(engine.table, [budgetChange(engine.table, id, reserving(1))])).rejects.toBeInstanceOf(
      ConditionFailed,
    );
    await expect(transact(engine.table, [budgetChange(engine.table, id, reserving(-1))])).rejects.toBeInstanceOf(
      ConditionFailed,
    );
  });

  it('stays when the programme closes; closed again, it keeps the first moment', async () => {
    const hub = await aHub(engine.table);
    const { id } = await openProgramme(hub, {});
    await transact(engine.table, [closingProgramme(engine.table, id, '2020-02-01T08:00:00.000Z')]);
    await transact(engine.table, [closingProgramme(engine.table, id, '2020-02-02T08:00:00.000Z')]);
    const found = (await listProgrammes(engine.table)).find((one) => one.id === id);
    expect(found).toMatchObject({ closedAt: '2020-02-01T08:00:00.000Z', available: 10_000_000 });
  });
});

describe('a roster', () => {
  it('of 1,700 comes back whole and in order, and can be taken away again', async () => {
    const volunteers = Array.from({ length: 1700 }, aVolunteer);
    await stageRoster(engine.table, 'large', volunteers);
    expect(await readRoster(engine.table, 'large')).toEqual(volunteers);
    await unstageRoster(engine.table, 'large', volunteers.length);
    expect(await readRoster(engine.table, 'large')).toEqual([]);
  });
});

describe('a party', () => {
  it('is found with its members by role, and a person with all their memberships', async () => {
    await aHub(engine.table);
    const hub = PartyId.parse('hub');
    expect((await readParty(engine.table, hub))?.type).toBe('hub');
    expect((await membersOf(engine.table, hub, ['lead'])).map(({ id }) => id)).toEqual(['hub-lead']);
    expect((await membersOf(engine.table, hub, ['lead', 'coordinator'])).length).toBe(2);
    expect(await membershipsOf(engine.table, person('insurer').id)).toEqual([person('insurer')]);
  });
});
