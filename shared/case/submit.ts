import type { TransactWriteItem } from '@aws-sdk/client-dynamodb';
import { type Acting, actorOf, assertMay } from '../answering/acting.ts';
import type { OnBehalf } from '../domain/applicant.ts';
import { Rejected } from '../domain/errors.ts';
import { CaseId, type Kind, newCaseId } from '../domain/ids.ts';
import type { Member } from '../domain/party.ts';
import { instant } from '../domain/time.ts';
import type { Case } from '../kinds/case.ts';
import { submitted } from '../kinds/intake.ts';
import { rosterRefOf } from '../kinds/parts.ts';
import { creation, readCase } from '../store/cases.ts';
import type { Hub } from '../store/hub.ts';
import { type Idempotency, remembering, replay } from '../store/idempotency.ts';
import { forgetPeople } from '../store/people.ts';
import { ConditionFailed, transact } from '../store/table.ts';
import { assertFits } from './case-size.ts';
import { take } from './kinds/index.ts';
import { ownerBy } from './owner.ts';
import { indexPeople } from './person-index.ts';
import { discardRoster } from './roster.ts';

/** How a case comes in. */
export interface Submission {
  /** what was sent, not yet checked */
  readonly body: unknown;
  /** the signed-in member who sends it, if any: a coordinator for an organization, or an organization's own */
  readonly member?: Member | undefined;
  readonly once?: Idempotency | undefined;
  /** asked once the body has the right form, before anything costly is read or written; throws to refuse */
  readonly admit?: (() => Promise<void>) | undefined;
  /** from an import: the key under which the same sheet makes the case once */
  readonly importKey?: string | undefined;
  /** what else the transaction writes that makes the case */
  readonly also?: ((made: Case) => readonly TransactWriteItem[]) | undefined;
}

function onBehalfOf(member: Member | undefined): OnBehalf | undefined {
  if (!member || member.partyType === 'organization') return undefined;
  return { member: member.id, party: member.party };
}

/** What an organization's own member sends is the organization's. */
function ownedBy(subject: Case, member: Member | undefined): Case {
  return member?.partyType === 'organization'
    ? { ...subject, organizationParty: member.party, sentBy: member.id }
    : subject;
}

async function prepare(hub: Hub, kind: Kind, submission: Submission): Promise<Case> {
  const { body, member, importKey, admit } = submission;
  const onBehalf = onBehalfOf(member);
  const common = {
    id: newCaseId(kind),
    hub: onBehalf?.party ?? hub.hub,
    now: instant(Date.now()),
    ...(onBehalf && { onBehalf }),
  };
  return take<Kind>(hub, kind, body, {
    onBehalf: onBehalf !== undefined,
    admit: async () => admit?.(),
    intakeOf: async (input) => ({ ...common, owner: await ownerBy(hub, input.contact?.email) }),
    importKey,
  });
}

async function known(hub: Hub, id: string): Promise<Case> {
  const subject = await readCase(hub.table, CaseId.parse(id));
  if (!subject) throw new Rejected('not-found');
  return subject;
}

/**
 * Takes a new case in: checks it and writes case, event and idempotency record in one transaction. The rest of the way
 * begins at the table's stream. Cost: a transaction of the case, its event and the idempotency record; for a grant a read
 * of its programme, for insurance a Query and a write a volunteer beside it.
 * @returns the case; with an idempotency or import key that was used before, the case made then, and `replayed`
 * @throws {@link Rejected} with a problem for every wrong field; nothing is stored then
 */
export async function submitCase(
  hub: Hub,
  kind: Kind,
  submission: Submission,
): Promise<{ subject: Case; replayed: boolean }> {
  const { member } = submission;
  const acting: Acting = member ? { type: 'member', member } : { type: 'public' };
  assertMay(acting, 'submit-case');
  const before = await replay(hub.table, submission.once);
  if (before) return { subject: await known(hub, before), replayed: true };
  const subject = ownedBy(await prepare(hub, kind, submission), member);
  assertFits(subject);
  await indexPeople(hub, undefined, subject);
  const { once } = submission;
  const by = actorOf(acting, subject.onBehalf !== undefined);
  const writes: TransactWriteItem[] = [
    ...remembering(hub.table, once, subject.id),
    ...creation(hub.table, subject, submitted(subject, by)),
    ...(submission.also?.(subject) ?? []),
  ];
  try {
    await transact(hub.table, writes);
  } catch (error) {
    if (error instanceof ConditionFailed) {
      await forgetPeople(hub.table, subject.id);
      const roster = rosterRefOf(subject);
      if (roster) await discardRoster(hub, roster);
    }
    // the same key came twice at once: the other request was first
    const first = error instanceof ConditionFailed && error.index === 0 ? await replay(hub.table, once) : undefined;
    if (first) return { subject: await known(hub, first), replayed: true };
    throw error;
  }
  return { subject, replayed: false };
}
