import type { Actor, DecisionRecord, Earlier } from '../domain/case-base.ts';
import type { Kind, MemberId, PartyId } from '../domain/ids.ts';
import { leadRoleOf, type Role } from '../domain/party.ts';
import { isSameMailbox } from '../domain/same/mailbox.ts';
import type { Assignee } from '../domain/task.ts';
import { assigneeOf } from './assignee.ts';
import type { Case } from './case.ts';
import { outcomeOf, stageOf } from './lifecycle.ts';
import { typeOfAsked } from './partner.ts';

/** The people who count for what was done: who did it, and for whom they stood in. */
export function peopleOf(actor: Actor): readonly MemberId[] {
  if (actor.type !== 'member') return [];
  return actor.standInFor ? [actor.member, actor.standInFor] : [actor.member];
}

/** Whether an answer carried the case on. Who gave one that is no outcome of the case's stages did not, and may still decide. */
function carriesOn(kind: Kind, outcome: string): boolean {
  const found = outcomeOf(kind, outcome);
  return found !== undefined && found.carriesOn !== false;
}

/**
 * Whether one of `people` already carried the case through a stage that the approval in `stage` is the second look at. What
 * counts is the last answer in each, also when changes were requested and made since.
 */
export function carriedItHere(subject: Case, stage: string, people: readonly MemberId[]): boolean {
  return (stageOf(subject.kind, stage)?.secondLookAt ?? [])
    .flatMap((earlier) => whoCarried(subject, earlier))
    .some((one) => people.includes(one));
}

/** Who carried the case through a stage, or, of a linked need that begins after it, the need that it continues. */
function whoCarried({ kind, decisions, earlier }: Case, stage: string): readonly MemberId[] {
  const last = decisions.findLast((one) => one.stage === stage && carriesOn(kind, one.outcome));
  if (last) return peopleOf(last.by);
  return stage === 'verifying' ? (earlier?.verified ?? []) : [];
}

/** On whose side of the table an answer is given: who asks, or who gives. The hub stands between them. */
type Side = 'applicant' | 'giver' | 'hub';

/** Whether the stage is answered by who funds, gives or insures, also when somebody else answers it in their place. */
function isGivers(subject: Case, stage: string): boolean {
  const by = stageOf(subject.kind, stage)?.asks?.by;
  return by !== undefined && by !== 'hub' && by !== 'applicant';
}

function actsForApplicant(subject: Case, by: Actor): boolean {
  if (by.type === 'applicant') return true;
  if (by.type !== 'member') return false;
  return by.onBehalf === true || by.party === subject.organizationParty;
}

/** The side on which `by` answers the question about the present stage. */
export function sideOf(subject: Case, by: Actor, stage: string = subject.stage): Side {
  if (actsForApplicant(subject, by)) return 'applicant';
  return isGivers(subject, stage) ? 'giver' : 'hub';
}

/** To step aside, to mend the workflow or to write down a consent is to take no side. */
const sideless: ReadonlySet<string> = new Set([
  'interest-declared',
  'interest-retracted',
  'bar-lift-asked',
  'bar-lifted',
  'resumed',
  'consented',
]);

function sideTaken(subject: Case, { by, stage, outcome }: DecisionRecord): Side {
  if (sideless.has(outcome)) return 'hub';
  return sideOf(subject, by, stage);
}

/**
 * Whether one of `people` has acted on the other side of this case before: whoever sent it, typed it in or acted for the applicant
 * does not give, and the other way round.
 */
export function hasTakenOtherSide(subject: Case, side: Side, people: readonly MemberId[]): boolean {
  if (side === 'hub') return false;
  const other: Side = side === 'giver' ? 'applicant' : 'giver';
  const senders = [subject.onBehalf?.member, subject.sentBy];
  if (other === 'applicant' && people.some((person) => senders.includes(person))) return true;
  return onSide(subject, other).some((person) => people.includes(person));
}

/** Who has acted on a side of the case, or of the need that it continues. */
function onSide(subject: Case, side: 'applicant' | 'giver'): readonly MemberId[] {
  const before = side === 'applicant' ? subject.earlier?.asked : subject.earlier?.gave;
  const here = subject.decisions.filter((one) => sideTaken(subject, one) === side).flatMap(({ by }) => peopleOf(by));
  return [...(before ?? []), ...here];
}

/** Who acted in a need, for one that goes on with its rest: what they may not do here they may not do there. */
export function earlierIn(parent: Case): Earlier | undefined {
  const each = (people: readonly MemberId[]) => [...new Set(people)];
  const asked = each(onSide(parent, 'applicant'));
  const gave = each(onSide(parent, 'giver'));
  const verified = each(whoCarried(parent, 'verifying'));
  return asked.length + gave.length + verified.length > 0 ? { asked, gave, verified } : undefined;
}

/**
 * Whether the mail address is that of whom to ask about the case. Whose address it is stands on the applicant's side, whatever
 * party they are a member of besides.
 */
export function isContact({ contact }: Case, email: string): boolean {
  return contact?.email !== undefined && isSameMailbox(contact.email, email);
}

/** A desk: the members of a party who have one of the roles. */
export interface Desk {
  readonly party: PartyId;
  readonly roles: readonly Role[];
}

/** Who is asked about the present stage of the case when everybody may act. */
export type Asked = Extract<Assignee, { type: 'party' }>;

/**
 * Why the rules of two people and of two sides keep this answer from this person, also in another's place; undefined where
 * they do not. A stuck workflow may be mended by anybody who is asked to.
 * @param accountsOf all accounts of one person: what they did with another they did themselves
 */
export function standsAgainst(
  subject: Case,
  outcome: string,
  by: Actor,
  accountsOf: (member: MemberId) => readonly MemberId[] = (member) => [member],
): 'both-sides' | 'same-person' | undefined {
  if (outcome === 'resumed') return undefined;
  const people = peopleOf(by).flatMap(accountsOf);
  if (hasTakenOtherSide(subject, sideOf(subject, by), people)) return 'both-sides';
  return outcome === 'approved' && carriedItHere(subject, subject.stage, people) ? 'same-person' : undefined;
}

/** The question that an open task asks, as it was put before anybody had to step aside. */
export function askedFirst(
  subject: Case,
  task: { readonly assignee: Assignee; readonly outcomes: readonly string[] },
): Assignee {
  const hub: Asked = { type: 'party', party: subject.hub, roles: ['coordinator', 'lead'] };
  if (task.outcomes.includes('resumed')) return hub;
  if (task.assignee.type === 'party' && task.assignee.onBehalf) return { ...hub, onBehalf: true };
  return assigneeOf(subject) ?? task.assignee;
}

/**
 * The desks to which a question goes, one after another, until somebody at one of them may answer it: those who are asked,
 * the role that leads their party, the lead of the hub, those of the hubs above it.
 * @param above the hub's parent, that one's parent, and so on
 */
export function desksFor(subject: Case, asked: Asked, above: readonly PartyId[]): readonly Desk[] {
  const own: Desk = { party: asked.party, roles: asked.roles };
  const type = typeOfAsked(subject, asked.party);
  const lead: Desk = { party: asked.party, roles: [leadRoleOf[type]] };
  const hubs = [subject.hub, ...above].map((party): Desk => ({ party, roles: [leadRoleOf.hub] }));
  const desks = [own, lead, ...hubs];
  return desks.filter((desk, place) => desks.findIndex((one) => isSameDesk(one, desk)) === place);
}

function isSameDesk(a: Desk, b: Desk): boolean {
  return a.party === b.party && a.roles.length === b.roles.length && a.roles.every((role) => b.roles.includes(role));
}

/**
 * The assignee for the first desk at which somebody is eligible. When there is none anywhere the question stays with the
 * hub's lead, marked so that everybody sees that nobody may answer it, and its due times go on until somebody may.
 * @param place which of `desks`, or -1 for none
 */
export function assigneeAt(subject: Case, asked: Asked, desks: readonly Desk[], place: number): Asked {
  if (place === 0) return asked;
  const desk = desks[place] ?? { party: subject.hub, roles: [leadRoleOf.hub] };
  return {
    type: 'party',
    party: desk.party,
    roles: [...desk.roles],
    handedOver: true,
    ...(place < 0 && { nobody: true }),
    ...(asked.onBehalf && { onBehalf: true }),
  };
}

/** Whether both put the question to the same people. */
export function isSameAssignee(a: Assignee, b: Assignee): boolean {
  if (a.type === 'applicant' || b.type === 'applicant') return a.type === b.type;
  return isSameDesk(a, b) && a.onBehalf === b.onBehalf && a.nobody === b.nobody;
}

/**
 * Those of `people` who may carry the case on from where it is, interests aside: neither the rule of two people nor that of
 * two sides stands against them. A stuck workflow may be mended by anybody who is asked to.
 */
export function ableToCarryOn(
  subject: Case,
  asked: Asked,
  isStuck: boolean,
  people: readonly MemberId[],
  accountsOf?: (member: MemberId) => readonly MemberId[],
): readonly MemberId[] {
  return people.filter((member) => {
    const by: Actor = { type: 'member', member, party: asked.party, ...(asked.onBehalf && { onBehalf: true }) };
    return standsAgainst(subject, isStuck ? 'resumed' : 'approved', by, accountsOf) === undefined;
  });
}
