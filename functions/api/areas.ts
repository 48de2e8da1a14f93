import { kindApis } from '../kinds/api.ts';
import { addresses } from './areas/addresses.ts';
import { audit } from './areas/audit.ts';
import { bars } from './areas/bars.ts';
import { cases } from './areas/cases.ts';
import { consent, trackedConsent } from './areas/consent.ts';
import { document } from './areas/document.ts';
import { drafts } from './areas/drafts.ts';
import { imports } from './areas/imports.ts';
import { insuranceBatch } from './areas/insurance-batch.ts';
import { interests } from './areas/interests.ts';
import { jobs } from './areas/jobs.ts';
import { links, trackedLinks } from './areas/links.ts';
import { members } from './areas/members.ts';
import { offers } from './areas/offers.ts';
import { organizations } from './areas/organizations.ts';
import { parties } from './areas/parties.ts';
import { personRequests } from './areas/person-requests.ts';
import { programmes } from './areas/programmes.ts';
import { referrals } from './areas/referrals.ts';
import { rosterReviews } from './areas/roster-reviews.ts';
import { rosters } from './areas/rosters.ts';
import { standIns } from './areas/stand-ins.ts';
import { submissions } from './areas/submissions.ts';
import { tasks } from './areas/tasks.ts';
import { track } from './areas/track.ts';
import type { Area, Operation } from './operation.ts';
import { AssigneeView } from './views/task.ts';

/** Every area of the API: the only list, from which routes, rights, the gateway's routes and the document follow. */
const areas = {
  submissions: {
    about: 'Asking: a need, a grant application, volunteer insurance. Nobody has to sign in.',
    operations: submissions,
  },
  track: {
    about: 'What an applicant does with the private link, without signing in.',
    operations: { ...track, ...trackedConsent, ...trackedLinks },
  },
  cases: {
    about: 'Cases, for those who work on them.',
    operations: { ...cases, ...links, ...consent, ...interests, ...bars },
    parts: Object.fromEntries(Object.values(kindApis).map(({ name, view }) => [name, view])),
  },
  tasks: {
    about: 'Questions to a party, each with its allowed outcomes: the only thing that moves a case on.',
    operations: tasks,
    parts: { Assignee: AssigneeView },
  },
  programmes: { about: 'Funders’ calls for grant applications.', operations: programmes },
  offers: { about: 'What donors want to give.', operations: offers },
  insurance: {
    about: 'Rosters of volunteers and the insurer’s batch file.',
    operations: { ...rosters, ...rosterReviews, ...insuranceBatch },
  },
  imports: { about: 'A coordinator’s spreadsheet of needs.', operations: imports },
  jobs: {
    about: 'Work on many rows, which goes on by itself: how far it has come, and what became of each row.',
    operations: jobs,
  },
  audit: { about: 'Who saw and did what, bound by hashes, for auditors.', operations: audit },
  people: {
    about: 'Who the caller is, who can be asked, and the people of the caller’s party.',
    operations: { ...parties, ...members, ...standIns },
  },
  organization: {
    about: 'An organization’s own: the addresses by which cases are its own, and drafts that its members share.',
    operations: { ...addresses, ...drafts },
  },
  organizations: {
    about: 'Records of organizations: who they are, what was checked, what they may receive.',
    operations: organizations,
  },
  referrals: {
    about: 'People in need, referred with their consent to a party that can help.',
    operations: referrals,
  },
  privacy: {
    about: 'What a person may ask: to see what is kept about them, and to have it erased.',
    operations: personRequests,
  },
  document: { about: 'This document.', operations: document },
} as const satisfies Record<string, Area>;
type Areas = typeof areas;
export type OperationId = { [A in keyof Areas]: keyof Areas[A]['operations'] }[keyof Areas];

/** The areas by name, in the order in which the document has them. */
export const areaList: readonly (readonly [name: string, area: Area])[] = Object.entries(areas);

/** Every operation by its id. */
export const operations: Readonly<Record<string, Operation>> = Object.fromEntries(
  areaList.flatMap(([, area]) => Object.entries(area.operations)),
);
