import { standInsOf } from '../../shared/answering/stand-ins.ts';
import { barredFrom } from '../../shared/answering/who-is-barred.ts';
import type { MailPace } from '../../shared/domain/digest.ts';
import type { CaseEvent } from '../../shared/domain/event.ts';
import type { Kind, MemberId, PartyId } from '../../shared/domain/ids.ts';
import type { Language } from '../../shared/domain/language.ts';
import { leadRoleOf, type Member, paceOf } from '../../shared/domain/party.ts';
import type { Task } from '../../shared/domain/task.ts';
import { newsText } from '../../shared/i18n/kind-text.ts';
import type { Case } from '../../shared/kinds/case.ts';
import { lifecycleOf, outcomeOf, outcomesOf } from '../../shared/kinds/lifecycle.ts';
import { findingsTold } from '../../shared/kinds/parts.ts';
import { hubsAbove } from '../../shared/store/hub-tree.ts';
import { listMembers, membersOf } from '../../shared/store/parties.ts';
import type { Table } from '../../shared/store/table.ts';

interface Reached {
  readonly email: string;
  readonly language: Language;
}

/** Somebody to be told, and what for. `who` may be remembered in clear. */
export type Recipient =
  | (Reached & { readonly as: 'applicant'; readonly who: 'applicant' })
  | (Reached & {
      readonly as: 'member';
      readonly who: MemberId;
      readonly party: PartyId;
      readonly pace: MailPace;
      /** a member of an organization: it may have registered itself, and they have typed their address */
      readonly ofOrganization: boolean;
    });

function applicant(subject: Case): Recipient[] {
  const email = subject.contact?.email;
  return email ? [{ who: 'applicant', email, language: subject.language, as: 'applicant' }] : [];
}

function member(one: Member): Recipient {
  const { id, party, email, language, partyType } = one;
  return {
    as: 'member',
    who: id,
    party,
    pace: paceOf(one),
    email,
    language,
    ofOrganization: partyType === 'organization',
  };
}

/** Those at the desk who may answer, and who stands in for one of them today; nobody who has an interest in the case. */
async function deskOf(table: Table, subject: Case, task: Task): Promise<Recipient[]> {
  const { assignee } = task;
  if (assignee.type === 'applicant') return [];
  const desk = await membersOf(table, assignee.party, assignee.roles);
  // whoever has to find somebody is told, though they may not answer themselves; where nobody leads the party, all of it
  if (assignee.nobody) {
    const told = desk.length > 0 ? desk : await listMembers(table, assignee.party);
    return told.length > 0 ? told.map(member) : hubLeads(table, subject);
  }
  const standIns = await standInsOf(table, assignee.party, desk);
  const people = [...desk, ...standIns];
  const isBarred = await barredFrom(table, subject, people);
  return people.filter((person) => !isBarred(person)).map(member);
}

async function hubLeads(table: Table, subject: Case): Promise<Recipient[]> {
  const members = await membersOf(table, subject.hub, ['lead']);
  return members.map(member);
}

/** Who leads those who are kept away, but for themselves; where nobody else leads them, who leads the hub. */
async function leadsOf(
  table: Table,
  barred: readonly { readonly member: MemberId; readonly party: PartyId }[],
  subject: Case,
): Promise<Recipient[]> {
  const isBarred = new Set(barred.map(({ member: id }) => id));
  const parties = [...new Set(barred.map(({ party }) => party))];
  const members = (await Promise.all(parties.map((party) => listMembers(table, party)))).flat();
  const leads = members.filter(
    ({ id, roles, partyType }) => roles.includes(leadRoleOf[partyType]) && !isBarred.has(id),
  );
  return leads.length > 0 ? leads.map(member) : hubLeads(table, subject);
}

/** Who can tell a member whom mail does not reach: coordinators, and who leads the member; where that is nobody else, the hubs above. */
async function whoReach(
  table: Table,
  { whose, party }: Extract<CaseEvent, { type: 'member-unreached' }>,
  subject: Case,
): Promise<Recipient[]> {
  const desk = await membersOf(table, subject.hub, ['coordinator', 'lead']);
  const leads = await leadsOf(table, [{ member: whose, party }], subject);
  const others = [...desk.map(member), ...leads].filter(({ who }) => who !== whose);
  if (others.length > 0) return others;
  const above = await hubsAbove(table, subject.hub);
  return (await Promise.all(above.map((hub) => membersOf(table, hub, ['lead'])))).flat().map(member);
}

/** Whether a change of stage is news to the applicant; the quiet ones in between only fill a mailbox. */
function isNews(kind: Kind, on: string, stage: string): boolean {
  // a first of two approvals is not yet an approval to the applicant
  const isFirstOfTwo = outcomesOf(kind, stage).some((next) => outcomeOf(kind, next)?.notAfter?.includes(on));
  return !isFirstOfTwo && newsText('zh', kind, on, stage) !== undefined;
}

/** Whether nothing that leads into the stage is mailed to the applicant, so that they have to be told that they are asked. */
function isUnannounced(kind: Kind, stage: string): boolean {
  const into = lifecycleOf(kind).filter(({ to }) => to === stage);
  return into.every(({ on }) => !isNews(kind, on, stage));
}

/**
 * Whom an event concerns: those who can act on the task it opened, and the applicant where it is news to them.
 * @param task the task that the event is about, as it is now
 */
export async function recipientsOf(
  table: Table,
  event: CaseEvent,
  subject: Case,
  task: Task | undefined,
): Promise<Recipient[]> {
  const openTask = task?.status === 'open' ? task : undefined;
  switch (event.type) {
    case 'submitted':
      return applicant(subject);
    case 'stage-changed': {
      const mends = event.on === 'screened' && findingsTold(subject).length > 0;
      const news = mends || isNews(event.kind, event.on, event.stage) ? applicant(subject) : [];
      return [...news, ...(openTask && event.openedTask ? await deskOf(table, subject, openTask) : [])];
    }
    case 'task-opened':
    case 'stuck': {
      if (!openTask) return [];
      if (openTask.assignee.type !== 'applicant') return deskOf(table, subject, openTask);
      // elsewhere the decision that led here was mailed already
      return isUnannounced(event.kind, event.stage) ? applicant(subject) : [];
    }
    case 'reminded':
      if (!openTask) return [];
      return openTask.assignee.type === 'applicant' ? applicant(subject) : deskOf(table, subject, openTask);
    case 'escalated': {
      if (!openTask) return [];
      const desk = await deskOf(table, subject, openTask);
      return [
        ...desk,
        ...(await hubLeads(table, subject)),
        ...(openTask.assignee.type === 'party' && openTask.assignee.onBehalf ? applicant(subject) : []),
      ];
    }
    case 'interest-declared':
    case 'handed-over':
      return openTask ? deskOf(table, subject, openTask) : [];
    case 'interest-retracted':
      return openTask && event.handedTo ? deskOf(table, subject, openTask) : [];
    case 'barred':
      return leadsOf(table, event.members, subject);
    case 'mail-undelivered': {
      const desk = await membersOf(table, subject.hub, ['coordinator', 'lead']);
      return desk.map(member);
    }
    case 'member-unreached':
      return whoReach(table, event, subject);
    case 'mail-resumed':
    case 'ending-soon':
    case 'link-revoked':
      return applicant(subject);
    default:
      return [];
  }
}
