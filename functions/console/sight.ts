import { isCoordinator } from '../../shared/cases/acting.ts';
import type { Case } from '../../shared/domain/case.ts';
import type { Member } from '../../shared/domain/party.ts';
import type { ShownGroup } from '../../shared/domain/trace.ts';

/** What of a case a member gets to see: the least with which they can do their part. */
export interface Sight {
  /** name, telephone and e-mail of whom to ask: the hub alone */
  readonly contact: boolean;
  /** address and recipient: who sends the goods, and the hub */
  readonly delivery: boolean;
  /** the volunteers: for the hub masked, in full for who writes the policies */
  readonly roster: 'none' | 'masked' | 'full';
  /** purpose, answers and report of an application */
  readonly application: boolean;
  /** score and recommendation: the funder's own counsel */
  readonly assessment: boolean;
  /** what is left of a programme's budget */
  readonly funds: boolean;
  /** other cases of the organization */
  readonly others: boolean;
}

const nothing: Sight = {
  contact: false,
  delivery: false,
  roster: 'none',
  application: false,
  assessment: false,
  funds: false,
  others: false,
};

/** What this member may see of a case that they may open. */
export function sightOf(member: Member, subject: Case): Sight {
  const is = (...roles: readonly string[]) => member.roles.some((role) => roles.includes(role));
  if (isCoordinator(member) && member.party === subject.hub) {
    return { ...nothing, contact: true, delivery: true, roster: 'masked', application: true, others: true };
  }
  if (member.partyType === 'funder' && subject.kind === 'grant') {
    const decides = is('reviewer', 'approver', 'programme-manager');
    return {
      ...nothing,
      application: decides,
      assessment: decides,
      funds: decides || is('finance'),
      others: decides,
    };
  }
  if (member.partyType === 'funder' && subject.kind === 'need') {
    const decides = is('reviewer', 'approver', 'programme-manager');
    return { ...nothing, delivery: decides, application: decides, others: decides };
  }
  if (member.partyType === 'insurer' && subject.kind === 'insurance' && is('insurer')) {
    return { ...nothing, roster: 'full' };
  }
  return nothing;
}

/** The groups of personal data that a page about the case then shows, for the trace of who looked. */
export function shownTo(sight: Sight, subject: Case): ShownGroup[] {
  return [
    ...(sight.contact && subject.contact ? (['contact'] as const) : []),
    ...(sight.delivery && subject.kind === 'need' && subject.delivery ? (['delivery'] as const) : []),
    ...(sight.application ? (['application'] as const) : []),
    ...(sight.roster === 'masked' ? (['roster'] as const) : []),
    ...(sight.roster === 'full' ? (['identity'] as const) : []),
  ];
}

/** `420106********1234`: enough to tell two people apart, not enough to be either. */
export function maskIdentity(number: string): string {
  return `${number.slice(0, 3)}${'*'.repeat(Math.max(0, number.length - 7))}${number.slice(-4)}`;
}

/** `138****5678`. */
export function maskPhone(phone: string): string {
  return `${phone.slice(0, 3)}****${phone.slice(-2)}`;
}
