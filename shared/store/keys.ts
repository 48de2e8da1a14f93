import type { CaseId, Kind, MemberId, OrganizationId, PartyId, ReferralId, Slug, TaskId } from '../domain/ids.ts';
import { caseOfTask } from '../domain/ids.ts';
import type { Role } from '../domain/party.ts';
import { endStages } from '../kinds/lifecycle.ts';

/** The keys of every item in the table, and of its indexes. Nothing else builds keys. */
export interface Key {
  readonly pk: string;
  readonly sk: string;
}

/** Event versions are padded so that they sort as numbers do. */
function padded(version: number): string {
  return String(version).padStart(6, '0');
}

/** The partition of the wrapped data keys. Who could write here could make all that is personal unreadable. */
export const DATA_KEYS = 'DATA-KEYS';

/** Ids of organizations that registered themselves, see `shared/people/organization.ts`: there may be thousands. */
const REGISTERED = /^o-[0-9a-f]{12}(-\d+)?$/;

/** Over so many partitions the mails that wait are spread: an outage of the mail server puts thousands aside at once. */
export const MAIL_SHARDS = 4;

function mailShard(name: string): number {
  return name.charCodeAt(0) % MAIL_SHARDS;
}

/** Over so many partitions the records of organizations are spread. */
export const ORGANIZATION_PARTS = 8;

function organizationPart(id: OrganizationId): number {
  return id.charCodeAt(id.length - 1) % ORGANIZATION_PARTS;
}

export const keys = {
  casePrefix: 'CASE#',
  case: (id: CaseId): Key => ({ pk: `CASE#${id}`, sk: 'CASE' }),
  event: (id: CaseId, version: number): Key => ({ pk: `CASE#${id}`, sk: `EVENT#${padded(version)}` }),
  /** where a case and its events lie together */
  caseChain: (id: CaseId) => ({ pk: `CASE#${id}`, from: 'CASE', to: 'EVENT#~' }),
  task: (id: TaskId): Key => ({ pk: `CASE#${caseOfTask(id)}`, sk: `TASK#${id}` }),
  /** says that all people of an insurance request were entered as covered */
  covered: (id: CaseId): Key => ({ pk: `COVERED#${id}`, sk: 'COVERED' }),
  token: (id: TaskId): Key => ({ pk: `TOKEN#${id}`, sk: 'TOKEN' }),
  once: (what: string): Key => ({ pk: `ONCE#${what}`, sk: 'ONCE' }),
  /** those who work with the hub lie together, so that one Query lists them; organizations that registered themselves do not */
  party: (id: string): Key =>
    REGISTERED.test(id) ? { pk: `PARTY#${id}`, sk: 'PARTY' } : { pk: 'PARTIES', sk: `PARTY#${id}` },
  membersOfParty: (party: PartyId): string => `PARTY#${party}`,
  memberOfParty: (party: PartyId, member: MemberId): Key => ({ pk: `PARTY#${party}`, sk: `MEMBER#${member}` }),
  member: (member: MemberId, party: PartyId): Key => ({ pk: `MEMBER#${member}`, sk: `PARTY#${party}` }),
  memberships: (member: MemberId): string => `MEMBER#${member}`,
  /** somebody who was asked to become a member */
  invitationPrefix: 'INVITATION#',
  invitation: (party: PartyId, id: Slug): Key => ({ pk: `PARTY#${party}`, sk: `INVITATION#${id}` }),
  /** why somebody is no longer a member */
  removal: (party: PartyId, member: MemberId): Key => ({ pk: `PARTY#${party}`, sk: `REMOVED#${member}` }),
  /** an address that an organization says is its own, by the address's hash */
  address: (party: PartyId, hash: string): Key => ({ pk: `PARTY#${party}`, sk: `ADDRESS#${hash}` }),
  /** whose address it is, once it is confirmed */
  addressOwner: (hash: string): Key => ({ pk: `ADDRESS#${hash}`, sk: 'ADDRESS' }),
  /** which organization confirmed an address of the mailbox with this hash, in whichever spelling */
  mailboxOwner: (hash: string): Key => ({ pk: `MAILBOX#${hash}`, sk: 'MAILBOX' }),
  /** the other accounts of a member who is one person with them */
  accounts: (member: MemberId): Key => ({ pk: `ACCOUNTS#${member}`, sk: 'ACCOUNTS' }),
  letter: (id: Slug): Key => ({ pk: `LETTER#${id}`, sk: 'LETTER' }),
  /** a mail that is tried again later, by when; and one that is given up, by since when. A name is a hash: shards by it are even */
  mailsOf: (sort: 'WAITING' | 'GIVEN-UP', shard: number): string => `MAILS#${sort}#${shard}`,
  mail: (sort: 'WAITING' | 'GIVEN-UP', at: string, name: string): Key => ({
    pk: keys.mailsOf(sort, mailShard(name)),
    sk: `${at}#${name}`,
  }),
  /** a digest that is collected, by when it goes out: one a member and hour, so that they lie together; and what stands in it */
  digests: 'DIGESTS',
  digest: (slot: string, name: string): Key => ({ pk: keys.digests, sk: `${slot}#${name}` }),
  digestEntries: (party: PartyId, member: MemberId): string => `DIGEST#${party}#${member}`,
  digestEntry: (party: PartyId, member: MemberId, slot: string, name: string): Key => ({
    pk: keys.digestEntries(party, member),
    sk: `${slot}#${name}`,
  }),
  /** that mail to an address, by its hash, does not arrive */
  undeliverable: (hash: string): Key => ({ pk: `UNDELIVERABLE#${hash}`, sk: 'UNDELIVERABLE' }),
  draft: (party: PartyId, id: Slug): Key => ({ pk: `DRAFTS#${party}`, sk: `DRAFT#${id}` }),
  drafts: (party: PartyId): string => `DRAFTS#${party}`,
  programme: (id: string): Key => ({ pk: 'PROGRAMMES', sk: `PROGRAMME#${id}` }),
  offer: (id: string): Key => ({ pk: 'OFFERS', sk: `OFFER#${id}` }),
  /** some hundred rows of a roster */
  rosterRows: (roster: string, part: number): Key => ({ pk: `ROSTER#${roster}`, sk: `ROWS#${padded(part)}` }),
  /** a roster of a form that was not sent yet, by a hash of the key that its page has, and the rows of it */
  formRoster: (name: string): Key => ({ pk: `FORM-ROSTER#${name}`, sk: 'FORM-ROSTER' }),
  formRosterRows: (name: string, part: number): Key => ({ pk: `FORM-ROSTER#${name}`, sk: `ROWS#${padded(part)}` }),
  /** what was typed in a form that waits for its file, by a hash of the name that its address has */
  typedPart: (name: string, part: number): Key => ({ pk: `FORM-TYPED#${name}`, sk: `PART#${padded(part)}` }),
  /** which days of a person are held by which requests; beside it, what releases before entered, an item a case */
  coverDays: (identityHash: string): Key => ({ pk: `COVER#${identityHash}`, sk: 'DAYS' }),
  coversOf: (identityHash: string): string => `COVER#${identityHash}`,
  importPlan: (id: Slug): Key => ({ pk: `IMPORT#${id}`, sk: 'IMPORT' }),
  importFile: (id: Slug, index: number): Key => ({ pk: `IMPORT#${id}`, sk: `FILE#${padded(index)}` }),
  importNeed: (id: Slug, index: number): Key => ({ pk: `IMPORT#${id}`, sk: `NEED#${padded(index)}` }),
  importRemarks: (id: Slug, sort: 'REJECTED' | 'NOTICE', index: number): Key => ({
    pk: `IMPORT#${id}`,
    sk: `${sort}#${padded(index)}`,
  }),
  /** what was imported for one organization and place, by the importing party */
  imported: (party: PartyId, importKey: string): Key => ({ pk: `IMPORTED#${party}#${importKey}`, sk: 'IMPORTED' }),
  /** that a person does not act on a case, or on the cases of an organization */
  interest: (member: MemberId, id: CaseId): Key => ({ pk: `INTERESTS#${member}`, sk: `CASE#${id}` }),
  standingInterest: (member: MemberId, organizationKey: string): Key => ({
    pk: `INTERESTS#${member}`,
    sk: organizationKey,
  }),
  interests: (member: MemberId): string => `INTERESTS#${member}`,
  standIns: (party: PartyId, member: MemberId): Key => ({ pk: `STANDINS#${party}`, sk: `MEMBER#${member}` }),
  standInsOfParty: (party: PartyId): string => `STANDINS#${party}`,
  /** whose cases are to be looked through, as an index has it; all of them lie together */
  looking: (whose: string): Key => ({ pk: 'LOOKING', sk: whose }),
  /** work on many: the job, its rows, what parts of them came to, and each run that was asked for */
  job: (id: Slug): Key => ({ pk: `JOB#${id}`, sk: 'JOB' }),
  jobRow: (id: Slug, row: number): Key => ({ pk: `JOB#${id}`, sk: `ROW#${padded(row)}` }),
  jobPart: (id: Slug, part: number): Key => ({ pk: `JOB#${id}`, sk: `PART#${padded(part)}` }),
  jobParts: 'PART#',
  jobRuns: 'RUN#',
  jobRun: (id: Slug, run: number): Key => ({ pk: `JOB#${id}`, sk: `RUN#${padded(run)}` }),
  /** that a job is not done: all of them lie together, one a name */
  openJob: (name: string): Key => ({ pk: 'JOBS-OPEN', sk: name }),
  /** a party's jobs by when they began */
  jobOf: (party: PartyId, at: string, id: Slug): Key => ({ pk: `JOBS#${party}`, sk: `${at}#${id}` }),
  jobsOf: (party: PartyId): string => `JOBS#${party}`,
  /** what the background work leaves behind for whoever runs the installation */
  health: (what: string): Key => ({ pk: 'HEALTH', sk: what }),
  /** the data key that what is personal is sealed with now */
  currentDataKey: (): Key => ({ pk: DATA_KEYS, sk: 'CURRENT' }),
  /** each data key that something may be sealed with */
  dataKey: (id: string): Key => ({ pk: DATA_KEYS, sk: `KEY#${id}` }),
  /** that a case holds something about a person, by keyed hash */
  person: (hash: string, id: CaseId): Key => ({ pk: `PERSON#${hash}`, sk: `CASE#${id}` }),
  personPlaces: (hash: string): string => `PERSON#${hash}`,
  /** that something else does: a draft, a referral, a membership, an invitation, an organization's address */
  personElsewhere: (hash: string, place: string): Key => ({ pk: `PERSON#${hash}`, sk: place }),
  draftPlace: (party: PartyId, id: Slug): string => `DRAFT#${party}#${id}`,
  referralPlace: (id: ReferralId): string => `REFERRAL#${id}`,
  memberPlace: (party: PartyId, member: MemberId): string => `MEMBER#${party}#${member}`,
  invitationPlace: (party: PartyId, id: Slug): string => `INVITATION#${party}#${id}`,
  addressPlace: (party: PartyId, hash: string): string => `ADDRESS#${party}#${hash}`,
  /** whose data a case holds from a version on */
  peopleOf: (id: CaseId, version: number, part: number): Key => ({
    pk: `PEOPLE#${id}`,
    sk: `VERSION#${padded(version)}#${part}`,
  }),
  referral: (id: ReferralId): Key => ({ pk: `REFERRAL#${id}`, sk: 'REFERRAL' }),
  /** that a party made a referral or was asked to take it, by when it was made */
  referralOf: (party: PartyId, at: string, id: ReferralId): Key => ({ pk: `REFERRALS#${party}`, sk: `${at}#${id}` }),
  referralsOf: (party: PartyId): string => `REFERRALS#${party}`,
  /** up to where what is personal in a hub's cases of a kind was erased */
  erasures: (hub: PartyId, kind: Kind): Key => ({ pk: `ERASURES#${hub}`, sk: kind }),
  /** up to where the reasons in trails outside cases were erased */
  erasedReasons: (trail: string): Key => ({ pk: 'ERASURES', sk: `REASONS#${trail}` }),
  /** up to where everything that is chained is anchored */
  anchored: (): Key => ({ pk: 'ANCHORED', sk: 'ANCHORED' }),
  session: (hash: string): Key => ({ pk: `SESSION#${hash}`, sk: 'SESSION' }),
  /** a session by what the issuer calls it, by hash */
  sessionBySid: (sid: string, hash: string): Key => ({ pk: `SID#${sid}`, sk: `SESSION#${hash}` }),
  sessionsBySid: (sid: string): string => `SID#${sid}`,
  /** how often somebody, by a hash, knocked at a door on one day since 1970 */
  limit: (what: string, who: string, day: number): Key => ({ pk: `LIMIT#${what}#${who}`, sk: `DAY#${day}` }),
  /** an entry of a chain of traces, and where the chain ends */
  traces: 'TRACE#',
  trace: (chain: string, seq: number): Key => ({ pk: `TRACE#${chain}`, sk: `ENTRY#${String(seq).padStart(9, '0')}` }),
  traceHead: (chain: string): Key => ({ pk: `TRACE#${chain}`, sk: 'HEAD' }),
  /** that a session is this person's, to find all of theirs */
  sessionOf: (member: MemberId, hash: string): Key => ({ pk: `SESSIONS#${member}`, sk: `SESSION#${hash}` }),
  sessionsOf: (member: MemberId): string => `SESSIONS#${member}`,
  /** records of organizations by number, in parts: the number is random, so that none is fuller than the others */
  organizations: (part: number): string => `ORGANIZATIONS#${part}`,
  organization: (id: OrganizationId): Key => ({ pk: keys.organizations(organizationPart(id)), sk: id }),
  /** what was done to a record, by its version */
  organizationStep: (id: OrganizationId, version: number): Key => ({
    pk: `ORGANIZATION#${id}`,
    sk: `STEP#${padded(version)}`,
  }),
  /** what staff said of this record and another */
  organizationSaid: (id: OrganizationId, about: OrganizationId): Key => ({
    pk: `ORGANIZATION#${id}`,
    sk: `SAID#${about}`,
  }),
  /** that a record is found by something that its organization is known by, as a keyed hash */
  organizationsBy: (hash: string): string => `ORGANIZATION-BY#${hash}`,
  organizationBy: (hash: string, id: OrganizationId): Key => ({ pk: keys.organizationsBy(hash), sk: id }),
  /** which record has a registration number, as a keyed hash: one */
  organizationNumber: (hash: string): Key => ({ pk: keys.organizationsBy(hash), sk: 'NUMBER' }),
  /** that a case is found by something in the name of who asks, as a keyed hash, by when it was sent */
  casesNamed: (hash: string): string => `CASES-NAMED#${hash}`,
  caseNamed: (hash: string, at: string, id: CaseId): Key => ({ pk: keys.casesNamed(hash), sk: `${at}#${id}` }),
  /** an entry's place in its chain, by its sort key; undefined for a key that no entry has */
  placeOf: (sk: string): number | undefined => {
    const [, place] = /^(?:EVENT#(?=\d{6}$)|ENTRY#(?=\d{9}$))(\d+)$/.exec(sk) ?? [];
    return place === undefined ? undefined : Number(place);
  },
};

/**
 * The table's global secondary indexes: names as in the template, each with its two key attributes. Keys that a whole hub, hour or
 * programme writes to are `sharded`: `table.ts` adds the shard and takes it off, `in-order.ts` reads all shards as one list.
 */
export const indexes = {
  /** open tasks of a desk by due time */
  inbox: { name: 'inbox', pk: 'inboxPk', sk: 'inboxSk', sharded: true },
  /** cases of a hub by kind, then stage (those where something still happens first), then when they came to it */
  hubCases: { name: 'hub-cases', pk: 'hubPk', sk: 'stageSk', sharded: true },
  /** cases that a funder, donor or insurer has part in, likewise */
  partnerCases: { name: 'partner-cases', pk: 'partnerPk', sk: 'stageSk', sharded: true },
  /** cases of an organization with an account, and of a mail address that is nobody's yet, by when they were submitted */
  ownerCases: { name: 'owner-cases', pk: 'ownerPk', sk: 'organizationSk', sharded: false },
  /** cases of one organization by when they were submitted */
  organizationCases: { name: 'organization-cases', pk: 'organizationPk', sk: 'organizationSk', sharded: false },
  /** everything that is chained, changes and traces, by the hour in which it happened */
  traces: { name: 'traces', pk: 'hourPk', sk: 'hourSk', sharded: true },
} as const;

/** The desk of a party at which members with `role` work: a lead sits at the coordinators', a manager at the applicants'. */
export function deskOf(role: Role): Role {
  if (role === 'manager') return 'applicant';
  return role === 'lead' ? 'coordinator' : role;
}

/** Sorts after every letter: open cases of a kind lie together, so that one Query finds them. */
const ENDED = '~';

export const indexKeys = {
  inbox: (party: PartyId, desk: Role): string => `${party}#${desk}`,
  cases: (party: PartyId, kind: Kind): string => `${party}#${kind}`,
  /** whose cases they are: those of an organization with an account, or those of the address with this hash */
  ofOrganization: (party: PartyId): string => `PARTY#${party}`,
  ofAddress: (hash: string): string => `MAIL#${hash}`,
  /** how the places of all cases in a stage begin */
  stage: (stage: string): string => `${endStages.has(stage) ? ENDED : ''}${stage}#`,
  inStage: (stage: string, at: string, id: CaseId): string => `${indexKeys.stage(stage)}${at}#${id}`,
  /** comes after the places of all cases that have not ended, and before the others */
  ended: ENDED,
  /** the hour of an instant */
  hour: (at: string): string => `HOUR#${at.slice(0, 13)}`,
  inHour: (at: string, { pk, sk }: Key): string => `${at}#${pk}#${sk}`,
};
