import * as z from 'zod';
import { historySeen, type Sight } from '../../../shared/case/sight.ts';
import { CaseId, PartyId } from '../../../shared/domain/ids.ts';
import { Role } from '../../../shared/domain/party.ts';
import { Instant } from '../../../shared/domain/time.ts';
import type { CaseFile } from '../../../shared/store/cases.ts';
import { ActorView, viewActor } from './actor.ts';
import type { PartyNames } from './party-names.ts';

/** One thing that happened: what, when, by whom, and the reason that was given. */
export const HistoryEntry = z.object({
  /** the case's version that this made; for who asks, its place in this list, since not all is shown to them */
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
  /** of mail that does not arrive */
  why: z.string().optional(),
  /** whose the open task is from then on, since nobody who was asked may answer; `back`: theirs again */
  handedTo: z
    .object({
      party: PartyId,
      name: z.string(),
      role: Role,
      back: z.boolean().optional(),
      nobody: z.boolean().optional(),
    })
    .optional(),
});
export type HistoryEntry = z.infer<typeof HistoryEntry>;

/** What happened to a case, oldest first; events are joined with the reasons, which are kept with the case. */
export function viewHistory(file: CaseFile, sight: Sight, names: PartyNames): HistoryEntry[] {
  const { subject, events } = historySeen(file, sight);
  return events.map((event, index): HistoryEntry => {
    const decision = subject.decisions.find((one) => one.version === event.version);
    const { version, at, type, stage, by } = event;
    return {
      version: sight.people ? version : index + 1,
      at,
      type,
      stage,
      ...('from' in event && { from: event.from }),
      ...('on' in event && { on: event.on }),
      by: viewActor(by, sight, names, decision?.name, decision?.inPlaceOf),
      ...(event.handedTo && {
        handedTo: { ...event.handedTo, name: names.get(event.handedTo.party) ?? event.handedTo.party },
      }),
      ...(decision?.reason !== undefined && { reason: decision.reason }),
      ...(decision?.score !== undefined && { score: decision.score }),
      ...('why' in event && event.type !== 'personal-erased' && { why: event.why }),
      ...('children' in event && event.children && { children: event.children }),
    };
  });
}
