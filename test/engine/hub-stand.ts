import type { Hub } from '../../shared/store/hub.ts';
import type { Table } from '../../shared/store/table.ts';
import { aHub } from '../factory/hub.ts';
import { type Engine, startEngine } from './engine.ts';
import { useMacService } from './mac-service.ts';

/** The engine with a hub in its table, and the service of keyed hashes. */
export interface HubStand {
  readonly engine: Engine;
  readonly hub: Hub;
  stop(): Promise<void>;
}

/** @param hubIn enters its parties and people; left out, those of the factories */
export async function startHub(hubIn: (table: Table) => Promise<Hub> = aHub): Promise<HubStand> {
  const engine = await startEngine();
  await useMacService();
  return {
    engine,
    hub: await hubIn(engine.table),
    stop: engine.stop,
  };
}
