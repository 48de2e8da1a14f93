import { z } from 'zod';
import type { TableSpec } from '../template/blueprint.ts';
import type { JsonObject } from '../template/json.ts';
import type { Clock, Millis, Timer } from '../types.ts';
import type { EngineClient } from './engine-client.ts';

export interface ExpiryOptions {
  readonly tables: readonly TableSpec[];
  readonly engine: EngineClient;
  readonly clock: Clock;
  /** Called before a table is written; what it gives back, when that is done. */
  writing(tables: readonly string[]): () => void;
  /** Called before a table's items are removed; what it gives back, with the keys of those that were. */
  expiring(table: string): (removed: readonly JsonObject[]) => Promise<void>;
  say(line: string): void;
}

const DAY: Millis = 86_400_000;
/** AWS leaves items whose time is longer past: such a number is more likely a mistake. */
const LONGEST_PAST: Millis = 5 * 365 * DAY;

const page = z.object({
  Items: z.array(z.record(z.string(), z.json())),
  LastEvaluatedKey: z.record(z.string(), z.json()).optional(),
});

/**
 * Removes items whose time to live is over on the clock, once a day: the engine looks at the machine's time, which a
 * moved clock is ahead of. AWS promises no sooner than some days. Gives back what ends it.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/howitworks-ttl.html
 */
export function startExpiry({ tables, engine, clock, writing, expiring, say }: ExpiryOptions): () => void {
  let timer: Timer | undefined;
  let stopped = false;

  const expire = async (table: TableSpec, attribute: string, removed: JsonObject[]): Promise<void> => {
    const now = Math.floor(clock.now() / 1_000);
    const keys = table.keySchema.map(({ AttributeName }) => AttributeName);
    const names = Object.fromEntries(keys.map((key, index) => [`#k${index}`, key]));
    const over = {
      ExpressionAttributeNames: { '#ttl': attribute },
      ExpressionAttributeValues: {
        ':now': { N: String(now) },
        ':old': { N: String(now - LONGEST_PAST / 1_000) },
        ':number': { S: 'N' },
      },
    };
    const condition = 'attribute_type(#ttl, :number) AND #ttl < :now AND #ttl > :old';
    let ExclusiveStartKey: z.output<typeof page>['LastEvaluatedKey'];
    do {
      const scan = {
        TableName: table.name,
        ProjectionExpression: Object.keys(names).join(', '),
        FilterExpression: condition,
        ExpressionAttributeNames: { ...over.ExpressionAttributeNames, ...names },
        ExpressionAttributeValues: over.ExpressionAttributeValues,
        ...(ExclusiveStartKey && { ExclusiveStartKey }),
      };
      const { Items, LastEvaluatedKey } = page.parse(await engine.call('DynamoDB_20120810.Scan', scan));
      for (const Key of Items) {
        if (stopped) return;
        const remove = { TableName: table.name, Key, ConditionExpression: condition, ...over };
        // Whoever has given it more time meanwhile keeps it.
        try {
          await engine.call('DynamoDB_20120810.DeleteItem', remove);
          removed.push(Key);
        } catch (error) {
          if (!(error instanceof Error && error.name === 'ConditionalCheckFailedException')) throw error;
        }
      }
      ExclusiveStartKey = LastEvaluatedKey;
    } while (ExclusiveStartKey !== undefined && !stopped);
  };

  const run = async (): Promise<void> => {
    for (const table of tables) {
      if (table.ttlAttribute === undefined) continue;
      const removed: JsonObject[] = [];
      let done: () => void = () => undefined;
      try {
        done = writing([table.name]);
        const mark = expiring(table.name);
        await expire(table, table.ttlAttribute, removed).finally(() => mark(removed));
      } catch (error) {
        if (!stopped) say(`Expired items of ${table.name} could not be removed: ${String(error)}`);
      } finally {
        done();
      }
    }
  };

  const schedule = (): void => {
    if (stopped) return;
    timer = clock.at(clock.now() + DAY, () => {
      const done = clock.busy('expired items');
      void run().finally(() => {
        schedule();
        done();
      });
    });
  };
  schedule();
  return () => {
    stopped = true;
    timer?.cancel();
  };
}
