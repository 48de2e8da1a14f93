import * as z from 'zod';
import { assertMay, may } from '../../../shared/answering/acting.ts';
import { seatsLackingIn } from '../../../shared/answering/programme-team.ts';
import { closeProgramme, createProgramme, programmeOr404 } from '../../../shared/case/catalogue.ts';
import { Rejected } from '../../../shared/domain/errors.ts';
import { ProgrammeId } from '../../../shared/domain/ids.ts';
import { localDate } from '../../../shared/domain/time.ts';
import { isOpen, type Programme, ProgrammeInput } from '../../../shared/entities/programme/programme.ts';
import { listProgrammes } from '../../../shared/store/programmes.ts';
import type { Asking, At } from '../call.ts';
import { actingMember, type Call, permitted } from '../call.ts';
import { once } from '../idempotency.ts';
import * as example from '../openapi/examples/catalogue.ts';
import { apiRoot, json, operation } from '../operation.ts';
import { ProgrammeView, viewProgramme } from '../views/catalogue.ts';
import { listOf } from '../views/list.ts';

const ProgrammesQuery = z.object({ all: z.enum(['true', 'false']).default('false') });

/** A programme as the caller sees it: what is left of its budget is not for everybody. */
async function seen(call: Call, programme: Programme) {
  const { acting, hub } = call;
  const isOwn = acting.type === 'member' && acting.member.party === programme.funder;
  const lacks = isOwn ? (await seatsLackingIn(hub.table, programme.funder, [programme])).get(programme.id) : undefined;
  return viewProgramme(programme, may(acting, 'see-budget', { ownedBy: programme.funder }), lacks);
}

async function list(call: Asking<typeof ProgrammesQuery>) {
  const { all } = call.asked();
  if (all === 'true') {
    if (call.acting.type === 'public') throw new Rejected('unauthenticated');
    assertMay(call.acting, 'see-closed-programmes');
  }
  const today = localDate(Date.now());
  const found = (await listProgrammes(call.hub.table)).filter((one) => all === 'true' || isOpen(one, today));
  return { body: { items: await Promise.all(found.map((one) => seen(call, one))), nextCursor: null } };
}

async function get(call: At<{ id: typeof ProgrammeId }>) {
  return { body: await seen(call, await programmeOr404(call.hub, call.place('id'))) };
}

async function publish(call: Call) {
  const { member } = actingMember(call);
  const body = await call.json();
  const programme = await once(
    call,
    body,
    (key) => createProgramme(call.hub, body, member, key, 'api'),
    (done) => programmeOr404(call.hub, ProgrammeId.parse(done)),
  );
  const location = `${call.base}${apiRoot}/programmes/${programme.id}`;
  return { body: await seen(call, programme), headers: { location } };
}

/** Closing twice is closing once: nothing has to be remembered. */
async function close(call: At<{ id: typeof ProgrammeId }>) {
  const { member } = actingMember(call);
  const known = await programmeOr404(call.hub, call.place('id'));
  permitted(call, { ownedBy: known.funder });
  const programme = known.closedAt === undefined ? await closeProgramme(call.hub, known.id, member, 'api') : known;
  return { body: await seen(call, programme) };
}

export const programmes = {
  listProgrammes: operation({
    method: 'get',
    path: '/programmes',
    access: 'optional',
    action: 'see-programmes',
    summary: 'Open programmes',
    description: 'With `all=true` and a token, closed ones too.',
    query: ProgrammesQuery,
    answer: { description: 'Programmes', schema: { ProgrammeList: listOf(ProgrammeView) } },
    handle: list,
  }),
  getProgramme: operation({
    method: 'get',
    path: '/programmes/{id}',
    access: 'optional',
    action: 'see-programmes',
    places: { id: ProgrammeId },
    summary: 'A programme',
    answer: { description: 'The programme', schema: { Programme: ProgrammeView } },
    handle: get,
  }),
  publishProgramme: operation({
    method: 'post',
    path: '/programmes',
    access: 'token',
    action: 'publish-programme',
    summary: 'Publish a programme',
    request: json({ ProgrammeInput }, example.programme),
    answer: { status: 201, description: 'The programme', schema: { Programme: ProgrammeView } },
    refusals: ['already-exists'],
    handle: publish,
  }),
  closeProgramme: operation({
    method: 'post',
    path: '/programmes/{id}/closure',
    access: 'token',
    action: 'close-programme',
    places: { id: ProgrammeId },
    summary: 'Take no more applications',
    description: 'Those that came in go on. Closing a closed programme changes nothing.',
    request: 'nothing',
    answer: { description: 'The programme, closed', schema: { Programme: ProgrammeView } },
    handle: close,
  }),
};
