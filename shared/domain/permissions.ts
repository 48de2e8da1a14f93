import type { Role } from './party.ts';
import type { Relation } from './relation.ts';

/**
 * Who acts: a member by a role, the holder of a case's private link, anybody (a person who is not signed in, or not asked
 * whether they are), or the work in the background.
 */
export type Who = Role | 'link' | 'public' | 'workflow';

/** Who may do something, each in the relations in which they may. Whoever is not named may not. */
export type PermissionRow = { readonly [W in Who]?: readonly Relation[] };

function both<A extends Who>(who: readonly A[], ...where: Relation[]): { readonly [W in A]?: readonly Relation[] } {
  const row: { [W in A]?: readonly Relation[] } = {};
  for (const one of who) row[one] = where;
  return row;
}

const organization = (...where: Relation[]) => both(['applicant', 'manager'], ...where);
const funder = (...where: Relation[]) => both(['reviewer', 'approver', 'finance', 'programme-manager'], ...where);
/** those of a funder who weigh an application; its finance pays what they decided */
const deciders = (...where: Relation[]) => both(['reviewer', 'approver', 'programme-manager'], ...where);
const publishers = (...where: Relation[]) => both(['approver', 'programme-manager'], ...where);
const hub = (...where: Relation[]) => both(['coordinator', 'lead'], ...where);
const insurer = (...where: Relation[]) => both(['insurer'], ...where);
const auditor = both(['auditor'], 'any');
const operator = both(['operator'], 'any');
const anybody = both(['public'], 'any');
const background = both(['workflow'], 'any');
/** everybody who works on cases, in the relation in which a party of their type can stand to one */
const working = { ...organization('own'), ...funder('partner'), ...hub('hub'), ...insurer('partner') };
/** the same, on things of their own party, and those who lead parties of each type */
const staff = { ...organization('own'), ...funder('own'), ...hub('own'), ...insurer('own') };
const everyMember = {
  ...organization('any'),
  ...funder('any'),
  ...hub('any'),
  ...insurer('any'),
  ...auditor,
  ...operator,
};
const leads = both(['manager', 'programme-manager', 'lead', 'insurer', 'auditor', 'operator'], 'own');

/**
 * Who may do what: the one table that site, console, API, mail links and background work alike go by. A route, an
 * operation or a write that names no action of this table cannot be made. What may not be read is not there (404); what
 * may be read but not done is refused (403).
 */
export const permissions = {
  // cases
  'submit-case': { ...anybody, ...organization('any'), ...hub('any') },
  /** for an organization that cannot do so itself */
  'enter-case': hub('any'),
  'list-cases': { ...organization('any'), ...funder('any'), ...hub('any'), ...insurer('any'), ...auditor },
  'read-case': { link: ['own'], ...working, ...hub('hub', 'below'), ...auditor, ...background },
  'list-tasks': { ...organization('any'), ...funder('any'), ...hub('any'), ...insurer('any') },
  /** only what is put to them, see `assignee.ts` */
  'answer-task': { link: ['own'], ...working, ...both(['lead'], 'hub', 'below') },
  /** to a case that came without one, as an import does */
  'give-consent': { link: ['own'], ...organization('own'), ...hub('hub') },
  'withdraw-case': { link: ['own'], ...organization('own'), ...hub('behalf') },
  'amend-case': { link: ['own'], ...organization('own'), ...hub('behalf') },
  /** what somebody does whoever is asked: a funder stops a grant, a hub calls a dispatch off; the stage says in which role, own or a colleague's */
  'act-beside': { ...funder('partner'), ...hub('hub') },
  'see-suggestions': hub('hub'),

  // what of a case somebody sees who may read it
  'see-contact': { link: ['own'], ...organization('own'), ...hub('hub', 'below') },
  'see-contact-masked': auditor,
  'see-delivery': { link: ['own'], ...organization('own'), ...hub('hub', 'below'), ...deciders('giving') },
  'see-delivery-masked': auditor,
  /** who is to be insured, identity numbers and phones masked */
  'see-volunteers': {
    link: ['own'],
    ...organization('own'),
    ...hub('hub', 'below'),
    ...insurer('partner'),
    ...auditor,
  },
  /** identity numbers and phones as the policies need them */
  'see-volunteers-in-full': insurer('partner'),
  'show-identity-number': { ...hub('hub'), ...insurer('partner') },
  /** purpose, answers and report */
  'see-application': {
    link: ['own'],
    ...organization('own'),
    ...deciders('partner'),
    ...hub('hub', 'below'),
    ...auditor,
  },
  'see-screening': { ...deciders('partner'), ...hub('hub', 'below'), ...auditor },
  /** score and recommendation: the funder's own counsel */
  'see-assessment': { ...deciders('partner'), ...auditor },
  /** reasons that parties give one another before anything is decided */
  'see-deliberation': { ...deciders('partner'), ...hub('hub', 'below'), ...auditor },
  /** who of the parties did something, by the person's name */
  'see-people': { ...funder('partner'), ...hub('hub', 'below'), ...insurer('partner'), ...auditor },
  /** other cases of the organization */
  'see-other-cases': { ...deciders('partner'), ...hub('hub', 'below'), ...auditor },
  /** what is left of a programme's budget */
  'see-budget': { ...funder('partner', 'own'), ...auditor },
  /** what went wrong with the workflow and was mended */
  'see-machinery': { ...hub('hub', 'below'), ...auditor },

  // private links
  'find-case': anybody,
  'see-private-link': { link: ['own'], ...hub('behalf') },
  'renew-link': { ...anybody, ...hub('hub') },
  /** to an address at which mail did not arrive, once somebody has asked there */
  'resume-mail': hub('hub'),
  'revoke-link': { link: ['own'], ...both(['manager'], 'own'), ...hub('hub') },

  // programmes and offers
  'see-site': anybody,
  'sign-in': anybody,
  'see-programmes': { ...anybody, ...everyMember },
  'see-closed-programmes': { ...funder('any'), ...hub('any'), ...auditor },
  'publish-programme': publishers('own'),
  'close-programme': publishers('own'),
  'see-offers': { ...funder('own'), ...hub('any'), ...auditor },
  'make-offer': deciders('own'),
  'list-funders': { ...hub('any'), ...auditor },

  // records of organizations: one a body, for all hubs and funders
  'see-organizations': { ...funder('any'), ...hub('any'), ...insurer('any'), ...auditor },
  'enter-organization': { ...deciders('any'), ...hub('any') },
  'change-organization': { ...deciders('any'), ...hub('any') },
  'check-organization': { ...deciders('any'), ...hub('any') },
  /** that two records are of one body, of two, or of a branch; and to take that back */
  'say-organization': { ...deciders('any'), ...hub('any') },

  // work on many cases
  'review-roster': anybody,
  'import-needs': hub('own'),
  'export-insurance-batch': insurer('own'),
  /** how far a job of one's party has come; what it does to a row is permitted by the row's own action */
  'see-jobs': hub('own'),
  'cancel-job': hub('own'),
  /** what came to nothing by a fault, once that is mended */
  'retry-job': hub('own'),

  // who decides: interests, hand-over, stand-ins
  'declare-interest': { ...funder('partner'), ...hub('hub'), ...both(['lead'], 'hub', 'below'), ...insurer('partner') },
  /** one's own; who leads sees those of their people, an auditor all */
  'see-interests': { ...funder('partner'), ...hub('hub'), ...insurer('partner'), ...auditor },
  'hand-over': { ...both(['lead'], 'hub'), ...both(['programme-manager', 'insurer'], 'partner') },
  /** that what an applicant typed keeps a colleague away: who leads asks, and any other of them agrees */
  'lift-bar': { ...funder('partner'), ...hub('hub'), ...insurer('partner') },
  'name-stand-in': { ...funder('own'), ...hub('own'), ...insurer('own') },

  // people and their parties
  'see-own-account': everyMember,
  /** this table, as a page */
  'see-permissions': both(['manager', 'programme-manager', 'lead', 'insurer', 'auditor', 'operator'], 'any'),
  'see-members': { ...staff, ...auditor, ...both(['operator'], 'own') },
  'invite-member': leads,
  'change-roles': leads,
  'remove-member': leads,
  'accept-invitation': anybody,
  'read-calendar': anybody,
  'register-organization': anybody,
  'claim-cases': organization('own'),
  /** that it is no longer the organization's; its cases stay */
  'release-address': both(['manager'], 'own'),
  'save-draft': organization('own'),

  // personal data
  'find-person': both(['lead'], 'any'),
  'see-person': both(['lead'], 'any'),
  'erase-person': both(['lead'], 'any'),
  'refer-person': { ...hub('own'), ...organization('own') },
  'see-referrals': { ...hub('own'), ...organization('own'), ...funder('own') },
  'answer-referral': { ...hub('own'), ...organization('own'), ...deciders('own') },
  /** of a person who was referred: written down by whichever party they told */
  'withdraw-consent': { ...hub('own'), ...organization('own'), ...funder('own') },

  // traces
  'read-audit': { ...both(['lead'], 'hub', 'below'), ...auditor },
  'export-audit': auditor,

  /** how the installation runs: counts and times, no case */
  'see-operations': { ...operator, ...auditor },
  /** mails that did not go out, none of which is shown */
  'send-mails-again': operator,

  // the work in the background
  'start-workflow': background,
  'continue-workflow': background,
  'ask-party': background,
  'screen-case': background,
  'advance-case': background,
  'cover-people': background,
  'nudge-case': background,
  'erase-in-time': background,
  'work-on-job': background,
  'tell-by-mail': background,
} as const satisfies Record<string, PermissionRow>;
export type Action = keyof typeof permissions;

/** The relations in which `who` may do it; none when they may not. */
export function allowedIn(action: Action, who: Who): readonly Relation[] {
  const row: PermissionRow = permissions[action];
  return row[who] ?? [];
}
