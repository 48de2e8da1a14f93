import type { MiddlewareHandler } from 'hono';
import type { PartyId } from '../../shared/domain/ids.ts';
import type { Party } from '../../shared/domain/party.ts';
import { readParty } from '../../shared/store/parties.ts';
import type { Table } from '../../shared/store/table.ts';
import type { Site } from './app.tsx';

declare module 'hono' {
  interface ContextVariableMap {
    /** whom the page names as the hub to ask: that of the case, or of the installation */
    hubShown: Party | undefined;
  }
}

/** What changes in a hub's contact is on the pages so soon. */
const KEPT = 60_000;

interface Kept {
  readonly until: number;
  readonly hub: Party | undefined;
}

const kept = new WeakMap<Table, Map<PartyId, Kept>>();

/**
 * The hub that a page names. Cost: one read a minute. A hub that cannot be read now is not named: the page that cannot be
 * shown for the same reason still has to be.
 */
export async function hubToShow(table: Table, id: PartyId): Promise<Party | undefined> {
  const known = kept.get(table) ?? new Map<PartyId, Kept>();
  const before = known.get(id);
  if (before && before.until > Date.now()) return before.hub;
  try {
    const hub = await readParty(table, id);
    kept.set(table, known.set(id, { until: Date.now() + KEPT, hub }));
    return hub;
  } catch {
    return before?.hub;
  }
}

/** Names the hub of the installation on every page that names no other. */
export function showHub({ hub: { table, hub } }: Site): MiddlewareHandler {
  return async (c, next) => {
    c.set('hubShown', await hubToShow(table, hub));
    await next();
  };
}
