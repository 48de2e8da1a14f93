import fc from 'fast-check';
import { expect, test } from 'vitest';
import { openedEngine } from '../engine/opened-engine.ts';

type Written = { readonly pk: string; readonly sk: string; readonly place: string | undefined; readonly n: number };

const part = fc.constantFrom('a', 'b', '\u{1F600}', '\uFFFF', 'ab');
const step = fc.oneof(
  fc.record({ kind: fc.constant('put'), pk: part, sk: part, place: fc.option(part, { nil: undefined }), n: fc.nat(9) }),
  fc.record({ kind: fc.constant('delete'), pk: part, sk: part }),
  fc.record({ kind: fc.constant('transact'), pk: part, sk: part, place: part, n: fc.nat(9), fails: fc.boolean() }),
  fc.record({ kind: fc.constant('reopen') }),
);

const bytes = (text: string) => Buffer.from(text, 'utf8');

test('whatever is written, table and indexes hold what a plain map of the same writes holds, in the order of bytes', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
      const tables = openedEngine();
      const model = new Map<string, Written>();
      try {
        const S = (name: string) => ({ AttributeName: name, AttributeType: 'S' });
        const keys = (pk: string, sk: string) => [
          { AttributeName: pk, KeyType: 'HASH' },
          { AttributeName: sk, KeyType: 'RANGE' },
        ];
        tables.call('CreateTable', {
          TableName: 'model',
          BillingMode: 'PAY_PER_REQUEST',
          KeySchema: keys('pk', 'sk'),
          AttributeDefinitions: [S('pk'), S('sk'), S('place')],
          GlobalSecondaryIndexes: [
            { IndexName: 'global', KeySchema: keys('place', 'sk'), Projection: { ProjectionType: 'ALL' } },
          ],
          LocalSecondaryIndexes: [
            { IndexName: 'local', KeySchema: keys('pk', 'place'), Projection: { ProjectionType: 'KEYS_ONLY' } },
          ],
        });
        for (const each of steps) {
          if (each.kind === 'reopen') {
            tables.reopen();
            continue;
          }
          if (!('pk' in each)) continue;
          const { pk, sk } = each;
          const Key = { pk: { S: pk }, sk: { S: sk } };
          if (!('n' in each)) {
            tables.call('DeleteItem', { TableName: 'model', Key });
            model.delete(`${pk} ${sk}`);
            continue;
          }
          const { n, place } = each;
          const Item = { ...Key, n: { N: String(n) }, ...(place !== undefined && { place: { S: place } }) };
          if (!('fails' in each)) {
            tables.call('PutItem', { TableName: 'model', Item });
            model.set(`${pk} ${sk}`, { pk, sk, place, n });
            continue;
          }
          const there = each.fails ? 'attribute_exists' : 'attribute_not_exists';
          const nowhere = { pk: { S: 'nowhere' }, sk: { S: 'x' } };
          const check = { TableName: 'model', Key: nowhere, ConditionExpression: `${there}(pk)` };
          const transact = () =>
            tables.call('TransactWriteItems', {
              TransactItems: [{ Put: { TableName: 'model', Item } }, { ConditionCheck: check }],
            });
          if (each.fails) expect(transact).toThrow('TransactionCanceledException');
          else {
            transact();
            model.set(`${pk} ${sk}`, { pk, sk, place, n });
          }
        }

        const all = [...model.values()];
        const found = (index: string | undefined, name: string, value: string) =>
          tables
            .call('Query', {
              TableName: 'model',
              ...(index && { IndexName: index, ...(index === 'local' && { Select: 'ALL_ATTRIBUTES' }) }),
              KeyConditionExpression: '#k = :v',
              ExpressionAttributeNames: { '#k': name },
              ExpressionAttributeValues: { ':v': { S: value } },
            })
            .Items?.map((item) => ({ pk: item.pk?.S, sk: item.sk?.S, place: item.place?.S, n: Number(item.n?.N) }));
        const sorted = (some: readonly Written[], by: (item: Written) => string) =>
          some.toSorted((one, other) => Buffer.compare(bytes(by(one)), bytes(by(other))));
        for (const value of ['a', 'b', '\u{1F600}', '\uFFFF', 'ab']) {
          const ofPartition = all.filter(({ pk }) => pk === value);
          expect(found(undefined, 'pk', value)).toEqual(sorted(ofPartition, ({ sk }) => sk));
          const placed = ofPartition.filter(({ place }) => place !== undefined);
          expect(found('local', 'pk', value)?.map(({ place }) => place)).toEqual(
            sorted(placed, ({ place }) => place ?? '').map(({ place }) => place),
          );
          const here = all.filter(({ place }) => place === value);
          expect(found('global', 'place', value)?.map(({ sk }) => sk)).toEqual(
            sorted(here, ({ sk }) => sk).map(({ sk }) => sk),
          );
          expect(found('global', 'place', value)).toEqual(expect.arrayContaining(here));
        }
        expect(tables.call('Scan', { TableName: 'model' }).Count).toBe(all.length);
        expect(tables.call('DescribeTable', { TableName: 'model' }).Table?.ItemCount).toBe(all.length);
      } finally {
        tables.stop();
      }
    }),
    { numRuns: 60 },
  );
});
