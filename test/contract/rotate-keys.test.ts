import { DeleteItemCommand, GetItemCommand, PutItemCommand, ScanCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { resealOnce } from '../../cdk/cli/keys/reseal.ts';
import { rotateKeys } from '../../cdk/cli/keys/rotate.ts';
import { recordView } from '../../shared/audit/record.ts';
import { rosterOf } from '../../shared/case/roster.ts';
import { readCase } from '../../shared/store/cases.ts';
import { currentDataKey, rotateDataKey } from '../../shared/store/data-keys.ts';
import { DATA_KEYS, keys } from '../../shared/store/keys.ts';
import { readMember, saveMember } from '../../shared/store/parties.ts';
import { openTable, queryAll, type Table, toItem } from '../../shared/store/table.ts';
import { readTraces } from '../../shared/store/traces.ts';
import { type HubStand, startHub } from '../engine/hub-stand.ts';
import { interceptTable } from '../engine/intercepted-table.ts';
import { aCaseIn, person, submitted } from '../factory/hub.ts';
import { openKeys } from '../fake/key-service.ts';

let engine: HubStand['engine'];
let hub: HubStand['hub'];
let stop: HubStand['stop'];
beforeAll(async () => {
  ({ engine, hub, stop } = await startHub());
});
afterAll(() => stop());

const rotate = (goOn = false) => rotateKeys(engine.table, openKeys, { goOn, settle: 0 });

/** As a process that starts now: one that has been running seals with the key it knows until it looks again. */
const started = () => ({ ...hub, table: openTable(engine.table, openKeys) });

/** The data keys that anything in the table is sealed with. */
async function keysInUse(): Promise<Set<string | undefined>> {
  const { Items = [] } = await engine.table.client.send(
    new ScanCommand({ TableName: engine.table.name, ConsistentRead: true }),
  );
  return new Set(Items.flatMap(({ sealed }) => (sealed?.M ? [sealed.M.key?.S] : [])));
}

describe('a rotation of the data key', () => {
  it('seals everything anew and destroys the older keys: a copy from before opens no more', async () => {
    const need = await aCaseIn(hub, 'need', 'matching');
    const insured = await aCaseIn(hub, 'insurance', 'approving');
    const by = { type: 'workflow' } as const;
    await recordView(engine.table, { cases: [need.id], shown: ['contact'], by, door: 'api', reason: '核对' });
    const Key = toItem({ ...keys.case(need.id) });
    const { Item: copy } = await engine.table.client.send(new GetItemCommand({ TableName: engine.table.name, Key }));

    const { dataKey, resealed, retired } = await rotate();
    expect(resealed).toBeGreaterThan(10);
    expect(retired).toBe(1);
    expect(await keysInUse()).toEqual(new Set([dataKey]));
    expect((await queryAll(engine.table, DATA_KEYS)).map(({ sk }) => sk)).toEqual(['CURRENT', `KEY#${dataKey}`]);

    const table = openTable(engine.table, openKeys);
    expect(await readCase(table, need.id)).toEqual(need);
    if (insured.kind !== 'insurance') throw new Error('no insurance request');
    expect((await rosterOf({ table }, insured)).length).toBe(insured.roster.count);
    expect((await readTraces(table, need.id)).map(({ reason }) => reason)).toContain('核对');

    await table.client.send(new PutItemCommand({ TableName: table.name, Item: copy }));
    await expect(readCase(table, need.id)).rejects.toThrow(/there is no data key 1/);
    await table.client.send(new DeleteItemCommand({ TableName: table.name, Key }));
  });

  it('never overwrites what somebody writes at the same moment', async () => {
    const people = ['hub-coordinator', 'hub-lead', 'insurer'].map(person);
    const table = openTable(engine.table, openKeys);
    let over = false;
    const names = new Map<string, string>();
    const writing = people.map(async (member) => {
      for (let turn = 0; !over; turn++) {
        const name = `${member.id} ${turn}`;
        await saveMember(table, { ...member, name });
        names.set(member.id, name);
      }
    });
    const before = await currentDataKey(table);
    const current = await rotateDataKey(table, openKeys, before);
    // beside writers who still seal with the older key until they look again
    for (let walks = 0; walks < 5; walks++) await resealOnce(openTable(engine.table, openKeys), current);
    over = true;
    await Promise.all(writing);
    for (const member of people)
      expect((await readMember(table, member.party, member.id))?.name).toBe(names.get(member.id));
    await rotate(true);
    const after = openTable(engine.table, openKeys);
    for (const member of people)
      expect((await readMember(after, member.party, member.id))?.name).toBe(names.get(member.id));
    expect(await keysInUse()).toEqual(new Set([current]));
  });

  it('that was stopped half-way is gone on with, and loses nothing meanwhile', async () => {
    const cases = await Promise.all(Array.from({ length: 8 }, () => submitted(started(), 'need')));
    const current = await rotateDataKey(engine.table, openKeys, await currentDataKey(engine.table));
    const contacts = async (table: Table) =>
      (await Promise.all(cases.map(({ id }) => readCase(table, id)))).map((one) => one?.contact);
    let writes = 0;
    const cut = interceptTable(engine.table, (command) => {
      if (command === 'UpdateItemCommand' && ++writes > 5) throw new Error('power cut');
    });
    await expect(resealOnce(cut, current)).rejects.toThrow('power cut');
    expect((await keysInUse()).size).toBe(2);
    const half = openTable(engine.table, openKeys);
    expect(await contacts(half)).toEqual(cases.map(({ contact }) => contact));
    expect((await rotate(true)).dataKey).toBe(current);
    const after = openTable(engine.table, openKeys);
    expect(await contacts(after)).toEqual(cases.map(({ contact }) => contact));
    expect(await keysInUse()).toEqual(new Set([current]));
  });
});
