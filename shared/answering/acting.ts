import type { Actor } from '../domain/case-base.ts';
import { Rejected } from '../domain/errors.ts';
import type { CaseId, PartyId } from '../domain/ids.ts';
import type { Member, Role } from '../domain/party.ts';
import { type Action, allowedIn, type Who } from '../domain/permissions.ts';
import type { Relation } from '../domain/relation.ts';
import type { StandIns } from '../domain/stand-in.ts';
import type { Task } from '../domain/task.ts';
import { applicantMayAnswer } from '../kinds/assignee.ts';
import type { Case } from '../kinds/case.ts';
import { relationsTo } from '../kinds/relation.ts';

/**
 * Who acts, as the door found out: a signed-in member acting for one party, the holder of a case's private link, anybody,
 * or the work in the background.
 */
export type Acting =
  | {
      readonly type: 'member';
      readonly member: Member;
      /** in whose place they act: with the roles of that colleague, instead of their own */
      readonly inPlaceOf?: InPlaceOf;
      /** the hubs below the member's, see `hub-tree.ts`; left out, there are none */
      readonly below?: ReadonlySet<PartyId>;
    }
  | { readonly type: 'applicant'; readonly caseId: CaseId }
  | { readonly type: 'public' }
  | { readonly type: 'workflow' };

/** A signed-in member, acting for one party. */
export type ActingMember = Extract<Acting, { type: 'member' }>;

/** A colleague in whose place a member may act, and the naming that says so. */
export interface InPlaceOf {
  readonly member: Member;
  readonly standIns: StandIns;
}

/** What is acted on: a case, or something else that belongs to a party (a programme, a member list, an import). */
export type Thing = Case | { readonly ownedBy: PartyId };

export function actorOf(acting: Acting, onBehalf = false): Actor {
  if (acting.type === 'workflow') return { type: 'workflow' };
  if (acting.type !== 'member') return { type: 'applicant' };
  const { id, party } = acting.member;
  const standInFor = acting.inPlaceOf?.member.id;
  return { type: 'member', member: id, party, ...(onBehalf && { onBehalf: true }), ...(standInFor && { standInFor }) };
}

/** Who answers a task, as the case keeps it: for the applicant, where that is who is asked and they are another. */
export function answererOf(acting: Acting, subject: Case, { assignee }: Task): Actor {
  const behalf = assignee.type === 'party' && assignee.onBehalf === true;
  return actorOf(acting, behalf && !isOwn(acting, subject));
}

export function nameOf(acting: Acting): string | undefined {
  return acting.type === 'member' ? acting.member.name : undefined;
}

/** The roles in which a member acts: those of whom they stand in for, where they do. */
function rolesOf({ member, inPlaceOf }: ActingMember): readonly Role[] {
  return (inPlaceOf?.member ?? member).roles;
}

function whoIs(acting: Acting): readonly Who[] {
  if (acting.type === 'member') return rolesOf(acting);
  return [acting.type === 'applicant' ? 'link' : acting.type];
}

const nowhere: ReadonlySet<PartyId> = new Set();

function standing(acting: Acting, thing: Thing): ReadonlySet<Relation> {
  if (acting.type === 'member') {
    const { party } = acting.member;
    if ('ownedBy' in thing) return new Set(thing.ownedBy === party ? ['own'] : []);
    return relationsTo({ party, below: acting.below ?? nowhere }, thing);
  }
  const isOwn = acting.type === 'applicant' && 'id' in thing && thing.id === acting.caseId;
  return new Set(isOwn ? ['own'] : []);
}

/**
 * Whether `acting` may do this: the one place where the table of permissions is looked up.
 * @param thing what it is done to; without one, only what is allowed whatever it is done to
 */
export function may(acting: Acting, action: Action, thing?: Thing): boolean {
  const held = thing && standing(acting, thing);
  return whoIs(acting).some((who) =>
    allowedIn(action, who).some((relation) => relation === 'any' || held?.has(relation) === true),
  );
}

/** Whether there can be anything to which `acting` may do this: whether a door is theirs at all. */
export function mayEver(acting: Acting, action: Action): boolean {
  return whoIs(acting).some((who) => allowedIn(action, who).length > 0);
}

function isCase(thing: Thing | undefined): thing is Case {
  return thing !== undefined && 'stage' in thing;
}

/**
 * @throws {@link Rejected} `not-found` for a case that `acting` may not read, or does by a link; else `forbidden`
 */
export function assertMay(acting: Acting, action: Action, thing?: Thing): void {
  if (may(acting, action, thing)) return;
  const unseen = acting.type === 'applicant' || (isCase(thing) && !may(acting, 'read-case', thing));
  throw new Rejected(unseen ? 'not-found' : 'forbidden');
}

/** @throws {@link Rejected} `forbidden` when there is nothing to which `acting` may do this */
export function assertMayEver(acting: Acting, action: Action): void {
  if (!mayEver(acting, action)) throw new Rejected('forbidden');
}

/** Whether whoever acts is the applicant, rather than somebody who acts for them: the link's holder, or of the organization. */
export function isOwn(acting: Acting, subject: Case): boolean {
  return standing(acting, subject).has('own');
}

/** Whether the task is put to `acting`: to a role of theirs, to the applicant whose link they hold, or to their organization. */
export function isAsked(acting: Acting, subject: Case, task: Task): boolean {
  if (acting.type === 'applicant') return acting.caseId === subject.id && applicantMayAnswer(task.assignee);
  if (acting.type !== 'member') return false;
  return (
    (isOwn(acting, subject) && applicantMayAnswer(task.assignee)) ||
    isAtDesk({ party: acting.member.party, roles: rolesOf(acting) }, task)
  );
}

/** Whether `acting` may answer the task, which is about `subject`. */
export function mayAnswer(acting: Acting, subject: Case, task: Task): boolean {
  return task.caseId === subject.id && may(acting, 'answer-task', subject) && isAsked(acting, subject, task);
}

/** Whether it is what the applicant is asked, and the party is the organization whose case it is. */
export function isOfOwn(party: PartyId, { assignee, organizationParty }: Task): boolean {
  return organizationParty === party && applicantMayAnswer(assignee);
}

/** Whether an open task of a desk is the member's to answer, as far as the task itself says; decided is by {@link mayAnswer}. */
export function isAtDesk(
  { party, roles }: { readonly party: PartyId; readonly roles: readonly Role[] },
  { assignee }: Task,
): boolean {
  return assignee.type === 'party' && assignee.party === party && roles.some((role) => assignee.roles.includes(role));
}
