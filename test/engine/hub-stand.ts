import { aHub } from '../factory/hub.ts';
import { type Engine, startEngine } from './engine.ts';
import { startMacService } from './mac-service.ts';

/** The engine with the hub of the factories in its table, and the service of keyed hashes. */
export interface HubStand {
  readonly engine: Engine;
  readonly hub: Awaited<ReturnType<typeof aHub>>;
  stop(): Promise<void>;
}

export async function startHub(): Promise<HubStand> {
  const [engine, mac] = [await startEngine(), await startMacService()];
  return {
    engine,
    hub: await aHub(engine.table),
    async stop() {
      await engine.stop();
      await mac.stop();
    },
  };
}
