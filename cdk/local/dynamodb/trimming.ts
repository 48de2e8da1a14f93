import { z } from 'zod';
import type { Clock, Millis, Timer } from '../types.ts';
import type { EngineClient } from './engine-client.ts';

const DAY: Millis = 86_400_000;
/** How often records older than a day are removed: "susceptible to trimming at any moment", says AWS. */
const EVERY: Millis = 6 * 3_600_000;

const trimmed = z.object({ More: z.boolean() });

export interface TrimmingOptions {
  readonly engine: Pick<EngineClient, 'call'>;
  readonly clock: Clock;
  say(line: string): void;
}

/** Removes stream records that are older than a day on the clock, now and every six hours. Gives back what ends it. */
export function startTrimming({ engine, clock, say }: TrimmingOptions): () => void {
  let timer: Timer | undefined;
  let stopped = false;

  const trim = async (): Promise<void> => {
    const Before = clock.now() - DAY;
    try {
      while (!stopped && trimmed.parse(await engine.call('Local.Trim', { Before })).More);
    } catch (error) {
      if (!stopped) say(`Old stream records could not be removed: ${String(error)}`);
    }
  };
  const run = (): void => {
    const done = clock.busy('old stream records');
    void trim().finally(() => {
      if (!stopped) timer = clock.at(clock.now() + EVERY, run);
      done();
    });
  };
  run();
  return () => {
    stopped = true;
    timer?.cancel();
  };
}
