import { assertMay, may } from '../../../shared/answering/acting.ts';
import { closeProgramme, createProgramme, programmeOr404 } from '../../../shared/case/catalogue.ts';
import { Rejected } from '../../../shared/domain/errors.ts';
import { ProgrammeId } from '../../../shared/domain/ids.ts';
import { parseInput } from '../../../shared/domain/problems.ts';
import { localDate } from '../../../shared/domain/time.ts';
import { isOpen, type Programme } from '../../../shared/kinds/grant/programme.ts';
import { listProgrammes } from '../../../shared/store/programmes.ts';
import { readJson } from '../body.ts';
import { type Answer, actingMember, type Call, permitted } from '../call.ts';
import { once } from '../idempotency.ts';
import { apiRoot } from '../operations.ts';
import { viewProgramme } from '../views/catalogue.ts';
import { named } from './path.ts';
import { ProgrammesQuery } from './queries.ts';

/** A programme as the caller sees it: what is left of its budget is not for everybody. */
function seen(call: Call, programme: Programme) {
  return viewProgramme(programme, may(call.acting, 'see-budget', { ownedBy: programme.funder }));
}

async function list(call: Call): Promise<Answer> {
  const { all } = parseInput(ProgrammesQuery, call.query);
  if (all === 'true') {
    if (call.acting.type === 'public') throw new Rejected('unauthenticated');
    assertMay(call.acting, 'see-closed-programmes');
  }
  const today = localDate(Date.now());
  const found = (await listProgrammes(call.hub.table)).filter((one) => all === 'true' || isOpen(one, today));
  return { body: { items: found.map((one) => seen(call, one)), nextCursor: null } };
}

async function get(call: Call): Promise<Answer> {
  return { body: seen(call, await programmeOr404(call.hub, named(call, 'id', ProgrammeId))) };
}

async function publish(call: Call): Promise<Answer> {
  const { member } = actingMember(call);
  const body = await readJson(call.request);
  const programme = await once(
    call,
    body,
    (key) => createProgramme(call.hub, body, member, key, 'api'),
    (done) => programmeOr404(call.hub, ProgrammeId.parse(done)),
  );
  const location = `${call.base}${apiRoot}/programmes/${programme.id}`;
  return { status: 201, body: seen(call, programme), headers: { location } };
}

/** Closing twice is closing once: nothing has to be remembered. */
async function close(call: Call): Promise<Answer> {
  const { member } = actingMember(call);
  const known = await programmeOr404(call.hub, named(call, 'id', ProgrammeId));
  permitted(call, { ownedBy: known.funder });
  const programme = known.closedAt === undefined ? await closeProgramme(call.hub, known.id, member, 'api') : known;
  return { body: seen(call, programme) };
}

export const programmes = {
  listProgrammes: list,
  getProgramme: get,
  publishProgramme: publish,
  closeProgramme: close,
};
