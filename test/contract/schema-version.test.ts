import { GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Retryable } from '../../shared/domain/errors.ts';
import { keys } from '../../shared/store/keys.ts';
import { schemaVersion, type Upgrade, upgraded, upgrades } from '../../shared/store/schema-version.ts';
import {
  batchGet,
  batchPut,
  ConditionFailed,
  get,
  type Item,
  put,
  queryAll,
  save,
  type Table,
  toItem,
  transact,
} from '../../shared/store/table.ts';
import { type Engine, startEngine } from '../engine/engine.ts';

let engine: Engine;
let table: Table;
beforeAll(async () => {
  engine = await startEngine();
  ({ table } = engine);
});
afterAll(() => engine.stop());

const itemOf = (name: string): Item => ({ ...keys.once(name), entity: 'once', request: 'a', result: 'b' });
const raw = async (name: string) =>
  (await table.client.send(new GetItemCommand({ TableName: table.name, Key: toItem({ ...keys.once(name) }) }))).Item;

describe('an item in the table', () => {
  it('says in which version it is stored, however it was written, and readers never see that', async () => {
    await save(table, itemOf('saved'));
    await transact(table, [put(table, itemOf('put'))]);
    await batchPut(table, [itemOf('batch'), { ...itemOf('sealed'), personal: '{"name":"x"}' }]);
    for (const name of ['saved', 'put', 'batch', 'sealed']) {
      expect((await raw(name))?.schema).toEqual({ N: String(schemaVersion()) });
      expect(await get(table, keys.once(name))).not.toHaveProperty('schema');
    }
  });

  it('of the first version, which says nothing, is read as it is', async () => {
    await table.client.send(new PutItemCommand({ TableName: table.name, Item: toItem(itemOf('older')) }));
    expect(await get(table, keys.once('older'))).toEqual(itemOf('older'));
  });

  it('of a later version is not misread: whoever meets it tries again, and is told which release to go back to', async () => {
    const Item = toItem({ ...itemOf('later'), schema: schemaVersion() + 1 });
    await table.client.send(new PutItemCommand({ TableName: table.name, Item }));
    const met = await get(table, keys.once('later')).catch((error: unknown) => error);
    expect(met).toBeInstanceOf(Retryable);
    expect(met).toMatchObject({ message: expect.stringContaining('later version') });
  });

  it('of the version before is read as this one has it, whoever reads it; what is then written the version before refuses', async () => {
    // the release after this one: it calls a result an outcome
    const renamed: Upgrade = ({ result, ...item }) => (result === undefined ? item : { ...item, outcome: result });
    const next: Table = { ...table, upgrades: [...upgrades, { once: renamed }] };
    const { result, ...kept } = itemOf('before');
    const brought = { ...kept, outcome: result };
    await save(table, itemOf('before'));
    const key = keys.once('before');
    expect(await get(next, key)).toEqual(brought);
    expect(await batchGet(next, [key])).toEqual([brought]);
    expect(await queryAll(next, key.pk)).toEqual([brought]);
    const met = await transact(next, [put(next, brought, true)]).catch((error: unknown) => error);
    expect(met instanceof ConditionFailed && met.item).toEqual(brought);

    await save(next, brought);
    expect((await raw('before'))?.schema).toEqual({ N: String(schemaVersion() + 1) });
    expect(await get(next, key)).toEqual(brought);
    await expect(get(table, key)).rejects.toThrow('later version');
  });

  it('is brought on step by step, each entity by its own steps, and from the version that it says', () => {
    const add =
      (what: string): Upgrade =>
      (item) => ({ ...item, steps: `${item.steps ?? ''}${what}` });
    const steps = [{ once: add('1') }, { other: add('x') }, { once: add('3') }];
    const item = { pk: 'a', sk: 'b', entity: 'once' };
    expect(upgraded(item, undefined, steps)).toEqual({ ...item, steps: '13' });
    expect(upgraded(item, 3, steps)).toEqual({ ...item, steps: '3' });
    expect(upgraded(item, 4, steps)).toEqual(item);
  });
});
