import * as z from 'zod';
import { answerable } from '../../../shared/answering/answerable.ts';
import { actBeside } from '../../../shared/case/act-beside.ts';
import { Amounts, amendNeed, Withdrawal, withdrawCase } from '../../../shared/case/applicant-actions.ts';
import { glance, sightOf, sightWith } from '../../../shared/case/sight.ts';
import { listVisible } from '../../../shared/case/visible-cases.ts';
import { Rejected } from '../../../shared/domain/errors.ts';
import { CaseId, Kind, kinds, PartyId } from '../../../shared/domain/ids.ts';
import { parseInput } from '../../../shared/domain/problems.ts';
import { localDate } from '../../../shared/domain/time.ts';
import { stagesOf } from '../../../shared/kinds/lifecycle.ts';
import { suggestOffers } from '../../../shared/kinds/need/matching.ts';
import { readCase, readCaseFile } from '../../../shared/store/cases.ts';
import { listOffers } from '../../../shared/store/offers.ts';
import { besideSchemas, CaseView } from '../../kinds/api.ts';
import type { Asking } from '../call.ts';
import { actingMember, permitted } from '../call.ts';
import { once } from '../idempotency.ts';
import { amounts, besideExamples, withdrawal } from '../openapi/examples/decisions.ts';
import { json, operation, optionalJson } from '../operation.ts';
import { viewCase } from '../views/case.ts';
import { CaseFileView, viewCaseFile } from '../views/case-file.ts';
import { SuggestionView, viewSuggestion } from '../views/catalogue.ts';
import { listOf } from '../views/list.ts';
import { Paging } from './paging.ts';
import type { AtCase } from './places.ts';

const stages = [...new Set(kinds.flatMap((kind) => stagesOf(kind)))];

/** A filter that is left empty filters nothing. */
function filter<S extends z.ZodType>(schema: S) {
  return z.union([z.literal('').transform(() => undefined), schema]).optional();
}

const CasesQuery = Paging.extend({ kind: filter(Kind), stage: filter(z.enum(stages)), hub: filter(PartyId) });

/** The kinds that can have what is asked for. */
function kindsFor({ kind, stage }: z.output<typeof CasesQuery>): readonly Kind[] {
  const asked = kind ? [kind] : kinds;
  const found = stage ? asked.filter((one) => stagesOf(one).includes(stage)) : asked;
  if (found.length === 0) throw new Rejected('invalid', { fields: [{ pointer: '/stage', code: 'not-a-choice' }] });
  return found;
}

async function list(call: Asking<typeof CasesQuery>) {
  const { cursor, limit, stage, hub, ...wanted } = call.asked();
  const acting = actingMember(call);
  const asked = kindsFor({ ...wanted, stage, limit });
  const page = await listVisible(call.hub.table, acting, { kinds: asked, stage, hub, cursor, limit });
  const items = page.items.map((subject) => viewCase(subject, glance(sightOf(acting, subject)), call.language));
  return { body: { items, nextCursor: page.nextCursor } };
}

async function get(call: AtCase) {
  const { table } = call.hub;
  const file = await readCaseFile(table, call.place('id'));
  permitted(call, file?.subject);
  if (!file) throw new Rejected('not-found');
  return { body: await viewCaseFile(table, file, call.acting, call.language) };
}

/** What a coordinator does for an applicant who has no e-mail, or an organization's member for their own. */
async function act(call: AtCase, schema: z.ZodType, does: typeof withdrawCase | typeof amendNeed) {
  const { hub, acting, language } = call;
  const id = call.place('id');
  permitted(call, await readCase(hub.table, id));
  const body = await call.json();
  parseInput(schema, body);
  const changed = await once(
    call,
    body,
    (key) => does(hub, id, body, acting, key),
    async () => (await readCase(hub.table, id)) ?? Promise.reject(new Rejected('not-found')),
  );
  return { body: viewCase(changed, sightOf(acting, changed), language) };
}

/** What a funder does beside the question of a stage. */
async function beside(call: AtCase) {
  const { hub, language } = call;
  const acting = actingMember(call);
  const id = call.place('id');
  permitted(call, await readCase(hub.table, id));
  const body = await call.json();
  const changed = await once(
    call,
    body,
    (key) => actBeside(hub, id, body, acting, key),
    async () => (await readCase(hub.table, id)) ?? Promise.reject(new Rejected('not-found')),
  );
  const { roles } = await answerable(hub.table, { subject: changed, tasks: [] }, acting);
  return { body: viewCase(changed, sightWith(acting, roles, changed), language) };
}

async function suggest(call: AtCase) {
  const subject = permitted(call, await readCase(call.hub.table, call.place('id')));
  if (subject.kind !== 'need') throw new Rejected('not-found');
  const found = suggestOffers(subject, await listOffers(call.hub.table), localDate(Date.now()));
  return { body: { items: found.map(viewSuggestion), nextCursor: null } };
}

const forAbsent = 'A coordinator does this for an applicant who has no e-mail; it is recorded as such.';

export const cases = {
  listCases: operation({
    method: 'get',
    path: '/cases',
    access: 'token',
    action: 'list-cases',
    summary: 'Cases of the caller’s party',
    description:
      'A hub sees its own, a funder, donor or insurer those it has part in: by stage, and within it by how long they have been there. Without a kind, one kind after another. An organization sees its own, the latest first.',
    query: CasesQuery,
    answer: { description: 'A page of cases', schema: { CaseList: listOf(CaseView) } },
    handle: list,
  }),
  getCase: operation({
    method: 'get',
    path: '/cases/{id}',
    access: 'token',
    action: 'read-case',
    places: { id: CaseId },
    summary: 'A case with its history and its tasks',
    answer: { description: 'The case as the caller’s party may see it', schema: { CaseFile: CaseFileView } },
    handle: get,
  }),
  withdrawCase: operation({
    method: 'post',
    path: '/cases/{id}/withdrawal',
    access: 'token',
    action: 'withdraw-case',
    places: { id: CaseId },
    summary: 'Withdraw a case for its applicant',
    description: forAbsent,
    request: optionalJson({ Withdrawal }, withdrawal),
    answer: { description: 'The case, withdrawn', schema: { Case: CaseView } },
    refusals: ['stage-changed'],
    handle: (call) => act(call, Withdrawal, withdrawCase),
  }),
  giveAmounts: operation({
    method: 'post',
    path: '/cases/{id}/amounts',
    access: 'token',
    action: 'amend-case',
    places: { id: CaseId },
    summary: 'Say amounts, or that it is enough, for the applicant',
    description: forAbsent,
    request: json({ Amounts }, amounts),
    answer: { description: 'The need', schema: { Case: CaseView } },
    refusals: ['stage-changed'],
    handle: (call) => act(call, Amounts, amendNeed),
  }),
  actBeside: operation({
    method: 'post',
    path: '/cases/{id}/actions',
    access: 'token',
    action: 'act-beside',
    places: { id: CaseId },
    summary: 'Do something beside the open question',
    description:
      'A funder stops a grant, says that a payment failed, or corrects an entry of its books, whoever is asked at the moment. What is possible now is in `can.actions` of the case.',
    request: json(besideSchemas, () => besideExamples(Date.now())),
    answer: { description: 'The case as it is after it', schema: { Case: CaseView } },
    refusals: [
      'unknown-outcome',
      'stage-changed',
      'already-decided',
      'same-person',
      'both-sides',
      'interest-declared',
      'membership-ended',
      'stand-in-ended',
    ],
    handle: beside,
  }),
  suggestOffers: operation({
    method: 'get',
    path: '/cases/{id}/suggestions',
    access: 'token',
    action: 'see-suggestions',
    places: { id: CaseId },
    summary: 'Offers that fit a need, best first',
    answer: {
      description: 'Offers with the lines they could serve',
      schema: { SuggestionList: listOf(SuggestionView) },
    },
    handle: suggest,
  }),
};
