import * as z from 'zod';
import { CaseId } from '../../../shared/domain/ids.ts';
import { Instant } from '../../../shared/domain/time.ts';
import type { CaseFile } from '../../../shared/store/cases.ts';
import { ActorView, viewActor } from './actor.ts';
import type { PartyNames } from './party-names.ts';
import type { Viewer } from './viewer.ts';

/** One thing that happened: what, when, by whom, and the reason that was given. */
export const HistoryEntry = z.object({
  version: z.int().min(1),
  at: Instant,
  type: z.string(),
  stage: z.string(),
  from: z.string().optional(),
  on: z.string().optional(),
  by: ActorView,
  reason: z.string().optional(),
  score: z.int().optional(),
  children: z.array(CaseId).optional(),
});
export type HistoryEntry = z.infer<typeof HistoryEntry>;

const machinery: ReadonlySet<string> = new Set(['stuck', 'resumed']);
/** Outcomes whose reasons are for the parties that decide, before anything is decided for the applicant. */
const deliberations: ReadonlySet<string> = new Set(['matched', 'declined']);

/** What happened to a case, oldest first; events are joined with the reasons, which are kept with the case. */
export function viewHistory(file: CaseFile, viewer: Viewer, names: PartyNames): HistoryEntry[] {
  return file.events.flatMap((event): HistoryEntry[] => {
    if (event.type === 'nudged' || (machinery.has(event.type) && !viewer.machinery)) return [];
    const decision = file.subject.decisions.find((one) => one.version === event.version);
    const on = 'on' in event ? event.on : undefined;
    const hidden =
      (on === 'recommended' && !viewer.assessment) ||
      (on !== undefined && deliberations.has(on) && !viewer.deliberation);
    const { version, at, type, stage, by } = event;
    return [
      {
        version,
        at,
        type,
        stage,
        ...('from' in event && { from: event.from }),
        ...(on !== undefined && { on }),
        by: viewActor(by, viewer, names, decision?.name),
        ...(decision?.reason !== undefined && !hidden && { reason: decision.reason }),
        ...(decision?.score !== undefined && !hidden && { score: decision.score }),
        ...('children' in event && event.children && { children: event.children }),
      },
    ];
  });
}
