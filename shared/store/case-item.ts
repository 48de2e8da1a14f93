import { createHash } from 'node:crypto';
import { CaseEvent } from '../domain/event.ts';
import type { Member } from '../domain/party.ts';
import { FOLD_VERSION, fold, foldBefore } from '../domain/same/fold.ts';
import { Task } from '../domain/task.ts';
import { Case } from '../kinds/case.ts';
import { outcomesOf } from '../kinds/lifecycle.ts';
import { partnerOf } from '../kinds/partner.ts';
import type { EventLink } from './case-chain.ts';
import { deskOf, indexKeys, keys } from './keys.ts';
import { dataOf, wholeOf } from './personal-item.ts';
import type { Item } from './table.ts';

const ORGANIZATION = 'ORGANIZATION#';

function hashOf(folded: string): string {
  return createHash('sha256').update(folded).digest('base64url').slice(0, 22);
}

/** Finds the cases of one organization however its name is spelt, see `fold`. */
export function organizationKey(organization: string): string {
  return `${ORGANIZATION}${FOLD_VERSION}#${hashOf(fold(organization))}`;
}

/** The key by the fold before: what is stored under it is found too until it was brought along, see `rekeying.ts`. */
export function organizationKeyBefore(organization: string): string {
  return `${ORGANIZATION}${hashOf(foldBefore(organization))}`;
}

/** All keys under which something about an organization of the name may be stored, today's first. */
export function everyKeyOf(organization: string): string[] {
  return [organizationKey(organization), organizationKeyBefore(organization)];
}

/** Whether a key is one of the name's. */
export function isKeyOfName(key: string, organization: string): boolean {
  return everyKeyOf(organization).includes(key);
}

/** The same for an organization with an account, whose cases come under its name in either language. */
export function organizationKeysOf({ partyName, partyNameEn }: Pick<Member, 'partyName' | 'partyNameEn'>): string[] {
  return [...new Set([partyName, partyNameEn ?? partyName].map(organizationKey))];
}

/** All keys of both names, see {@link everyKeyOf}. */
export function everyKeyOfParty({ partyName, partyNameEn }: Pick<Member, 'partyName' | 'partyNameEn'>): string[] {
  return [...new Set([partyName, partyNameEn ?? partyName].flatMap(everyKeyOf))];
}

/** Whether it is such a key, and not that of who owns cases. */
export function isOrganizationKey(key: string): boolean {
  return key.startsWith(ORGANIZATION);
}

function ownerOf({ organizationParty, mailHash }: Case): string | undefined {
  if (organizationParty) return indexKeys.ofOrganization(organizationParty);
  return mailHash && indexKeys.ofAddress(mailHash);
}

/** A case as an item. Parsing strips what its stage does not have, so that a wrong state cannot be stored. */
export function caseItem(subject: Case): Item {
  const data = Case.parse(subject);
  const partner = partnerOf(data);
  const owner = ownerOf(data);
  return {
    ...keys.case(data.id),
    entity: 'case',
    version: data.version,
    hubPk: indexKeys.cases(data.hub, data.kind),
    stageSk: indexKeys.inStage(data.stage, data.entered.at, data.id),
    ...(partner && { partnerPk: indexKeys.cases(partner, data.kind) }),
    organizationPk: organizationKey(data.organization),
    organizationSk: `${data.submittedAt}#${data.id}`,
    ...(owner && { ownerPk: owner }),
    // sealed also where nothing is in it yet, so that who has no key cannot write a case without what it could not read
    ...(!data.erasedAt && { personal: '{}' }),
    ...dataOf(Case, data),
  };
}

export function fromCaseItem(item: Item): Case {
  return wholeOf(Case, item);
}

/** Events whose news the workflow waits for; the relay's stream filter looks for the mark. */
function concernsWorkflow(event: CaseEvent): boolean {
  return (
    event.type === 'submitted' ||
    event.type === 'resumed' ||
    event.type === 'nudged' ||
    (event.type === 'stage-changed' && event.closedTask !== undefined)
  );
}

/** Events of which somebody is told by mail; the notifier's stream filter looks for the mark. */
function concernsPeople(event: CaseEvent): boolean {
  return (
    !['nudged', 'amended', 'claimed', 'personal-erased', 'bar-lift-asked', 'bar-lifted'].includes(event.type) &&
    !(event.type === 'stage-changed' && event.on === 'screen') &&
    !(event.type === 'link-revoked' && (event.alongWith !== undefined || event.by.type === 'workflow'))
  );
}

/** The marks by which the stream's readers find an event. */
export function marksOf(event: CaseEvent): { readonly relay?: 'yes'; readonly notify?: 'yes' } {
  return { ...(concernsWorkflow(event) && { relay: 'yes' }), ...(concernsPeople(event) && { notify: 'yes' }) };
}

/** An event as an item, bound to the one before. Whatever is chained asks for an anchor. */
export function eventItem(event: CaseEvent, link: EventLink): Item {
  const key = keys.event(event.caseId, event.version);
  return {
    ...key,
    entity: 'event',
    ...marksOf(event),
    anchor: 'yes',
    hourPk: indexKeys.hour(event.at),
    hourSk: indexKeys.inHour(event.at, key),
    data: event,
    link,
  };
}

export function fromEventItem(item: Item): CaseEvent {
  return CaseEvent.parse(item.data);
}

/** The desk at which a task lies; the applicant's at the one of their organization, where it has an account. */
function inboxOf({ assignee, organizationParty }: Task): string | undefined {
  if (assignee.type === 'applicant') return organizationParty && indexKeys.inbox(organizationParty, 'applicant');
  const [role] = assignee.roles;
  return role && indexKeys.inbox(assignee.party, deskOf(role));
}

export function taskItem(task: Task): Item {
  const inbox = task.status === 'open' ? inboxOf(task) : undefined;
  return {
    ...keys.task(task.id),
    entity: 'task',
    status: task.status,
    ...(inbox && { inboxPk: inbox, inboxSk: `${task.dueAt}#${task.id}` }),
    ...dataOf(Task, task),
  };
}

/** An open question has the answers that its stage has today, whatever they were when it was asked. */
export function fromTaskItem(item: Item): Task {
  const task = wholeOf(Task, item);
  if (task.status === 'closed' || task.outcomes.includes('resumed')) return task;
  const outcomes = outcomesOf(task.kind, task.stage);
  return outcomes.length > 0 ? { ...task, outcomes: [...outcomes] } : task;
}
