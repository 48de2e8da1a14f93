import { z } from 'zod';
import type { TableSpec } from '../template/blueprint.ts';
import type { Clock, Millis, Timer } from '../types.ts';
import type { EngineClient } from './engine-client.ts';

export interface ExpiryOptions {
  readonly tables: readonly TableSpec[];
  readonly engine: Pick<EngineClient, 'call'>;
  readonly clock: Clock;
  /** Called before a table is written; what it gives back, when that is done. */
  writing(tables: readonly string[]): () => void;
  say(line: string): void;
}

const DAY: Millis = 86_400_000;

const expired = z.object({ Next: z.record(z.string(), z.json()).optional() });

/**
 * Removes items whose time to live is over on the clock, once a day. AWS promises no sooner than some days. Gives back
 * what ends it. https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/howitworks-ttl.html
 */
export function startExpiry({ tables, engine, clock, writing, say }: ExpiryOptions): () => void {
  let timer: Timer | undefined;
  let stopped = false;

  const expire = async (TableName: string): Promise<void> => {
    let After: z.output<typeof expired>['Next'];
    do {
      const some = await engine.call('Local.Expire', { TableName, ...(After && { After }) });
      After = expired.parse(some).Next;
    } while (After !== undefined && !stopped);
  };

  const run = async (): Promise<void> => {
    for (const { name, ttlAttribute } of tables) {
      if (ttlAttribute === undefined) continue;
      const done = writing([name]);
      try {
        await expire(name);
      } catch (error) {
        if (!stopped) say(`Expired items of ${name} could not be removed: ${String(error)}`);
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
