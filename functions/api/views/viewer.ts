import { type Acting, isCoordinator } from '../../../shared/cases/acting.ts';
import type { Case } from '../../../shared/domain/case.ts';
import type { PartyId } from '../../../shared/domain/ids.ts';

/** What of a case one caller sees: the least with which they can do their part. Everything else of it is for all. */
export interface Viewer {
  /** the party that looks, undefined for the applicant */
  readonly party: PartyId | undefined;
  /** name, telephone and e-mail of whom to ask */
  readonly contact: boolean;
  /** where the goods go */
  readonly delivery: boolean;
  /** who of the parties did something, by the person's name */
  readonly people: boolean;
  /** what the automatic screening noticed */
  readonly screening: boolean;
  /** scores and recommendations: the funder's own counsel */
  readonly assessment: boolean;
  /** reasons that parties give one another before anything is decided */
  readonly deliberation: boolean;
  /** what went wrong with the workflow and was mended */
  readonly machinery: boolean;
}

/** Stages in which a donor has promised goods and must know where they go. */
const underWay: ReadonlySet<string> = new Set(['dispatching', 'in-transit', 'confirming', 'reporting', 'closed']);

const applicant: Viewer = {
  party: undefined,
  contact: true,
  delivery: true,
  people: false,
  screening: false,
  assessment: false,
  deliberation: false,
  machinery: false,
};

/** How somebody who may read the case sees it. */
export function viewerOf(acting: Acting, subject: Case): Viewer {
  if (acting.type !== 'member') return applicant;
  const { member } = acting;
  const ofHub = member.party === subject.hub;
  const coordinates = ofHub && isCoordinator(member);
  const funds = subject.kind === 'grant' && member.party === subject.funder;
  const gives = subject.kind === 'need' && 'donor' in subject && member.party === subject.donor?.party;
  return {
    party: member.party,
    contact: coordinates,
    delivery: coordinates || (gives && underWay.has(subject.stage)),
    people: true,
    screening: coordinates || funds || gives,
    assessment: funds,
    deliberation: coordinates || funds || gives,
    machinery: ofHub,
  };
}
