import * as z from 'zod';
import { draftsOf, openDraft, removeDraft, saveDraft, sendDraft, sentFrom } from '../../../shared/case/drafts.ts';
import { sightOf } from '../../../shared/case/sight.ts';
import { Rejected } from '../../../shared/domain/errors.ts';
import { Kind, kindLetter, kinds, newSlug, ProgrammeId, Slug } from '../../../shared/domain/ids.ts';
import { parseInput } from '../../../shared/domain/problems.ts';
import { DRAFT_DAYS, type Draft, keptAnswers } from '../../../shared/kinds/draft.ts';
import { readDraft } from '../../../shared/store/drafts.ts';
import { readProgramme } from '../../../shared/store/programmes.ts';
import { CaseView, ofEachKind } from '../../kinds/api.ts';
import type { At } from '../call.ts';
import { actingMember, type Call } from '../call.ts';
import { once } from '../idempotency.ts';
import * as example from '../openapi/examples/people.ts';
import { apiRoot, json, operation } from '../operation.ts';
import { viewCase } from '../views/case.ts';
import { DraftOutlineView, DraftView, viewDraft, viewDraftOutline } from '../views/draft.ts';
import { listOf } from '../views/list.ts';
import { RemovedView } from '../views/members.ts';

/** A field of a form, `contact.phone` or `lines.2.item`, and what was typed there. */
const Answers = z.record(
  z.string().regex(/^[a-z][A-Za-z]{0,30}(\.[A-Za-z0-9_-]{1,40}){0,2}$/),
  z
    .string()
    .max(10_000)
    .refine((text) => text.isWellFormed(), { params: { code: 'malformed-text' } }),
);

/** A new draft, with what its kind names beside the answers: the programme of a programme's form. */
export const DraftBody = z.discriminatedUnion(
  'kind',
  ofEachKind((kind, { draft }) => z.strictObject({ kind: z.literal(kind), ...draft, answers: Answers })),
);
/** What all of them have. */
const BegunDraft = z.object({ kind: Kind, programme: ProgrammeId.optional(), answers: Answers });

const Version = z.int().min(1).max(1_000_000);

/** What was typed since `version` was read. */
export const DraftChangeBody = z.strictObject({ version: Version, answers: Answers });

/** Which version of a draft is meant: one that a colleague saved since is not removed unseen. */
export const DraftVersionBody = z.strictObject({ version: Version });

/** The draft as it is sent in: as the same kind of case is submitted, with the consent of whoever sends it. */
export const DraftSendingBody = z.strictObject({
  version: Version,
  application: z.union(ofEachKind((_kind, { submit }) => submit.input)),
});
/** The same as it is read: what is wrong with the application is told by its own kind's schema. */
const Sending = z.strictObject({ version: Version, application: z.unknown() });

type AtDraft = At<{ id: typeof Slug }>;

async function list(call: Call) {
  const found = await draftsOf(call.hub, actingMember(call));
  return { body: { items: found.map(viewDraftOutline), nextCursor: null } };
}

/** The draft that the path names, as it is kept now. @throws {@link Rejected} `not-found`, `draft-sent` */
async function drafted(call: AtDraft): Promise<Draft> {
  const acting = actingMember(call);
  const id = call.place('id');
  const draft = await openDraft(call.hub, acting, id, 'api');
  if (draft) return draft;
  const sent = await sentFrom(call.hub, acting, id);
  throw new Rejected(sent ? 'draft-sent' : 'not-found', sent ? { params: { case: sent } } : {});
}

async function again(call: Call, made: string): Promise<Draft> {
  const draft = await readDraft(call.hub.table, actingMember(call).member.party, Slug.parse(made));
  if (!draft) throw new Rejected('not-found');
  return draft;
}

async function begin(call: Call) {
  const { hub } = call;
  const acting = actingMember(call);
  const body = await call.json();
  const { kind, programme, ...input } = BegunDraft.parse(parseInput(DraftBody, body));
  if (programme && !(await readProgramme(hub.table, programme)))
    throw new Rejected('invalid', { fields: [{ pointer: '/programme', code: 'not-found' }] });
  const held = { id: newSlug(), version: 0, kind, programme };
  const answers = keptAnswers(Object.entries(input.answers));
  const draft = await once(
    call,
    body,
    (key) => saveDraft(hub, acting, held, answers, key),
    (id) => again(call, id),
  );
  const location = `${call.base}${apiRoot}/drafts/${draft.id}`;
  return { body: viewDraft(draft), headers: { location } };
}

async function save(call: AtDraft) {
  const acting = actingMember(call);
  const body = await call.json();
  const { version, answers } = parseInput(DraftChangeBody, body);
  const draft = await once(
    call,
    body,
    async (key) => {
      const { id, kind, programme } = await drafted(call);
      return saveDraft(call.hub, acting, { id, kind, programme, version }, keptAnswers(Object.entries(answers)), key);
    },
    (id) => again(call, id),
  );
  return { body: viewDraft(draft) };
}

async function remove(call: AtDraft) {
  const acting = actingMember(call);
  const id = call.place('id');
  const body = await call.json();
  const { version } = parseInput(DraftVersionBody, body);
  await once(
    call,
    body,
    async (key) => {
      if (!(await readDraft(call.hub.table, acting.member.party, id))) throw new Rejected('not-found');
      await removeDraft(call.hub, acting, id, version, key);
    },
    async () => undefined,
  );
  return { body: { removed: id } };
}

/** Which form the draft is of, also when it was sent already. @throws {@link Rejected} `not-found` */
async function kindOf(call: Call, id: Slug): Promise<Kind> {
  const acting = actingMember(call);
  const draft = await readDraft(call.hub.table, acting.member.party, id);
  const sent = draft ? undefined : await sentFrom(call.hub, acting, id);
  const kind = draft?.kind ?? kinds.find((one) => sent?.startsWith(kindLetter[one]));
  if (!kind) throw new Rejected('not-found');
  return kind;
}

/** What is wrong with an application, told where it stands in what was sent. */
function inApplication(error: unknown): unknown {
  if (!(error instanceof Rejected)) return error;
  const fields = error.fields.map((field) => ({ ...field, pointer: `/application${field.pointer}` }));
  return new Rejected(error.code, { fields, params: { ...error.params } });
}

async function send(call: AtDraft) {
  const acting = actingMember(call);
  const { version, application } = parseInput(Sending, await call.json());
  const id = call.place('id');
  const kind = await kindOf(call, id);
  try {
    // a draft is its own key: sent again with the same answers it gives the same case
    const subject = await sendDraft(call.hub, acting, { id, version, kind }, application);
    const location = `${call.base}${apiRoot}/cases/${subject.id}`;
    return { body: viewCase(subject, sightOf(acting, subject), call.language), headers: { location } };
  } catch (error) {
    throw inApplication(error);
  }
}

export const drafts = {
  listDrafts: operation({
    method: 'get',
    path: '/drafts',
    access: 'token',
    action: 'save-draft',
    summary: 'Drafts of the caller’s organization',
    answer: {
      description: 'What each is for and who saved it, the last saved first',
      schema: { DraftList: listOf(DraftOutlineView) },
    },
    handle: list,
  }),
  getDraft: operation({
    method: 'get',
    path: '/drafts/{id}',
    access: 'token',
    action: 'save-draft',
    places: { id: Slug },
    summary: 'A draft with what was typed',
    description:
      'That somebody else than who saved it saw it is on record. For one that was sent, `params` name its case.',
    answer: { description: 'The draft as it is kept now', schema: { Draft: DraftView } },
    refusals: ['draft-sent'],
    handle: async (call) => ({ body: viewDraft(await drafted(call)) }),
  }),
  beginDraft: operation({
    method: 'post',
    path: '/drafts',
    access: 'token',
    action: 'save-draft',
    summary: 'Begin a draft',
    description: `\`answers\` are what was typed, by the names of the form’s fields, checked by nothing; consent is not kept in a draft. It is kept ${DRAFT_DAYS} days after it was last saved, for every member of the organization, also in the console.`,
    request: json({ DraftInput: DraftBody }, example.draft),
    answer: { status: 201, description: 'The draft as it is kept now', schema: { Draft: DraftView } },
    refusals: ['enough-of-these', 'membership-ended'],
    handle: begin,
  }),
  saveDraft: operation({
    method: 'post',
    path: '/drafts/{id}',
    access: 'token',
    action: 'save-draft',
    places: { id: Slug },
    summary: 'Save a draft',
    description: 'All its answers, over the `version` that was read: what a colleague saved since is never lost.',
    request: json({ DraftChange: DraftChangeBody }, example.draftChange),
    answer: { description: 'The draft as it is kept now', schema: { Draft: DraftView } },
    refusals: ['draft-changed', 'draft-sent', 'membership-ended', 'enough-of-these'],
    handle: save,
  }),
  removeDraft: operation({
    method: 'post',
    path: '/drafts/{id}/removal',
    access: 'token',
    action: 'save-draft',
    places: { id: Slug },
    summary: 'Remove a draft',
    request: json({ DraftRemoval: DraftVersionBody }, example.draftRemoval),
    answer: { description: 'Which draft is no longer there', schema: { Removed: RemovedView } },
    refusals: ['draft-changed', 'membership-ended'],
    handle: remove,
  }),
  sendDraft: operation({
    method: 'post',
    path: '/drafts/{id}/submission',
    access: 'token',
    action: 'save-draft',
    places: { id: Slug },
    summary: 'Send a draft in',
    description:
      '`application` is what the draft became, as that kind of case is submitted, with the consent of whoever sends it. The draft is gone with the case that it became. Sent again the same, it gives the same case.',
    request: json({ DraftSending: DraftSendingBody }, example.draftSending),
    answer: { status: 201, description: 'The case, the organization’s own', schema: { Case: CaseView } },
    refusals: ['draft-changed', 'draft-sent', 'membership-ended', 'programme-closed'],
    handle: send,
  }),
};
