import { giveConsent } from '../../../shared/case/give-consent.ts';
import { assertCaseMay } from '../../../shared/case/limits.ts';
import { sightOf } from '../../../shared/case/sight.ts';
import { Rejected } from '../../../shared/domain/errors.ts';
import { CaseId } from '../../../shared/domain/ids.ts';
import { readCase } from '../../../shared/store/cases.ts';
import { readJson } from '../body.ts';
import { type Answer, type Call, permitted } from '../call.ts';
import { once } from '../idempotency.ts';
import { viewCase } from '../views/case.ts';
import { named } from './path.ts';

async function give(call: Call, id: CaseId): Promise<Answer> {
  const { hub, acting } = call;
  const body = await readJson(call.request);
  const after = await once(
    call,
    body,
    (key) => giveConsent(hub, id, body, acting, key),
    async () => (await readCase(hub.table, id)) ?? Promise.reject(new Rejected('not-found')),
  );
  return { body: viewCase(after, sightOf(acting, after), call.language) };
}

/** By a coordinator who was told, or a member of the organization for their own. */
async function given(call: Call): Promise<Answer> {
  const { id } = permitted(call, await readCase(call.hub.table, named(call, 'id', CaseId)));
  return give(call, id);
}

/** By whoever holds the private link. */
async function givenByLink(call: Call): Promise<Answer> {
  if (!call.file) throw new Rejected('not-found');
  const { id } = call.file.subject;
  await assertCaseMay(call.hub, 'act/case', id);
  return give(call, id);
}

export const consent = { giveConsent: given, giveTrackedConsent: givenByLink };
