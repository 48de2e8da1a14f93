import * as z from 'zod';
import { type ActingMember, actorOf, assertMay, may, nameOf } from '../answering/acting.ts';
import { guardsOf } from '../answering/guards.ts';
import { handOver } from '../answering/hand-over.ts';
import { personKey } from '../answering/person-key.ts';
import { type Bar, LiftInput } from '../domain/bar.ts';
import { Rejected } from '../domain/errors.ts';
import type { CaseId, MemberId, PartyId } from '../domain/ids.ts';
import { leadRoleOf, type Member } from '../domain/party.ts';
import { parseInput } from '../domain/problems.ts';
import { instant } from '../domain/time.ts';
import { Case } from '../kinds/case.ts';
import { type Change, type Decided, moved } from '../kinds/change.ts';
import { accountsOf } from '../store/accounts.ts';
import { readCase } from '../store/cases.ts';
import type { Hub } from '../store/hub.ts';
import type { Idempotency } from '../store/idempotency.ts';
import { memberNames } from '../store/parties.ts';
import { changedOnce } from '../store/retry.ts';
import type { Table } from '../store/table.ts';
import { writeDecision } from './decide.ts';

/** Who is kept from a case by what its applicant typed, as those who lead them and auditors see it. */
export interface SeenBar {
  readonly id: string;
  readonly name: string;
  readonly party: PartyId;
  readonly by: Bar['by'];
  readonly at: string;
  /** who wants it lifted, and who did so with them */
  readonly asked: { readonly name: string; readonly at: string } | undefined;
  readonly lifted: { readonly name: string; readonly at: string } | undefined;
  /** what whoever looks may do about it: ask, or agree as the second */
  readonly may: 'ask' | 'agree' | undefined;
}

function leads({ roles, partyType }: Member): boolean {
  return roles.includes(leadRoleOf[partyType]);
}

/** Whether it is for the member to see: who leads the party or the hub, an auditor, and who may agree. */
function isTheirs({ member }: ActingMember, subject: Case, { party }: Bar): boolean {
  if (member.partyType === 'auditor') return true;
  return member.party === party || (member.party === subject.hub && leads(member));
}

/** What a member may do about a bar: who leads asks, another person of the party agrees, never the one who is barred. */
async function step(table: Table, subject: Case, acting: ActingMember, bar: Bar): Promise<SeenBar['may']> {
  const { member } = acting;
  if (bar.liftedAt || member.party !== bar.party || !may(acting, 'lift-bar', subject)) return undefined;
  const own = (await accountsOf(table, [member.id]))(member.id);
  if (own.includes(bar.member)) return undefined;
  if (!bar.askedBy) return leads(member) ? 'ask' : undefined;
  return own.includes(bar.askedBy) ? undefined : 'agree';
}

/**
 * Whom what the applicant typed keeps from a case, as far as it concerns whoever looks. Cost: a read a person, nothing where
 * nobody is barred.
 */
export async function barsSeen(table: Table, subject: Case, acting: ActingMember): Promise<SeenBar[]> {
  const bars = (subject.bars ?? []).filter((bar) => isTheirs(acting, subject, bar));
  if (bars.length === 0) return [];
  const named = bars.flatMap(({ party, member, askedBy, liftedBy }) =>
    [member, askedBy, liftedBy].flatMap((id) => (id ? [{ party, id }] : [])),
  );
  const names = await memberNames(table, [...new Map(named.map((one) => [one.id, one])).values()]);
  const who = (id: MemberId | undefined, at: string | undefined) =>
    id && at ? { name: names.get(id) ?? id, at } : undefined;
  const seen = await Promise.all(
    bars.map(async (bar): Promise<SeenBar[]> => {
      const can = await step(table, subject, acting, bar);
      if (!can && !leads(acting.member) && acting.member.partyType !== 'auditor') return [];
      const { member, party, by, at } = bar;
      const [asked, lifted] = [who(bar.askedBy, bar.askedAt), who(bar.liftedBy, bar.liftedAt)];
      return [{ id: personKey(member), name: names.get(member) ?? member, party, by, at, asked, lifted, may: can }];
    }),
  );
  return seen.flat();
}

function lifted(subject: Case, bar: Bar, can: 'ask' | 'agree', how: Decided): Change {
  const { member } = bar;
  const on = can === 'ask' ? 'bar-lift-asked' : 'bar-lifted';
  const by = how.actor.type === 'member' ? how.actor.member : undefined;
  const next: Bar =
    can === 'ask' ? { ...bar, askedBy: by, askedAt: how.now } : { ...bar, liftedBy: by, liftedAt: how.now };
  const { version, decisions } = moved(subject, on, how);
  const bars = (subject.bars ?? []).map((one) => (one === bar ? next : one));
  const after = Case.parse({ ...subject, version, decisions, bars });
  const { id: caseId, kind, hub, stage } = after;
  const event = { type: on, caseId, kind, version, hub, stage, at: how.now, by: how.actor, whose: member } as const;
  return { before: subject, after, event, children: [] };
}

/** Which bar, as {@link barsSeen} names it, and why it is to be lifted. */
export const LiftRequest = LiftInput.extend({ bar: z.string().min(1).max(64) });

/**
 * Lifts, with two people, what an applicant typed and keeps a colleague from a case: who leads their party asks, and another person of
 * the party agrees, each with a reason. From then on the colleague may answer as if it had not been typed; what they declared
 * themselves still holds. Cost: a Query of the case, a read a person, and a transaction of the case, its event and the guards; when it is
 * lifted also what {@link handOver} costs.
 * @param body `{ bar, reason }`, not yet checked
 * @throws {@link Rejected} `not-found`; `forbidden` for who does not lead, while nobody asked; `same-person` for who asked, and `both-sides`
 * for who is barred; `interest-declared`, `membership-ended`; or a problem for every wrong field
 */
export async function liftBar(
  hub: Hub,
  id: CaseId,
  body: unknown,
  acting: ActingMember,
  once?: Idempotency,
): Promise<Case> {
  const { member } = acting;
  return changedOnce(hub, once, async () => {
    const subject = await readCase(hub.table, id);
    if (!subject) throw new Rejected('not-found');
    assertMay(acting, 'lift-bar', subject);
    const { bar: wanted, reason } = parseInput(LiftRequest, body);
    const bar = subject.bars?.find((one) => personKey(one.member) === wanted && one.party === member.party);
    if (!bar || bar.liftedAt) throw new Rejected('not-found');
    const can = await step(hub.table, subject, acting, bar);
    if (!can) throw new Rejected(await whyNot(hub.table, member, bar));
    const guards = await guardsOf(hub, subject, acting, { type: 'party', party: member.party, roles: member.roles });
    const how: Decided = { actor: actorOf(acting), name: nameOf(acting), now: instant(Date.now()), reason };
    const change = lifted(subject, bar, can, how);
    await writeDecision(hub, acting, change, [], guards, once);
    // whose the open questions are is looked at anew: the colleague may answer them
    if (can === 'agree') await handOver(hub.table, id);
    return change.after;
  });
}

async function whyNot(table: Table, { id }: Member, bar: Bar): Promise<'both-sides' | 'same-person' | 'forbidden'> {
  const own = (await accountsOf(table, [id]))(id);
  if (own.includes(bar.member)) return 'both-sides';
  return bar.askedBy && own.includes(bar.askedBy) ? 'same-person' : 'forbidden';
}
