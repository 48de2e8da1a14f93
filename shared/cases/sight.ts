import type { Case } from '../domain/case.ts';
import type { PartyId } from '../domain/ids.ts';
import { maskEmail, maskName, maskPhone } from '../domain/mask.ts';
import type { Action } from '../domain/permissions.ts';
import type { ShownGroup } from '../domain/trace.ts';
import type { CaseFile } from '../store/cases.ts';
import { type Acting, may } from './acting.ts';

/** How clearly something personal is seen. */
export type Clarity = 'none' | 'masked' | 'full';

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
  /** who is to be insured */
  readonly roster: Clarity;
  /** purpose, answers and report of an application */
  readonly application: boolean;
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
    roster: clarity('see-volunteers-in-full', 'see-volunteers'),
    application: sees('see-application'),
    screening: sees('see-screening'),
    assessment: sees('see-assessment'),
    deliberation: sees('see-deliberation'),
    people: sees('see-people'),
    funds: sees('see-budget'),
    others: sees('see-other-cases'),
    machinery: sees('see-machinery'),
  };
}

/** The same in a list: what is personal is seen where the case is opened, and that is recorded. */
export function glance(sight: Sight): Sight {
  return { ...sight, contact: 'none', delivery: 'none', roster: 'none', application: false };
}

/** Whom to ask about the case, as far as it is seen. */
export function contactSeen({ contact }: Case, sight: Pick<Sight, 'contact'>): Case['contact'] {
  if (sight.contact === 'full') return contact;
  if (sight.contact === 'none' || !contact) return undefined;
  const { name, phone, email } = contact;
  return {
    ...(name && { name: maskName(name) }),
    ...(phone && { phone: maskPhone(phone) }),
    ...(email && { email: maskEmail(email) }),
  };
}

type Need = Extract<Case, { kind: 'need' }>;

/** Where a need's goods go, as far as it is seen; of a masked address only that there is one. */
export function deliverySeen({ delivery }: Need, sight: Pick<Sight, 'delivery'>): Need['delivery'] {
  if (sight.delivery === 'full') return delivery;
  if (sight.delivery === 'none' || !delivery) return undefined;
  const { recipient, phone } = delivery;
  return {
    address: '***',
    ...(recipient && { recipient: maskName(recipient) }),
    ...(phone && { phone: maskPhone(phone) }),
  };
}

/** The groups of personal data that a look at the case then shows, for the trace of who looked. */
export function shownTo(sight: Sight, subject: Case): ShownGroup[] {
  return [
    ...(sight.contact !== 'none' && subject.contact ? (['contact'] as const) : []),
    ...(sight.delivery !== 'none' && subject.kind === 'need' && subject.delivery ? (['delivery'] as const) : []),
    ...(sight.application ? (['application'] as const) : []),
    ...(sight.roster === 'masked' ? (['roster'] as const) : []),
    ...(sight.roster === 'full' ? (['identity'] as const) : []),
  ];
}

/** Outcomes whose reasons are the funder's own counsel. */
const counsel: ReadonlySet<string> = new Set(['recommended']);
/** Outcomes whose reasons are for the parties that decide, before anything is decided for the applicant. */
const deliberations: ReadonlySet<string> = new Set(['matched', 'declined']);
const machinery: ReadonlySet<string> = new Set(['stuck', 'resumed']);

/**
 * A case and what happened to it, as far as it is seen: names of people, scores, and reasons that are not for everybody are
 * left out, and so are the workflow's own troubles.
 */
export function historySeen(
  { subject, events }: Pick<CaseFile, 'subject' | 'events'>,
  sight: Sight,
): Pick<CaseFile, 'subject' | 'events'> {
  const decisions = subject.decisions.map(({ name, inPlaceOf, score, reason, ...decision }) => {
    const kept =
      (sight.assessment || !counsel.has(decision.outcome)) &&
      (sight.deliberation || !deliberations.has(decision.outcome));
    return {
      ...decision,
      ...(sight.people && { name, inPlaceOf }),
      ...(kept && { score, reason }),
    };
  });
  return {
    subject: { ...subject, decisions },
    events: events.filter((event) => event.type !== 'nudged' && (sight.machinery || !machinery.has(event.type))),
  };
}
