import type { TransactWriteItem } from '@aws-sdk/client-dynamodb';
import * as z from 'zod';
import { Rejected } from '../domain/errors.ts';
import type { CaseEvent } from '../domain/event.ts';
import type { CaseId, MemberId } from '../domain/ids.ts';
import { type Interest, InterestInput } from '../domain/interest.ts';
import { leadRoleOf, type Member, roles } from '../domain/party.ts';
import { parseInput } from '../domain/problems.ts';
import type { Assignee, OpenTask } from '../domain/task.ts';
import { type Instant, instant } from '../domain/time.ts';
import { Case } from '../kinds/case.ts';
import { type Change, type Decided, moved } from '../kinds/change.ts';
import { isSameAssignee } from '../kinds/eligibility.ts';
import { partnerOf } from '../kinds/partner.ts';
import { type CaseFile, readCaseFile, replacement } from '../store/cases.ts';
import type { Hub } from '../store/hub.ts';
import { hubsAbove } from '../store/hub-tree.ts';
import { type Idempotency, remembering, replay } from '../store/idempotency.ts';
import { declaredIn, declaring, retracting, standingFor } from '../store/interests.ts';
import { membersOf } from '../store/parties.ts';
import { requestRecheck } from '../store/recheck.ts';
import { untilWritten } from '../store/retry.ts';
import { type Table, transact } from '../store/table.ts';
import { opening } from '../store/tasks.ts';
import { type ActingMember, actorOf, assertMay, may, nameOf } from './acting.ts';
import { assertGuarded, type Guard, guardsOf, stillThere } from './guards.ts';
import { findAnswererAgain, handedTo } from './hand-over.ts';
import { personKey } from './person-key.ts';
import { recheckCases } from './recheck-cases.ts';
import { barredFrom } from './who-is-barred.ts';

type InterestEvent = Extract<CaseEvent, { type: 'interest-declared' | 'interest-retracted' }>;

interface Handed {
  readonly tasks: readonly OpenTask[];
  readonly event: Partial<Pick<InterestEvent, 'task' | 'handedTo'>>;
}

/** The open tasks that go to another desk when this person's interest changes. */
async function handed(table: Table, file: CaseFile, member: MemberId, interested: boolean): Promise<Handed> {
  const open = file.tasks.filter((task) => task.status === 'open');
  const tasks: OpenTask[] = [];
  let event: Handed['event'] = {};
  for (const task of open) {
    if (task.assignee.type === 'applicant') continue;
    const assignee = await findAnswererAgain(table, file.subject, task, { member, interested });
    event = { task: task.id, ...event };
    if (isSameAssignee(task.assignee, assignee)) continue;
    tasks.push({ ...task, assignee });
    event = { ...event, task: task.id, ...handedTo(task.assignee, assignee) };
  }
  return { tasks, event };
}

function changed(before: Case, on: InterestEvent['type'], how: Decided, more: object): Change {
  const { version, decisions } = moved(before, on, how);
  const after = Case.parse({ ...before, version, decisions });
  const { id: caseId, kind, hub, stage } = after;
  const common = { caseId, kind, version, hub, stage, at: how.now, by: how.actor };
  const event: InterestEvent =
    on === 'interest-declared' ? { type: on, standing: false, ...common, ...more } : { type: on, ...common, ...more };
  return { before, after, event, children: [] };
}

/** Cases of the organization, where a standing interest counts too, that whoever declares it waits for; the sweep looks at the others. */
const AT_ONCE = 50;

/** What somebody wants to change about an interest in a case, judged on the case as it is. */
interface InterestChange {
  /** what must still hold of whoever changes it */
  readonly guards: readonly Guard[];
  readonly on: InterestEvent['type'];
  /** whose interest it is, and whether they have one from now on */
  readonly member: MemberId;
  readonly interested: boolean;
  readonly writes: (now: Instant) => readonly TransactWriteItem[];
  /** where it is for all cases of the organization: by what these are known */
  readonly whose: readonly string[];
}

/** Who changes an interest in which case, and what they sent. */
interface Request<S extends z.ZodType> {
  readonly hub: Hub;
  readonly id: CaseId;
  readonly acting: ActingMember;
  readonly once: Idempotency | undefined;
  readonly action: 'declare-interest' | 'hand-over';
  readonly schema: S;
  readonly body: unknown;
}

/**
 * Writes an interest, whose the open tasks are by it, and the event that says so, in one transaction; made anew on what is
 * there when somebody changed the case meanwhile.
 * @param judge what is to be changed; undefined where nothing is
 */
async function changeInterest<S extends z.ZodType>(
  { hub, id, acting, once, action, schema, body }: Request<S>,
  judge: (subject: Case, input: z.output<S>) => Promise<InterestChange | undefined>,
): Promise<Case> {
  const { table } = hub;
  return untilWritten(hub, once, async () => {
    const file = await readCaseFile(table, id);
    if (!file) throw new Rejected('not-found');
    const { subject } = file;
    assertMay(acting, action, subject);
    const input = parseInput(schema, body);
    const wanted = (await replay(table, once)) === undefined ? await judge(subject, input) : undefined;
    if (!wanted) return subject;
    const { on, member, interested, whose, guards } = wanted;
    const now = instant(Date.now());
    const { organizationParty: organization } = subject;
    const { tasks, event } = await handed(table, file, member, interested);
    const how: Decided = { actor: actorOf(acting), name: nameOf(acting), now };
    const more = on === 'interest-declared' ? { standing: whose.length > 0 } : { whose: member };
    const ofAccount = whose.length > 0 && organization ? { organization } : {};
    const change = changed(subject, on, how, { ...more, ...ofAccount, ...event });
    try {
      await transact(table, [
        ...guards.map(({ check }) => check),
        ...remembering(table, once, id),
        ...wanted.writes(now),
        ...tasks.map((task) => opening(table, task)),
        ...replacement(table, subject, change.after, change.event),
        ...whose.map((each) => requestRecheck(table, each, now)),
      ]);
    } catch (error) {
      assertGuarded(guards, error);
      throw error;
    }
    for (const each of whose) await recheckCases(table, { whose: each, at: now }, AT_ONCE);
    return change.after;
  });
}

/**
 * A member says that they should not act on a case, or on any of its organization: from this moment they may not, at any
 * door. What was open to them goes to the others at the desk, or, when nobody is left there, to who leads; in the same
 * transaction. Said again, nothing changes. Cost: a Query of the case, who is left at the desk, and a transaction of up to
 * ten items; a standing one looks at the organization's other open cases.
 * @param body `{ reason, standing }`, not yet checked
 * @throws {@link Rejected} `not-found`, `forbidden`, or a problem for every wrong field
 */
export function declareInterest(
  hub: Hub,
  id: CaseId,
  body: unknown,
  acting: ActingMember,
  once?: Idempotency,
): Promise<Case> {
  const { table } = hub;
  const { id: member, party } = acting.member;
  const request = { hub, id, acting, once, action: 'declare-interest', schema: InterestInput, body } as const;
  return changeInterest(request, async (subject, input) => {
    const known = await declaredIn(table, [member], subject);
    if (known.some((one) => one.standing || !input.standing)) return undefined;
    const { organization, organizationParty } = subject;
    const writes = (declaredAt: Instant) =>
      declaring(table, { ...input, member, party, caseId: id, organization, organizationParty, declaredAt });
    const guards = [stillThere(table, acting)];
    return {
      on: 'interest-declared',
      member,
      interested: true,
      writes,
      whose: input.standing ? standingFor(subject) : [],
      guards,
    };
  });
}

/** A declared interest as those who lead see it: who, why, and under which name it can be taken back. */
export interface Declared {
  readonly id: string;
  readonly name: string;
  readonly party: Interest['party'];
  readonly reason: Interest['reason'];
  readonly standing: boolean;
  readonly declaredAt: string;
  /** whether whoever looks may take it back */
  readonly retractable: boolean;
}

/** Who takes it back, and sees it for that: somebody else, who leads the party or the case's hub. */
function isTheirs({ member }: ActingMember, subject: Case, interest: Interest): boolean {
  if (member.id === interest.member) return false;
  const leads = member.roles.includes(leadRoleOf[member.partyType]);
  return leads && (member.party === interest.party || member.party === subject.hub);
}

/**
 * The people whose interests are looked up: of one's own party; for the hub's lead and auditors, of all who work on the case, the
 * hubs above too.
 */
async function colleagues(table: Table, subject: Case, { member }: ActingMember): Promise<Member[]> {
  const seesAll =
    member.partyType === 'auditor' || (member.party === subject.hub && member.roles.includes(leadRoleOf.hub));
  const parties = seesAll
    ? [subject.hub, partnerOf(subject), ...(await hubsAbove(table, subject.hub))]
    : [member.party];
  const found = await Promise.all(parties.map((party) => (party ? membersOf(table, party, roles) : [])));
  return found.flat();
}

/**
 * The declared interests in a case that concern whoever looks: their own, and for who leads those of their party; for the
 * hub's lead those of the partner and of the hubs above too, for an auditor all. Cost: a Query a party, two or three reads a member, and what
 * {@link barredFrom} costs for one.
 */
export async function declaredInterests(table: Table, subject: Case, acting: ActingMember): Promise<Declared[]> {
  const people = new Map((await colleagues(table, subject, acting)).map((one) => [one.id, one]));
  const [found, isBarred] = await Promise.all([
    declaredIn(table, [...people.keys()], subject),
    barredFrom(table, subject, [acting.member]),
  ]);
  return found.flatMap((interest) => {
    const person = people.get(interest.member);
    const theirs = isTheirs(acting, subject, interest);
    const isShown = theirs || person?.id === acting.member.id || acting.member.partyType === 'auditor';
    if (!person || !isShown) return [];
    const { party, reason, standing, declaredAt } = interest;
    const retractable = theirs && may(acting, 'hand-over', subject) && !isBarred(acting.member);
    return [{ id: personKey(interest.member), name: person.name, party, reason, standing, declaredAt, retractable }];
  });
}

export const Retraction = z.strictObject({ interest: z.string().min(1).max(64) });

/**
 * Takes back an interest that was declared by mistake. Nobody does so for themselves; what was declared stays on record.
 * @param body `{ interest }`: its id in {@link declaredInterests}
 * @throws {@link Rejected} `not-found` when there is none that is theirs to take back; `interest-declared` or `both-sides`
 * when whoever takes it back may not act on the case either
 */
export function retractInterest(
  hub: Hub,
  id: CaseId,
  body: unknown,
  acting: ActingMember,
  once?: Idempotency,
): Promise<Case> {
  const { table } = hub;
  const { id: retractedBy, party, partyType } = acting.member;
  const lead: Assignee = { type: 'party', party, roles: [leadRoleOf[partyType]] };
  const request = { hub, id, acting, once, action: 'hand-over', schema: Retraction, body } as const;
  return changeInterest(request, async (subject, { interest: wanted }) => {
    const people = (await colleagues(table, subject, acting)).map((one) => one.id);
    const found = (await declaredIn(table, people, subject)).filter((one) => personKey(one.member) === wanted);
    const [interest] = found;
    if (!interest || !isTheirs(acting, subject, interest)) throw new Rejected('not-found');
    const guards = await guardsOf(hub, subject, acting, lead);
    const writes = (retractedAt: Instant) =>
      found.flatMap((one) => retracting(table, { ...one, retractedAt, retractedBy }, id));
    const whose = [...new Set(found.flatMap((one) => (one.standing ? standingFor(one) : [])))];
    return { on: 'interest-retracted', member: interest.member, interested: false, writes, whose, guards };
  });
}
