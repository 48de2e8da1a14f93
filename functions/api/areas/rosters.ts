import { actorOf } from '../../../shared/answering/acting.ts';
import { recordView } from '../../../shared/audit/record.ts';
import { discloseRoster, rosterSeen } from '../../../shared/case/roster.ts';
import { sightOf } from '../../../shared/case/sight.ts';
import { Disclosure } from '../../../shared/domain/disclosure.ts';
import { Rejected } from '../../../shared/domain/errors.ts';
import { CaseId } from '../../../shared/domain/ids.ts';
import { parseInput } from '../../../shared/domain/problems.ts';
import { readCase } from '../../../shared/store/cases.ts';
import { permitted } from '../call.ts';
import { disclosure } from '../openapi/examples/disclosure.ts';
import { json, operation } from '../operation.ts';
import { RosterView, viewRoster } from '../views/roster.ts';
import type { AtCase } from './places.ts';

async function roster(call: AtCase) {
  const subject = permitted(call, await readCase(call.hub.table, call.place('id')));
  if (subject.kind !== 'insurance') throw new Rejected('not-found');
  const by = actorOf(call.acting);
  await recordView(call.hub.table, { cases: [subject.id], shown: ['roster'], by, door: 'api' });
  return { body: viewRoster(subject, await rosterSeen(call.hub, subject, sightOf(call.acting, subject)), true) };
}

async function disclose(call: AtCase) {
  const subject = permitted(call, await readCase(call.hub.table, call.place('id')));
  const { reason } = parseInput(Disclosure, await call.json());
  if (subject.kind !== 'insurance') throw new Rejected('not-found');
  return { body: viewRoster(subject, await discloseRoster(call.hub, subject, call.acting, reason, 'api'), false) };
}

export const rosters = {
  getRoster: operation({
    method: 'get',
    path: '/cases/{id}/roster',
    access: 'token',
    action: 'see-volunteers',
    places: { id: CaseId },
    summary: 'The volunteers of an insurance request',
    description: 'Identity numbers and telephones are masked for everybody.',
    answer: { description: 'The roster', schema: { Roster: RosterView } },
    handle: roster,
  }),
  discloseRoster: operation({
    method: 'post',
    path: '/cases/{id}/roster/disclosure',
    access: 'token',
    action: 'see-volunteers-in-full',
    places: { id: CaseId },
    summary: 'The volunteers with their numbers in full',
    description: 'For the insurer, who says what for. Each time is an entry in the trail of the case.',
    request: json({ Disclosure }, disclosure),
    answer: { description: 'The roster, in full', schema: { Roster: RosterView } },
    handle: disclose,
  }),
};
