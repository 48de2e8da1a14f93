import { type Acting, answererOf, assertMay, isAsked, may, nameOf } from '../answering/acting.ts';
import { answerable } from '../answering/answerable.ts';
import { assertGuarded, assertMayGive, type Guard, guardsOf } from '../answering/guards.ts';
import { standsInFor } from '../answering/stand-ins.ts';
import { Rejected } from '../domain/errors.ts';
import { caseOfTask, type TaskId } from '../domain/ids.ts';
import { parseInput } from '../domain/problems.ts';
import type { ClosedTask, OpenTask, Task } from '../domain/task.ts';
import { instant } from '../domain/time.ts';
import { Case } from '../kinds/case.ts';
import type { Change, Decided } from '../kinds/change.ts';
import { decisionInputs } from '../kinds/decision.ts';
import { submitted } from '../kinds/intake.ts';
import { rosterRefOf } from '../kinds/parts.ts';
import { readCase, replacement } from '../store/cases.ts';
import type { Hub } from '../store/hub.ts';
import { type Idempotency, remembering } from '../store/idempotency.ts';
import { offerChange } from '../store/offers.ts';
import { readParty } from '../store/parties.ts';
import { forgetPeople } from '../store/people.ts';
import { budgetChange, countFigures, isUncounted } from '../store/programmes.ts';
import { changedOnce } from '../store/retry.ts';
import { ConditionFailed, transact } from '../store/table.ts';
import { closing, readTask, taskFrom } from '../store/tasks.ts';
import { assertFits } from './case-size.ts';
import { changeOf, resume } from './change-of.ts';
import { becomingOwn } from './owner.ts';
import { indexPeople } from './person-index.ts';
import { discardRoster } from './roster.ts';

/** Whose answer it was: the person for those who see who did what in the case, else their party. */
async function answeredBy(hub: Hub, { closedBy, closedByName, closedInPlaceOf }: ClosedTask, seesPeople: boolean) {
  if (closedBy.type !== 'member') return { by: closedBy.type };
  if (!seesPeople) return { by: (await readParty(hub.table, closedBy.party))?.name ?? closedBy.party };
  return {
    by: closedByName ?? closedBy.member,
    ...(closedInPlaceOf !== undefined && { inPlaceOf: closedInPlaceOf }),
  };
}

/** The second person is told who decided what and when. */
async function alreadyDecided(hub: Hub, subject: Case, task: Task, acting: Acting): Promise<Rejected> {
  if (task.status !== 'closed') return new Rejected('stage-changed');
  const by = await answeredBy(hub, task, may(acting, 'see-people', subject));
  return new Rejected('already-decided', {
    params: { outcome: task.outcome, at: task.closedAt, ...by },
  });
}

/**
 * Writes a person's change of a case: all of it or nothing. The tasks in `closed` are closed by the same transaction.
 * Cost: a transaction of the case, its event, the tasks, the idempotency record, what money, goods and linked needs it
 * concerns, and the guards: twenty-one items at most, beside the rows of a new roster, and what {@link becomingOwn} adds; before
 * it a write for each whom the case, or a linked need, newly names.
 * @throws {@link Rejected} what a guard says, `already-decided`, `budget-exceeded`, `invalid`; ConditionFailed when the case
 * was changed
 */
export async function writeDecision(
  hub: Hub,
  acting: Acting,
  change: Change,
  closed: readonly ClosedTask[],
  guards: readonly Guard[],
  once?: Idempotency,
): Promise<void> {
  const { table } = hub;
  const { before, after, event, children, budget, offer } = change;
  assertFits(after, event.type === 'stage-changed' || event.type === 'amended' ? event.on : event.type);
  const writes = [
    // first: whoever may no longer act is told that, rather than who was quicker
    ...guards.map(({ check }) => check),
    ...remembering(table, once, after.id),
    ...closed.map((task) => closing(table, task)),
    ...(budget ? [budgetChange(table, budget.programme, budget.moves)] : []),
    ...(offer ? [offerChange(table, offer.offer, offer.by)] : []),
    ...replacement(
      table,
      before,
      after,
      event,
      children.map((child) => ({ subject: child, event: submitted(child, event.by) })),
    ),
    ...(await becomingOwn(table, before, after, event.at)),
  ];
  await indexPeople(hub, before, after);
  // a linked need is found by itself, also when what it continues has been erased
  for (const child of children) await indexPeople(hub, undefined, child);
  try {
    await transact(table, writes);
  } catch (error) {
    if (!(error instanceof ConditionFailed)) throw error;
    for (const { id } of children) await forgetPeople(table, id);
    assertGuarded(guards, error);
    const won = taskFrom(error.item);
    if (won) throw await alreadyDecided(hub, before, won, acting);
    if (budget && (budget.moves.paid !== 0 || budget.moves.returned !== 0) && isUncounted(error.item)) {
      await countFigures(table, budget.programme);
      throw error;
    }
    if (error.item?.entity === 'programme')
      throw new Rejected('budget-exceeded', { params: { fen: Number(error.item.available) } });
    if (error.item?.entity === 'offer') {
      throw new Rejected('invalid', {
        fields: [{ pointer: '/lines', code: 'offer-exceeded', params: { maximum: Number(error.item.available) } }],
      });
    }
    throw error;
  }
}

function assertOutcome(task: OpenTask, body: unknown): string {
  const outcome = typeof body === 'object' && body !== null && 'outcome' in body ? body.outcome : undefined;
  if (typeof outcome === 'string' && task.outcomes.includes(outcome)) return outcome;
  throw new Rejected('unknown-outcome', {
    fields: [{ pointer: '/outcome', code: outcome === undefined ? 'required' : 'not-a-choice' }],
    params: { outcomes: task.outcomes.join(', ') },
  });
}

/** In whose place a member answers a task that is not put to them: as the case's page offers it, see `answerable.ts`. */
async function asStandIn(hub: Hub, subject: Case, task: Task, person: Acting): Promise<Acting> {
  const { assignee } = task;
  if (person.type !== 'member' || assignee.type !== 'party' || assignee.party !== person.member.party) return person;
  if (isAsked(person, subject, task)) return person;
  const offered = (await answerable(hub.table, { subject, tasks: [task] }, person)).tasks.get(task.id);
  if (offered) return offered.as;
  const places = (await standsInFor(hub.table, person.member)).map((inPlaceOf): Acting => ({ ...person, inPlaceOf }));
  return places.find((acting) => isAsked(acting, subject, task)) ?? person;
}

async function attempt(
  hub: Hub,
  id: TaskId,
  body: unknown,
  person: Acting,
  once: Idempotency | undefined,
): Promise<Case> {
  const [task, before] = await Promise.all([readTask(hub.table, id), readCase(hub.table, caseOfTask(id))]);
  if (!task || !before) throw new Rejected('not-found');
  const acting = await asStandIn(hub, before, task, person);
  const asked = isAsked(acting, before, task);
  // whoever was asked hears who answered, also where the case is no longer theirs
  if (asked && task.status === 'closed') throw await alreadyDecided(hub, before, task, acting);
  assertMay(acting, 'answer-task', before);
  if (!asked || task.status === 'closed') throw new Rejected(acting.type === 'applicant' ? 'not-found' : 'forbidden');
  const outcome = assertOutcome(task, body);
  // somebody else answered between the two reads: they are named
  if (before.stage !== task.stage && outcome !== 'resumed')
    throw await alreadyDecided(hub, before, (await readTask(hub.table, id)) ?? task, acting);
  const actor = answererOf(acting, before, task);
  await assertMayGive(hub.table, before, outcome, actor);
  const name = nameOf(acting);
  const inPlaceOf = acting.type === 'member' ? acting.inPlaceOf?.member.name : undefined;
  const how: Decided = { actor, name, inPlaceOf, now: instant(Date.now()), task: task.id };
  const change =
    outcome === 'resumed'
      ? resume(before, task, { ...how, reason: parseInput(decisionInputs[before.kind], body).reason })
      : await changeOf(hub, before, body, how);
  const closed = {
    ...task,
    status: 'closed' as const,
    outcome,
    closedAt: how.now,
    closedBy: actor,
    ...(name && { closedByName: name }),
    ...(inPlaceOf && { closedInPlaceOf: inPlaceOf }),
  };
  const guards = acting.type === 'member' ? await guardsOf(hub, before, acting, task.assignee) : [];
  try {
    await writeDecision(hub, acting, change, [closed], guards, once);
  } catch (error) {
    const written = !(error instanceof Rejected || error instanceof ConditionFailed);
    const { after } = change;
    // a new roster that came to nothing must not stay without a case
    const roster = rosterRefOf(after);
    if (!written && roster && roster.id !== rosterRefOf(before)?.id) await discardRoster(hub, roster);
    throw error;
  }
  // as it was stored: what the new stage does not have is not in it
  return Case.parse(change.after);
}

/**
 * Answers a task: changes the case, appends the event, closes the task, reserves or releases money and goods, and makes
 * the linked need for what was not given, in one transaction. The first answer wins.
 * @param body `{ outcome, reason, … }`, not yet checked
 * A member whom a colleague named for today answers in that colleague's place. What may have changed since the page was drawn
 * (roles, interests, the naming) is tested by the transaction itself; when it has, nothing is tried again.
 * @throws {@link Rejected} `already-decided` with who, what and when; `forbidden`; `same-person`, `both-sides`,
 * `interest-declared`, `membership-ended`, `stand-in-ended`; `budget-exceeded`; or a problem for every wrong field
 */
export function decideTask(hub: Hub, id: TaskId, body: unknown, acting: Acting, once?: Idempotency): Promise<Case> {
  return changedOnce(hub, once, () => attempt(hub, id, body, acting, once));
}
