import { applicantMayAnswer } from '../domain/assignee.ts';
import type { Case } from '../domain/case.ts';
import type { Actor } from '../domain/case-base.ts';
import { Rejected } from '../domain/errors.ts';
import type { CaseId } from '../domain/ids.ts';
import type { Member, Role } from '../domain/party.ts';
import type { Task } from '../domain/task.ts';
import { partnerOf } from '../store/case-item.ts';

/** Who acts, as the door found out: a signed-in member acting for one party, or the holder of a case's private link. */
export type Acting =
  | { readonly type: 'member'; readonly member: Member }
  | { readonly type: 'applicant'; readonly caseId: CaseId };

export function actorOf(acting: Acting, onBehalf = false): Actor {
  if (acting.type === 'applicant') return { type: 'applicant' };
  const { id, party } = acting.member;
  return { type: 'member', member: id, party, ...(onBehalf && { onBehalf: true }) };
}

export function nameOf(acting: Acting): string | undefined {
  return acting.type === 'member' ? acting.member.name : undefined;
}

/** Whether `acting` may answer the task. */
export function mayAnswer(acting: Acting, task: Task): boolean {
  const { assignee } = task;
  if (acting.type === 'applicant') return acting.caseId === task.caseId && applicantMayAnswer(assignee);
  if (assignee.type !== 'party' || assignee.party !== acting.member.party) return false;
  return acting.member.roles.some((role) => assignee.roles.includes(role));
}

/** Whether `acting` may see the case: the applicant, the hub it belongs to, and the party that funds, gives or insures. */
export function mayRead(acting: Acting, subject: Case): boolean {
  if (acting.type === 'applicant') return acting.caseId === subject.id;
  return acting.member.party === subject.hub || acting.member.party === partnerOf(subject);
}

/** Whether a coordinator of the case's hub may act for an applicant who has no e-mail. */
export function mayActFor(acting: Acting, subject: Case): boolean {
  if (acting.type === 'applicant') return acting.caseId === subject.id;
  return isCoordinator(acting.member) && acting.member.party === subject.hub && subject.contact?.email === undefined;
}

export function isCoordinator(member: Member): boolean {
  return member.partyType === 'hub' && member.roles.some((role) => role === 'coordinator' || role === 'lead');
}

/** @throws {@link Rejected} `forbidden` unless the member has one of the roles in a party of this type */
export function assertRole(member: Member, partyType: Member['partyType'], roles: readonly Role[]): void {
  if (member.partyType !== partyType || !member.roles.some((role) => roles.includes(role)))
    throw new Rejected('forbidden');
}
