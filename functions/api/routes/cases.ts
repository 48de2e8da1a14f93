import type * as z from 'zod';
import { actorOf } from '../../../shared/answering/acting.ts';
import { recordView } from '../../../shared/audit/record.ts';
import { Amounts, amendNeed, Withdrawal, withdrawCase } from '../../../shared/case/applicant-actions.ts';
import { discloseRoster, rosterSeen } from '../../../shared/case/roster.ts';
import { glance, sightOf } from '../../../shared/case/sight.ts';
import { listVisible } from '../../../shared/case/visible-cases.ts';
import { Rejected } from '../../../shared/domain/errors.ts';
import { CaseId, type Kind, kinds } from '../../../shared/domain/ids.ts';
import { parseInput } from '../../../shared/domain/problems.ts';
import { localDate } from '../../../shared/domain/time.ts';
import { Disclosure } from '../../../shared/kinds/insurance/input.ts';
import { stagesOf } from '../../../shared/kinds/lifecycle.ts';
import { suggestOffers } from '../../../shared/kinds/need/matching.ts';
import { readCase, readCaseFile } from '../../../shared/store/cases.ts';
import { listOffers } from '../../../shared/store/offers.ts';
import { readJson } from '../body.ts';
import { type Answer, actingMember, type Call, permitted } from '../call.ts';
import { once } from '../idempotency.ts';
import { viewCase } from '../views/case.ts';
import { viewCaseFile } from '../views/case-file.ts';
import { viewSuggestion } from '../views/catalogue.ts';
import { viewRoster } from '../views/roster.ts';
import { named } from './path.ts';
import { CasesQuery } from './queries.ts';

/** The kinds that can have what is asked for. */
function kindsFor({ kind, stage }: z.output<typeof CasesQuery>): readonly Kind[] {
  const asked = kind ? [kind] : kinds;
  const found = stage ? asked.filter((one) => stagesOf(one).includes(stage)) : asked;
  if (found.length === 0) throw new Rejected('invalid', { fields: [{ pointer: '/stage', code: 'not-a-choice' }] });
  return found;
}

async function list(call: Call): Promise<Answer> {
  const { cursor, limit, stage, hub, ...wanted } = parseInput(CasesQuery, call.query);
  const acting = actingMember(call);
  const asked = kindsFor({ ...wanted, stage, limit });
  const page = await listVisible(call.hub.table, acting, { kinds: asked, stage, hub, cursor, limit });
  const items = page.items.map((subject) => viewCase(subject, glance(sightOf(acting, subject)), call.language));
  return { body: { items, nextCursor: page.nextCursor } };
}

async function get(call: Call): Promise<Answer> {
  const { table } = call.hub;
  const file = await readCaseFile(table, named(call, 'id', CaseId));
  permitted(call, file?.subject);
  if (!file) throw new Rejected('not-found');
  return { body: await viewCaseFile(table, file, call.acting, call.language) };
}

/** What a coordinator does for an applicant who has no e-mail, or an organization's member for their own. */
async function act(call: Call, schema: z.ZodType, does: typeof withdrawCase | typeof amendNeed): Promise<Answer> {
  const { hub, acting, language } = call;
  const id = named(call, 'id', CaseId);
  permitted(call, await readCase(hub.table, id));
  const body = await readJson(call.request, schema === Withdrawal);
  parseInput(schema, body);
  const changed = await once(
    call,
    body,
    (key) => does(hub, id, body, acting, key),
    async () => (await readCase(hub.table, id)) ?? Promise.reject(new Rejected('not-found')),
  );
  return { body: viewCase(changed, sightOf(acting, changed), language) };
}

async function suggest(call: Call): Promise<Answer> {
  const subject = permitted(call, await readCase(call.hub.table, named(call, 'id', CaseId)));
  if (subject.kind !== 'need') throw new Rejected('not-found');
  const found = suggestOffers(subject, await listOffers(call.hub.table), localDate(Date.now()));
  return { body: { items: found.map(viewSuggestion), nextCursor: null } };
}

async function roster(call: Call): Promise<Answer> {
  const subject = permitted(call, await readCase(call.hub.table, named(call, 'id', CaseId)));
  if (subject.kind !== 'insurance') throw new Rejected('not-found');
  const by = actorOf(call.acting);
  await recordView(call.hub.table, { cases: [subject.id], shown: ['roster'], by, door: 'api' });
  return { body: viewRoster(subject, await rosterSeen(call.hub, subject, sightOf(call.acting, subject)), true) };
}

async function disclose(call: Call): Promise<Answer> {
  const subject = permitted(call, await readCase(call.hub.table, named(call, 'id', CaseId)));
  const { reason } = parseInput(Disclosure, await readJson(call.request));
  if (subject.kind !== 'insurance') throw new Rejected('not-found');
  return { body: viewRoster(subject, await discloseRoster(call.hub, subject, call.acting, reason, 'api'), false) };
}

export const cases = {
  listCases: list,
  getCase: get,
  withdrawCase: (call: Call) => act(call, Withdrawal, withdrawCase),
  giveAmounts: (call: Call) => act(call, Amounts, amendNeed),
  suggestOffers: suggest,
  getRoster: roster,
  discloseRoster: disclose,
};
