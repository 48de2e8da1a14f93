import * as z from 'zod';
import { runImport } from '../../../shared/cases/import.ts';
import { CaseId, Slug } from '../../../shared/domain/ids.ts';
import type { Door, Visit } from '../door.ts';
import { keyFrom, seal, unseal } from '../sign-in/seal.ts';

/** How far a confirmed import is. */
const RunState = z.object({
  id: Slug,
  created: z.int(),
  skipped: z.int(),
  changed: z.array(CaseId),
  /** where the next run begins, counted from 1; null when all is done */
  next: z.int().nullable(),
});
export type RunState = z.infer<typeof RunState>;

export function beginning(id: Slug): RunState {
  return { id, created: 0, skipped: 0, changed: [], next: 1 };
}

/** The state as a part of an address: nobody but this session can have made it, so that following it is as good as the form. */
export function toAddress(visit: Visit, state: RunState): string {
  return seal(keyFrom(visit.csrf, 'import'), JSON.stringify(state));
}

export function fromAddress(visit: Visit, id: Slug, sealed: string | undefined): RunState | undefined {
  const text = unseal(keyFrom(visit.csrf, 'import'), sealed ?? '');
  const state = text === undefined ? undefined : RunState.parse(JSON.parse(text));
  return state?.id === id ? state : undefined;
}

/** How long one request goes on making needs, in milliseconds: well within what an HTTP API waits. */
const A_STEP = 8000;

/** Makes needs for some seconds. Doing a step twice makes nothing twice. */
export async function step(door: Door, visit: Visit, before: RunState): Promise<RunState> {
  const until = performance.now() + A_STEP;
  let state = before;
  while (state.next !== null && performance.now() < until) {
    const run = await runImport(door.hub, visit.member, state.id, state.next);
    state = {
      id: state.id,
      created: state.created + run.created,
      skipped: state.skipped + run.skipped,
      changed: [...state.changed, ...run.changed.map(({ caseId }) => caseId)],
      next: run.next,
    };
  }
  return state;
}
