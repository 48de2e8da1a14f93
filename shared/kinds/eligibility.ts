import type { Actor, DecisionRecord, Earlier } from '../domain/case-base.ts';
import type { Kind, MemberId, PartyId } from '../domain/ids.ts';
import { leadRoleOf, type Role } from '../domain/party.ts';
import { isSameMailbox } from '../domain/same/mailbox.ts';
import type { Assignee } from '../domain/task.ts';
import { assigneeOf } from './assignee.ts';
import type { Case } from './case.ts';
import { besideOf, outcomeOf, outcomesOf, stageOf } from './lifecycle.ts';
import { typeOfAsked } from './partner.ts';
import { isSecondLook } from './parts.ts';

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
 * Whether one of `people` already gave an answer that this outcome is the second look at, or brought the case to a stage that
 * another person is to answer. What counts is the last answer in each stage, also when changes were requested and made since.
 */
export function isKeptBySecondLook(subject: Case, outcome: string, people: readonly MemberId[]): boolean {
  const { kind, stage, decisions, entered } = subject;
  const notAfter = (isSecondLook(subject, outcome) && outcomeOf(kind, outcome)?.notAfter) || [];
  const earlier = [...new Set(decisions.map((one) => one.stage))].filter((one) => one !== stage);
  const looked = earlier
    .flatMap((one) => lastIn(subject, one) ?? [])
    .filter((one) => notAfter.includes(one.outcome))
    .flatMap(({ by }) => peopleOf(by));
  // a linked need begins after it was verified
  const verified = notAfter.includes('verified') && !earlier.includes('verifying') ? subject.earlier?.verified : [];
  const bringer = decisions.find(({ version }) => version === entered.version);
  const brought = stageOf(kind, stage)?.fromAnother && bringer ? peopleOf(bringer.by) : [];
  return [...looked, ...(verified ?? []), ...brought].some((one) => people.includes(one));
}

/** The last answer that carried the case on from a stage. */
function lastIn({ kind, decisions }: Case, stage: string): DecisionRecord | undefined {
  return decisions.findLast((one) => one.stage === stage && carriesOn(kind, one.outcome));
}

/** Who verified a need, or, of a linked one that begins after it, the need that it continues. */
function whoVerified(subject: Case): readonly MemberId[] {
  const last = lastIn(subject, 'verifying');
  return last ? peopleOf(last.by) : (subject.earlier?.verified ?? []);
}

/** On whose side of the table an answer is given: who asks, or who gives. The hub stands between them. */
type Side = 'applicant' | 'giver' | 'hub';

/** Whether the stage is answered by who funds, gives or insures, also when somebody else answers it in their place. */
function isGivers({ kind }: Case, stage: string, outcome: string): boolean {
  const by = (besideOf(kind, stage, outcome) ?? stageOf(kind, stage)?.asks)?.by;
  return by !== undefined && by !== 'hub' && by !== 'applicant';
}

function actsForApplicant(subject: Case, by: Actor): boolean {
  if (by.type === 'applicant') return true;
  if (by.type !== 'member') return false;
  return by.onBehalf === true || by.party === subject.organizationParty;
}

/** The side on which `by` answers the question about a stage, or does what may be done beside it. */
export function sideOf(subject: Case, by: Actor, outcome = '', stage: string = subject.stage): Side {
  if (actsForApplicant(subject, by)) return 'applicant';
  return isGivers(subject, stage, outcome) ? 'giver' : 'hub';
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
  return sideOf(subject, by, outcome, stage);
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
  const verified = each(whoVerified(parent));
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
  if (hasTakenOtherSide(subject, sideOf(subject, by, outcome), people)) return 'both-sides';
  return isKeptBySecondLook(subject, outcome, people) ? 'same-person' : undefined;
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

/** Whether nobody but who funds may answer: what becomes of their money is decided by no hub. */
export function isTheirsAlone({ kind, stage }: Case): boolean {
  return stageOf(kind, stage)?.asks?.alone === true;
}

/**
 * The desks to which a question goes, one after another, until somebody at one of them may answer it: those who are asked,
 * the role that leads their party, the lead of the hub, those of the hubs above it; but no hub's where it is the party's alone.
 * @param above the hub's parent, that one's parent, and so on
 */
export function desksFor(subject: Case, asked: Asked, above: readonly PartyId[]): readonly Desk[] {
  const own: Desk = { party: asked.party, roles: asked.roles };
  const type = typeOfAsked(subject, asked.party);
  const lead: Desk = { party: asked.party, roles: [leadRoleOf[type]] };
  const hubs = [subject.hub, ...above].map((party): Desk => ({ party, roles: [leadRoleOf.hub] }));
  const isAlone = isTheirsAlone(subject) && asked.party !== subject.hub;
  const desks = [own, lead, ...(isAlone ? [] : hubs)];
  return desks.filter((desk, place) => desks.findIndex((one) => isSameDesk(one, desk)) === place);
}

function isSameDesk(a: Desk, b: Desk): boolean {
  return a.party === b.party && a.roles.length === b.roles.length && a.roles.every((role) => b.roles.includes(role));
}

/**
 * The assignee for the first desk at which somebody is eligible. When there is none anywhere the question stays with the
 * hub's lead, or with who leads the party whose alone it is, marked so that everybody sees that nobody may answer it, and its
 * due times go on until somebody may.
 * @param place which of `desks`, or -1 for none
 */
export function assigneeAt(subject: Case, asked: Asked, desks: readonly Desk[], place: number): Asked {
  if (place === 0) return asked;
  const isAlone = isTheirsAlone(subject) && asked.party !== subject.hub;
  const last = isAlone ? desks.at(-1) : undefined;
  const desk = desks[place] ?? last ?? { party: subject.hub, roles: [leadRoleOf.hub] };
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
  const [onward = ''] = outcomesOf(subject.kind, subject.stage);
  return people.filter((member) => {
    const by: Actor = { type: 'member', member, party: asked.party, ...(asked.onBehalf && { onBehalf: true }) };
    return standsAgainst(subject, isStuck ? 'resumed' : onward, by, accountsOf) === undefined;
  });
}
