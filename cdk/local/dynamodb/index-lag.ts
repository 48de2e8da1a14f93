import { z } from 'zod';
import type { TableSpec } from '../template/blueprint.ts';
import type { JsonObject } from '../template/json.ts';
import { type Clock, type Millis, ServiceError } from '../types.ts';
import { deployTable } from './deploy-table.ts';
import type { EngineClient } from './engine-client.ts';
import type { Write } from './written-tables.ts';

/** Lets indexes lag behind their tables, as AWS's do and the engine's never. */
export interface IndexLag {
  /**
   * From now on indexes are what they were this many milliseconds ago: they have not what is new, and still have what
   * was changed or removed since. 0 ends it.
   */
  set(lag: Millis): Promise<void>;
  /** Something was written, perhaps: indexes hear of it later. */
  written(writes: readonly Write[]): Promise<void>;
  /** What to ask instead, where an index is asked that lags. */
  redirected(input: JsonObject): JsonObject | undefined;
}

export interface IndexLagOptions {
  readonly tables: readonly TableSpec[];
  readonly engine: EngineClient;
  readonly clock: Clock;
}

const item = z.record(z.string(), z.json());
const page = z.object({ Items: z.array(item), LastEvaluatedKey: item.optional() });
const found = z.object({ Item: item.optional() });

const lagging = (table: string): string => `${table}-lagging`;

/**
 * An index that lags is that of a second table, which gets what was written when its time has come: the engine itself
 * says what a query would have found.
 */
export function createIndexLag({ tables, engine, clock }: IndexLagOptions): IndexLag {
  let lag: Millis = 0;
  /** Counts how often the second tables were made: what was to go into older ones is forgotten. */
  let generation = 0;
  const call = (operation: string, input: object): Promise<unknown> =>
    engine.call(`DynamoDB_20120810.${operation}`, input);

  const remove = async (name: string): Promise<void> => {
    try {
      await call('DeleteTable', { TableName: name });
    } catch (error) {
      if (!(error instanceof ServiceError && error.code === 'ResourceNotFoundException')) throw error;
    }
  };

  const copy = async (table: TableSpec): Promise<void> => {
    const { streamViewType: _, ttlAttribute: __, ...second } = { ...table, name: lagging(table.name) };
    await deployTable(engine, second);
    let ExclusiveStartKey: z.output<typeof page>['LastEvaluatedKey'];
    do {
      const input = { TableName: table.name, ...(ExclusiveStartKey && { ExclusiveStartKey }) };
      const { Items, LastEvaluatedKey } = page.parse(await call('Scan', input));
      await Promise.all(Items.map((Item) => call('PutItem', { TableName: second.name, Item })));
      ExclusiveStartKey = LastEvaluatedKey;
    } while (ExclusiveStartKey !== undefined);
  };

  return {
    async set(given) {
      generation += 1;
      lag = 0;
      await Promise.all(tables.map(({ name }) => remove(lagging(name))));
      if (given === 0) return;
      await Promise.all(tables.map(copy));
      lag = given;
    },
    async written(writes) {
      if (lag === 0) return;
      const current = generation;
      const states = await Promise.all(
        writes.map(async ({ table, item: named }) => {
          const keys = tables.find(({ name }) => name === table)?.keySchema ?? [];
          const Key = Object.fromEntries(
            keys.map(({ AttributeName }) => [AttributeName, named[AttributeName] ?? null]),
          );
          const { Item } = found.parse(await call('GetItem', { TableName: table, Key, ConsistentRead: true }));
          return { TableName: lagging(table), Key, Item };
        }),
      );
      clock.at(clock.now() + lag, () => {
        if (generation !== current) return;
        const done = clock.busy('an index that lags');
        const changes = states.map(({ TableName, Key, Item }) =>
          Item === undefined ? call('DeleteItem', { TableName, Key }) : call('PutItem', { TableName, Item }),
        );
        void Promise.allSettled(changes).then(done);
      });
    },
    redirected(input) {
      if (lag === 0 || input.IndexName === undefined || typeof input.TableName !== 'string') return undefined;
      return { ...input, TableName: lagging(input.TableName) };
    },
  };
}
