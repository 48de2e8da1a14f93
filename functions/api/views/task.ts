import * as z from 'zod';
import type { Sight } from '../../../shared/case/sight.ts';
import { CaseId, Kind, PartyId, TaskId } from '../../../shared/domain/ids.ts';
import { Role } from '../../../shared/domain/party.ts';
import type { Task } from '../../../shared/domain/task.ts';
import { Instant } from '../../../shared/domain/time.ts';
import { ActorView, viewActor } from './actor.ts';
import type { PartyNames } from './party-names.ts';

/** Whom a task is put to. */
export const AssigneeView = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('party'),
    party: PartyId,
    name: z.string(),
    roles: z.array(Role),
    /** those who are asked at first may not answer */
    handedOver: z.boolean().optional(),
    /** nobody may answer it now: the hub's lead is to find somebody */
    nobody: z.boolean().optional(),
  }),
  z.object({ type: z.literal('applicant') }),
]);

/** A question to one party: its allowed outcomes, and by when it is due; once answered, by whom and how. */
export const TaskView = z.object({
  id: TaskId,
  caseId: CaseId,
  kind: Kind,
  stage: z.string(),
  status: z.enum(['open', 'closed']),
  outcomes: z.array(z.string()),
  dueAt: Instant,
  openedAt: Instant,
  round: z.int().min(0),
  organization: z.string(),
  onBehalf: z.boolean(),
  assignee: AssigneeView,
  outcome: z.string().optional(),
  closedAt: Instant.optional(),
  closedBy: ActorView.optional(),
});
export type TaskView = z.infer<typeof TaskView>;

/** A task; `onBehalf` says that whoever has it answers for an applicant who has no e-mail. */
export function viewTask(task: Task, sight: Pick<Sight, 'people'>, names: PartyNames): TaskView {
  const { assignee } = task;
  return TaskView.parse({
    ...task,
    onBehalf: assignee.type === 'party' && assignee.onBehalf === true,
    assignee: assignee.type === 'party' ? { ...assignee, name: names.get(assignee.party) ?? assignee.party } : assignee,
    ...(task.status === 'closed' && {
      closedBy: viewActor(task.closedBy, sight, names, task.closedByName, task.closedInPlaceOf),
    }),
  });
}
