import * as z from 'zod';
import { may } from '../../../shared/answering/acting.ts';
import { assertAddressMay, assertCaseMay } from '../../../shared/case/limits.ts';
import { askForLink, revokeLink, sendLinkAgain } from '../../../shared/case/revoke-link.ts';
import { secretOf } from '../../../shared/case/track.ts';
import { Email } from '../../../shared/domain/applicant.ts';
import { Rejected } from '../../../shared/domain/errors.ts';
import { CaseId } from '../../../shared/domain/ids.ts';
import { parseInput } from '../../../shared/domain/problems.ts';
import type { Case } from '../../../shared/kinds/case.ts';
import { readCase } from '../../../shared/store/cases.ts';
import { readJson } from '../body.ts';
import { type Answer, type Call, permitted } from '../call.ts';
import { once } from '../idempotency.ts';
import type { LinkView } from '../views/link.ts';
import { EmptyBody } from './empty-body.ts';
import { named } from './path.ts';

/** Whose link is asked for: the case's number, and the address that its contact has. */
export const LinkRequestBody = z.strictObject({ caseId: CaseId, email: Email });

/** The next link is mailed, and shown only where there is no address and the caller may see it. */
async function replaced({ hub, base, acting }: Call, subject: Case): Promise<LinkView> {
  if (subject.contact?.email) return { mailed: true };
  if (!may(acting, 'see-private-link', subject)) return { mailed: false };
  return { mailed: false, trackingUrl: `${base}/track/${await secretOf(hub, subject)}` };
}

/** The case in the path, if the caller may do to it what the operation does. */
async function caseIn(call: Call): Promise<CaseId> {
  return permitted(call, await readCase(call.hub.table, named(call, 'id', CaseId))).id;
}

async function revoke(call: Call, id: CaseId): Promise<Answer> {
  parseInput(EmptyBody, await readJson(call.request, true));
  const after = await once(
    call,
    { id },
    (key) => revokeLink(call.hub, id, call.acting, key),
    async () => (await readCase(call.hub.table, id)) ?? Promise.reject(new Rejected('not-found')),
  );
  return { body: await replaced(call, after) };
}

async function revokeTracked(call: Call): Promise<Answer> {
  if (!call.file) throw new Rejected('not-found');
  const { id } = call.file.subject;
  await assertCaseMay(call.hub, 'act/case', id);
  return revoke(call, id);
}

async function send(call: Call): Promise<Answer> {
  const id = await caseIn(call);
  parseInput(EmptyBody, await readJson(call.request, true));
  await once(
    call,
    { id },
    (key) => sendLinkAgain(call.hub, id, call.acting, key),
    async () => undefined,
  );
  return { body: { mailed: true } satisfies LinkView };
}

/** Answers the same whether or not there is such a case: nothing is looked up here. */
async function ask(call: Call): Promise<Answer> {
  const body = await readJson(call.request);
  const asked = parseInput(LinkRequestBody, body);
  await assertAddressMay(call.hub, 'send-link/address', call.address);
  await once(
    call,
    body,
    (key) => askForLink(call.hub, { ...asked, language: call.language }, key),
    async () => undefined,
  );
  return { body: { asked: true } };
}

export const links = {
  sendLink: send,
  revokeLink: async (call: Call) => revoke(call, await caseIn(call)),
  revokeTrackedLink: revokeTracked,
  askForLink: ask,
};
