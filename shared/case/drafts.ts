import { type ActingMember, actorOf, assertMay } from '../answering/acting.ts';
import { recordTrace, type TraceChannel } from '../audit/record.ts';
import { Rejected } from '../domain/errors.ts';
import { CaseId, type Kind, type PartyId, type ProgrammeId, type Slug } from '../domain/ids.ts';
import { instant } from '../domain/time.ts';
import type { Case } from '../kinds/case.ts';
import { type Draft, LONGEST_DRAFT, MOST_DRAFTS, MOST_IN_DRAFT, peopleInDraft } from '../kinds/draft.ts';
import { onceName, readOnce } from '../store/done-once.ts';
import { fromDraftItem, lapsesAt, listDrafts, readDraft, removingDraft, savingDraft } from '../store/drafts.ts';
import type { Hub } from '../store/hub.ts';
import { type Idempotency, remembering } from '../store/idempotency.ts';
import { stillMember } from '../store/membership-check.ts';
import { ConditionFailed, transact } from '../store/table.ts';
import { indexDraft } from './person-index.ts';
import { submitCase } from './submit.ts';

/** Which draft somebody has before them, and the version that they began with: 0 for one that was never saved. */
export interface HeldDraft {
  readonly id: Slug;
  readonly version: number;
  readonly kind: Kind;
  readonly programme?: ProgrammeId | undefined;
}

function partyOf(acting: ActingMember): PartyId {
  const { party } = acting.member;
  assertMay(acting, 'save-draft', { ownedBy: party });
  return party;
}

const sendingOf = (id: Slug) => `draft ${id}`;

/** The drafts of the member's organization, the last saved first. Cost: one Query. */
export async function draftsOf(hub: Hub, acting: ActingMember): Promise<Draft[]> {
  return listDrafts(hub.table, partyOf(acting));
}

/** A draft of the member's organization; that somebody else than who saved it saw it is recorded before. Cost: one read. */
export async function openDraft(
  hub: Hub,
  acting: ActingMember,
  id: Slug,
  door: TraceChannel,
): Promise<Draft | undefined> {
  const party = partyOf(acting);
  const draft = await readDraft(hub.table, party, id);
  if (draft && draft.savedBy !== acting.member.id)
    await recordTrace(hub.table, { type: 'draft-viewed', by: actorOf(acting), door, draft: draft.id });
  return draft;
}

/** The case that a draft became, as long as the sending is remembered. Cost: one read. */
export async function sentFrom(hub: Hub, acting: ActingMember, id: Slug): Promise<CaseId | undefined> {
  const known = await readOnce(hub.table, onceName(partyOf(acting), sendingOf(id)));
  return known && CaseId.parse(known.result);
}

function sameAnswers(a: Draft['answers'], b: Draft['answers']): boolean {
  const names = new Set([...Object.keys(a), ...Object.keys(b)]);
  return [...names].every((name) => (a[name] ?? '') === (b[name] ?? ''));
}

/** What is there, where it is what was to be saved: the same form sent twice, or a colleague who typed the same. */
function unlessChanged(there: Draft | undefined, answers: Draft['answers']): Draft {
  if (!there || !sameAnswers(there.answers, answers)) throw new Rejected('draft-changed');
  return there;
}

/**
 * Keeps what was typed for every member of the organization. What a colleague removed meanwhile is there again: nothing
 * that was typed is lost. Cost: two reads, a transaction of the draft and a check, a write for each whom it names; for a
 * new draft a Query besides.
 * @returns the draft as it is kept now
 * @throws {@link Rejected} `draft-changed` when a colleague saved something else, `draft-sent`, `enough-of-these`,
 * `too-large`, `membership-ended`
 */
export async function saveDraft(
  hub: Hub,
  acting: ActingMember,
  held: HeldDraft,
  answers: Draft['answers'],
  once?: Idempotency,
): Promise<Draft> {
  const party = partyOf(acting);
  const { table } = hub;
  const { member } = acting;
  const { id, kind, programme } = held;
  if (Buffer.byteLength(JSON.stringify(answers)) > LONGEST_DRAFT) throw new Rejected('too-large');
  if (peopleInDraft(answers).length > MOST_IN_DRAFT) throw new Rejected('too-large');
  const [sent, before] = await Promise.all([sentFrom(hub, acting, id), readDraft(table, party, id)]);
  if (sent) throw new Rejected('draft-sent');
  // what is refused leaves nothing: asked before anybody in it is remembered
  if (before && before.version !== held.version) return unlessChanged(before, answers);
  if (held.version === 0) {
    const others = (await listDrafts(table, party)).filter((one) => one.id !== id);
    if (others.length >= MOST_DRAFTS) throw new Rejected('enough-of-these', { params: { maximum: MOST_DRAFTS } });
  }
  const saved = { savedBy: member.id, savedByName: member.name, savedAt: instant(Date.now()) };
  const draft: Draft = { kind, party, id, programme, version: held.version + 1, ...saved, answers };
  // before it is written: whoever is named in a draft is found in it
  await indexDraft(hub, draft, lapsesAt(draft));
  try {
    await transact(table, [
      savingDraft(table, draft, held.version),
      stillMember(table, member, member.roles),
      ...remembering(table, once, id),
    ]);
    return draft;
  } catch (error) {
    if (!(error instanceof ConditionFailed) || error.index > 1) throw error;
    if (error.index === 1) throw new Rejected('membership-ended');
    return unlessChanged(fromDraftItem(error.item), answers);
  }
}

/**
 * Sends a draft in as the organization's, once: the transaction that makes the case removes the draft. Sent again with
 * the same answers it gives the same case. Cost: that of {@link submitCase}, and two items more in its transaction.
 * @throws {@link Rejected} as {@link submitCase} does; `draft-changed` when a colleague saved something since,
 * `draft-sent` when something else was sent, `membership-ended`
 */
export async function sendDraft(
  hub: Hub,
  acting: ActingMember,
  { id, version, kind }: HeldDraft,
  body: unknown,
): Promise<Case> {
  const party = partyOf(acting);
  const { table } = hub;
  const { member } = acting;
  const once = { scope: party, key: sendingOf(id), request: body };
  const also = () => [removingDraft(table, party, id, version), stillMember(table, member, member.roles)];
  try {
    return (await submitCase(hub, kind, { body, member, once, also })).subject;
  } catch (error) {
    if (error instanceof Rejected && error.code === 'idempotency-mismatch') throw new Rejected('draft-sent');
    if (!(error instanceof ConditionFailed)) throw error;
    const there = await readDraft(table, party, id);
    throw new Rejected(there && there.version !== version ? 'draft-changed' : 'membership-ended');
  }
}

/**
 * Removes a draft as it was seen; one that is gone already is no fault. Cost: a transaction of the draft and a check.
 * @throws {@link Rejected} `draft-changed` when a colleague saved it since
 */
export async function removeDraft(
  hub: Hub,
  acting: ActingMember,
  id: Slug,
  version: number,
  once?: Idempotency,
): Promise<void> {
  const party = partyOf(acting);
  const { member } = acting;
  const writes = [
    removingDraft(hub.table, party, id, version),
    stillMember(hub.table, member, member.roles),
    ...remembering(hub.table, once, id),
  ];
  try {
    await transact(hub.table, writes);
  } catch (error) {
    if (!(error instanceof ConditionFailed) || error.index > 1) throw error;
    throw new Rejected(error.index === 0 ? 'draft-changed' : 'membership-ended');
  }
}
