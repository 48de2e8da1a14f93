import * as z from 'zod';
import { may } from '../../../shared/answering/acting.ts';
import { assertAddressMay, assertCaseMay } from '../../../shared/case/limits.ts';
import { askForLink, revokeLink, sendLinkAgain } from '../../../shared/case/revoke-link.ts';
import { secretOf } from '../../../shared/case/track.ts';
import { resumeMail } from '../../../shared/case/undelivered.ts';
import { Email } from '../../../shared/domain/applicant.ts';
import { Rejected } from '../../../shared/domain/errors.ts';
import { CaseId } from '../../../shared/domain/ids.ts';
import { parseInput } from '../../../shared/domain/problems.ts';
import type { Case } from '../../../shared/kinds/case.ts';
import { readCase } from '../../../shared/store/cases.ts';
import { type Call, permitted } from '../call.ts';
import { once } from '../idempotency.ts';
import { linkRequest } from '../openapi/examples/people.ts';
import { json, operation } from '../operation.ts';
import { LinkAskedView, LinkView } from '../views/link.ts';
import { EmptyBody, emptyBody } from './empty-body.ts';
import type { AtCase } from './places.ts';
import { Secret } from './places.ts';

/** Whose link is asked for: the case's number, and the address that its contact has. */
export const LinkRequestBody = z.strictObject({ caseId: CaseId, email: Email });

/** The next link is mailed, and shown only where there is no address and the caller may see it. */
async function replaced({ hub, base, acting }: Call, subject: Case): Promise<LinkView> {
  if (subject.contact?.email) return { mailed: true };
  if (!may(acting, 'see-private-link', subject)) return { mailed: false };
  return { mailed: false, trackingUrl: `${base}/track/${await secretOf(hub, subject)}` };
}

/** The case in the path, if the caller may do to it what the operation does. */
async function caseIn(call: AtCase): Promise<CaseId> {
  return permitted(call, await readCase(call.hub.table, call.place('id'))).id;
}

async function revoke(call: Call, id: CaseId) {
  parseInput(EmptyBody, await call.json());
  const after = await once(
    call,
    { id },
    (key) => revokeLink(call.hub, id, call.acting, key),
    async () => (await readCase(call.hub.table, id)) ?? Promise.reject(new Rejected('not-found')),
  );
  return { body: await replaced(call, after) };
}

async function revokeTracked(call: Call) {
  if (!call.file) throw new Rejected('not-found');
  const { id } = call.file.subject;
  await assertCaseMay(call.hub, 'act/case', id);
  return revoke(call, id);
}

/** What has the link mailed, with nothing to say beside whose. */
async function mail(call: AtCase, does: typeof sendLinkAgain | typeof resumeMail) {
  const id = await caseIn(call);
  parseInput(EmptyBody, await call.json());
  await once(
    call,
    { id },
    (key) => does(call.hub, id, call.acting, key),
    async () => undefined,
  );
  return { body: { mailed: true } satisfies LinkView };
}

/** Answers the same whether or not there is such a case: nothing is looked up here. */
async function ask(call: Call) {
  const body = await call.json();
  const asked = parseInput(LinkRequestBody, body);
  await assertAddressMay(call.hub, 'send-link/address', call.address);
  await once(
    call,
    body,
    (key) => askForLink(call.hub, { ...asked, language: call.language }, key),
    async () => undefined,
  );
  return { body: { asked: true } as const };
}

export const links = {
  sendLink: operation({
    method: 'post',
    path: '/cases/{id}/link',
    access: 'token',
    action: 'renew-link',
    places: { id: CaseId },
    summary: 'Mail the private link to the case’s contact once more',
    description: 'A few times a day at most, whoever asks.',
    request: emptyBody,
    answer: { description: 'That it is mailed', schema: { Link: LinkView } },
    handle: (call) => mail(call, sendLinkAgain),
  }),
  resumeMail: operation({
    method: 'post',
    path: '/cases/{id}/mail',
    access: 'token',
    action: 'resume-mail',
    places: { id: CaseId },
    summary: 'Say that the address of the case’s contact is right',
    description:
      'After mail to the applicant did not arrive, which the history of the case tells, and somebody has asked them: mail goes to the address again, the private link first.',
    request: emptyBody,
    answer: { description: 'That the link is mailed', schema: { Link: LinkView } },
    refusals: ['interest-declared', 'membership-ended'],
    handle: (call) => mail(call, resumeMail),
  }),
  revokeLink: operation({
    method: 'post',
    path: '/cases/{id}/link-revocation',
    access: 'token',
    action: 'revoke-link',
    places: { id: CaseId },
    summary: 'Make the private link void',
    description:
      'With it the links of the cases it leads to. The next one is mailed to the contact; where there is no address it is answered to the coordinator who acts for the applicant.',
    request: emptyBody,
    answer: { description: 'What became of the link', schema: { Link: LinkView } },
    handle: async (call) => revoke(call, await caseIn(call)),
  }),
};

export const trackedLinks = {
  revokeTrackedLink: operation({
    method: 'post',
    path: '/track/{secret}/revocation',
    access: 'link',
    action: 'revoke-link',
    places: { secret: Secret },
    summary: 'Make the private link void',
    description:
      'With it the links of the cases it leads to. The next one is mailed to the contact, and answered only where there is no address: whoever holds a link that is not theirs does not get the next. The same again finds the link void.',
    request: emptyBody,
    answer: { description: 'What became of the link', schema: { Link: LinkView } },
    refusals: ['link-revoked'],
    handle: revokeTracked,
  }),
  askForLink: operation({
    method: 'post',
    path: '/link-requests',
    access: 'public',
    action: 'renew-link',
    summary: 'Ask for a private link again',
    description:
      'It is mailed where `email` is the address of the case’s contact, a few times a day. The answer never says whether it is.',
    request: json({ LinkRequest: LinkRequestBody }, linkRequest),
    answer: { description: 'That it was asked for', schema: { LinkAsked: LinkAskedView } },
    handle: ask,
  }),
};
