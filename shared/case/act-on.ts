import { type Acting, actorOf, assertMay, isOwn, nameOf } from '../answering/acting.ts';
import { assertMayGive, coordinators, guardsOf } from '../answering/guards.ts';
import { Rejected } from '../domain/errors.ts';
import { type CaseId, isStuckTask } from '../domain/ids.ts';
import type { Action } from '../domain/permissions.ts';
import type { Assignee, ClosedTask } from '../domain/task.ts';
import { instant } from '../domain/time.ts';
import { Case } from '../kinds/case.ts';
import type { Change, Decided } from '../kinds/change.ts';
import { type CaseFile, readCaseFile } from '../store/cases.ts';
import type { Hub } from '../store/hub.ts';
import type { Idempotency } from '../store/idempotency.ts';
import { changedOnce } from '../store/retry.ts';
import { writeDecision } from './decide.ts';

/** What somebody does to a case without being asked. */
interface Deed {
  readonly action: Action;
  /** what comes of it, where it is an outcome of the stage */
  readonly outcome?: string;
  /** who does it, and in whose place */
  acting(subject: Case): Acting | Promise<Acting>;
  /** in which roles a member does it; left out, as one of the hub's */
  readonly as?: (subject: Case) => Assignee;
}

/**
 * Does something to a case that is no answer to its question. Where it changes the stage the open task is closed with it, and the
 * workflow goes on.
 * @throws {@link Rejected} `stage-changed` when it is too late, `not-found`, `forbidden`, what a guard says
 */
export function actOn(
  hub: Hub,
  id: CaseId,
  once: Idempotency | undefined,
  deed: Deed,
  make: (file: CaseFile, how: Decided) => Promise<Change>,
): Promise<Case> {
  const attempt = async (tries: number): Promise<Case> => {
    const file = await readCaseFile(hub.table, id);
    if (!file) throw new Rejected('not-found');
    const { subject } = file;
    const acting = await deed.acting(subject);
    assertMay(acting, deed.action, subject);
    const open = file.tasks.filter((task) => task.status === 'open');
    // of a stuck workflow and the question it got stuck on, the workflow waits for the first to be answered
    const waited = open.find((task) => isStuckTask(task.id)) ?? open[0];
    // the funder acts for itself; others act for the applicant, unless they are it
    const actor = actorOf(acting, deed.as === undefined && !isOwn(acting, subject));
    const name = nameOf(acting);
    const inPlaceOf = acting.type === 'member' ? acting.inPlaceOf?.member.name : undefined;
    await assertMayGive(hub.table, subject, deed.outcome ?? deed.action, actor);
    const asked = deed.as?.(subject) ?? coordinators(subject);
    const guards = acting.type === 'member' ? await guardsOf(hub, subject, acting, asked) : [];
    const now = instant(Date.now());
    try {
      const change = await make(file, { actor, name, inPlaceOf, now });
      const { event } = change;
      if (event.type !== 'stage-changed') {
        await writeDecision(hub, acting, change, [], guards, once);
      } else {
        const outcome = {
          outcome: event.on,
          closedAt: now,
          closedBy: actor,
          ...(name && { closedByName: name }),
          ...(inPlaceOf && { closedInPlaceOf: inPlaceOf }),
        };
        const closed = open.map((task): ClosedTask => ({ ...task, status: 'closed', ...outcome }));
        const told = waited ? { ...change, event: { ...event, closedTask: waited.id } } : change;
        await writeDecision(hub, acting, told, closed, guards, once);
      }
      return Case.parse(change.after);
    } catch (error) {
      // a person was quicker: what they did decides whether this is still possible
      if (error instanceof Rejected && error.code === 'already-decided' && tries === 1) return attempt(2);
      throw error;
    }
  };
  return changedOnce(hub, once, attempt);
}
