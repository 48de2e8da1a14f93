import * as z from 'zod';
import { type Acting, type ActingMember, may } from '../answering/acting.ts';
import type { CaseEvent } from '../domain/event.ts';
import { isStuckTask, type PartyId, type TaskId } from '../domain/ids.ts';
import type { Role } from '../domain/party.ts';
import type { Action } from '../domain/permissions.ts';
import { type Clarity, cut, readerOf } from '../domain/privacy/cut.ts';
import { Task } from '../domain/task.ts';
import type { ShownGroup } from '../domain/trace.ts';
import { Case } from '../kinds/case.ts';
import { hubDesk } from '../kinds/define.ts';
import { Volunteer } from '../kinds/insurance/input.ts';
import { outcomeOf, stageOf } from '../kinds/lifecycle.ts';
import { partnerOf } from '../kinds/partner.ts';
import { deliveryOf, hasDelivery, rosterRefOf } from '../kinds/parts.ts';
import type { CaseFile } from '../store/cases.ts';

/**
 * What of a case somebody sees who may read it: the least with which they can do their part. Each is an action of the table
 * of permissions; everything else of a case is for all who may read it. Pages and the API show by this alone.
 */
export interface Sight {
  /** the party that looks, undefined for the applicant */
  readonly party: PartyId | undefined;
  /** name, telephone and e-mail of whom to ask */
  readonly contact: Clarity;
  /** where the goods go */
  readonly delivery: Clarity;
  /** who is to be insured: numbers are masked, in full they are given when they are asked for with a reason, see `roster.ts` */
  readonly roster: boolean;
  /** purpose, answers and report of an application */
  readonly application: boolean;
  /** what people wrote to whoever follows the case: reasons, notes on a consignment, the report on a need */
  readonly words: boolean;
  /** what the automatic screening noticed */
  readonly screening: boolean;
  /** scores and recommendations: the funder's own counsel */
  readonly assessment: boolean;
  /** reasons that parties give one another before anything is decided */
  readonly deliberation: boolean;
  /** who of the parties did something, by the person's name */
  readonly people: boolean;
  /** what is left of a programme's budget */
  readonly funds: boolean;
  /** other cases of the organization */
  readonly others: boolean;
  /** what went wrong with the workflow and was mended */
  readonly machinery: boolean;
}

/** How somebody who may read the case sees it. */
export function sightOf(acting: Acting, subject: Case): Sight {
  const sees = (action: Action) => may(acting, action, subject);
  const clarity = (full: Action, masked: Action): Clarity => (sees(full) ? 'full' : sees(masked) ? 'masked' : 'none');
  return {
    party: acting.type === 'member' ? acting.member.party : undefined,
    contact: clarity('see-contact', 'see-contact-masked'),
    delivery: clarity('see-delivery', 'see-delivery-masked'),
    roster: sees('see-volunteers'),
    application: sees('see-application'),
    words: true,
    screening: sees('see-screening'),
    assessment: sees('see-assessment'),
    deliberation: sees('see-deliberation'),
    people: sees('see-people'),
    funds: sees('see-budget'),
    others: sees('see-other-cases'),
    machinery: sees('see-machinery'),
  };
}

/**
 * The same for a member with the roles of those for whom they stand in, see `answerable.ts`: who answers in somebody's
 * place sees what they see.
 */
export function sightWith(acting: ActingMember, roles: readonly Role[], subject: Case): Sight {
  return sightOf({ ...acting, member: { ...acting.member, roles: [...roles] } }, subject);
}

/** The same in a list: what is personal is seen where the case is opened, and that is recorded. */
export function glance(sight: Sight): Sight {
  return { ...sight, contact: 'none', delivery: 'none', roster: false, application: false, words: false };
}

function wayTo(sight: Sight) {
  const whole = (sees: boolean): Clarity => (sees ? 'full' : 'none');
  return readerOf({
    contact: sight.contact,
    delivery: sight.delivery,
    volunteers: whole(sight.roster),
    numbers: sight.roster ? 'masked' : 'none',
    application: whole(sight.application),
    people: whole(sight.people),
    words: whole(sight.words),
  });
}

const Text = z.string().optional();
/** What is masked is no telephone number and no address any more, and says so by its type. */
const Masked = z.object({
  contact: z.object({ name: Text, phone: Text, email: Text }).optional(),
  delivery: z.object({ address: z.string(), recipient: Text, phone: Text }).optional(),
});

/** A case as it is seen: what is personal in it by the groups of its schema, so that a new field is nobody's before it has one. */
export function caseSeen(subject: Case, sight: Sight): Case {
  const unmasked = (clarity: Clarity) => (clarity === 'masked' ? 'none' : clarity);
  const clear = { ...sight, contact: unmasked(sight.contact), delivery: unmasked(sight.delivery) };
  const seen = Case.parse(cut(Case, subject, wayTo(clear)));
  if (sight.contact !== 'masked' && sight.delivery !== 'masked') return seen;
  const masked = Masked.parse(cut(Case, subject, wayTo(sight)));
  const contact = seen.contact ?? masked.contact;
  return hasDelivery(seen) ? { ...seen, contact, delivery: seen.delivery ?? masked.delivery } : { ...seen, contact };
}

/** A question as it was put before it was handed over. */
export function asFirstPut(subject: Case, task: Task): Task {
  const { kind, hub } = subject;
  const asks = stageOf(kind, task.stage)?.asks;
  if (task.assignee.type !== 'party' || !asks || asks.by === 'applicant') return task;
  const { by } = asks;
  const party = by === 'hub' ? hub : (partnerOf(subject) ?? hub);
  return { ...task, assignee: { type: 'party', party, roles: [...(by === 'hub' ? hubDesk.roles : asks.roles)] } };
}

/** The task that an event opened, or is about. */
function taskIn(event: CaseEvent): TaskId | undefined {
  if ('openedTask' in event) return event.openedTask;
  return 'task' in event ? event.task : undefined;
}

/** A question as its applicant knew it before anything they typed kept somebody away: `told` is all that they were told until then. */
function asTold(subject: Case, task: Task, told: readonly CaseEvent[]): Task {
  const first = asFirstPut(subject, task);
  const last = told.findLast((event) => event.handedTo && taskIn(event) === task.id)?.handedTo;
  if (!last || last.back) return first;
  const { party, role, nobody } = last;
  return { ...first, assignee: { type: 'party', party, roles: [role], handedOver: true, ...(nobody && { nobody }) } };
}

/**
 * A case with its history and tasks as they are seen, see {@link caseSeen} and {@link historySeen}. From when on what the applicant typed
 * keeps somebody away, they are not shown whose a question becomes: whoever types addresses would learn whose of them decide. What
 * they were shown before stays, since its going would tell the same.
 */
export function fileSeen<F extends CaseFile>({ subject, events, tasks }: F, sight: Sight): CaseFile {
  const seen = tasks
    .filter(({ id }) => sight.machinery || !isStuckTask(id))
    .map((task) => Task.parse(cut(Task, task, wayTo(sight))));
  const barred = sight.people ? -1 : events.findIndex(({ type }) => type === 'barred');
  if (barred < 0) return { subject: caseSeen(subject, sight), events, tasks: seen };
  const told = events.slice(0, barred);
  const since = events.slice(barred).filter(({ type }) => type !== 'handed-over');
  return {
    subject: caseSeen(subject, sight),
    events: [...told, ...since.map((event) => ({ ...event, handedTo: undefined }))],
    tasks: seen.map((task) => asTold(subject, task, told)),
  };
}

/** The volunteers of a roster as they are seen, their numbers masked. */
export function volunteersSeen(volunteers: readonly Volunteer[], sight: Sight): Volunteer[] {
  return sight.roster ? volunteers.map((each) => Volunteer.parse(cut(Volunteer, each, wayTo(sight)))) : [];
}

/** The groups of personal data that a look at the case then shows, for the trace of who looked. */
export function shownTo(sight: Sight, subject: Case): ShownGroup[] {
  return [
    ...(sight.contact !== 'none' && subject.contact ? (['contact'] as const) : []),
    ...(sight.delivery !== 'none' && deliveryOf(subject) ? (['delivery'] as const) : []),
    ...(sight.application ? (['application'] as const) : []),
    ...(sight.roster && rosterRefOf(subject) ? (['roster'] as const) : []),
  ];
}

const machinery: ReadonlySet<string> = new Set(['stuck', 'resumed']);
/**
 * Who was kept away by what the applicant typed, and is no more; that mail to the address they typed, or to a member, does not arrive: for the
 * parties' people, not for who typed.
 */
const ofTyped: ReadonlySet<string> = new Set([
  'barred',
  'bar-lift-asked',
  'bar-lifted',
  'mail-undelivered',
  'member-unreached',
  'mail-resumed',
]);

/**
 * A case and what happened to it, as far as it is seen: names of people, scores, and reasons that are not for everybody are
 * left out, and so are the workflow's own troubles.
 */
export function historySeen(
  { subject, events }: Pick<CaseFile, 'subject' | 'events'>,
  sight: Sight,
): Pick<CaseFile, 'subject' | 'events'> {
  const decisions = subject.decisions.map(({ name, inPlaceOf, score, reason, ...decision }) => {
    const reasonFor = outcomeOf(subject.kind, decision.outcome)?.reasonFor;
    const kept = (reasonFor === undefined || sight[reasonFor]) && (sight.people || !ofTyped.has(decision.outcome));
    return {
      ...decision,
      ...(sight.people && { name, inPlaceOf }),
      ...(kept && { score, reason }),
    };
  });
  return {
    subject: { ...subject, decisions },
    events: events.filter(
      ({ type }) =>
        type !== 'nudged' &&
        // whoever has the link alone need not be of the organization that has confirmed the address since
        (type !== 'claimed' || sight.party !== undefined) &&
        (sight.machinery || !machinery.has(type)) &&
        (sight.people || !ofTyped.has(type)),
    ),
  };
}
