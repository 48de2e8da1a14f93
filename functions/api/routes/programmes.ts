import { closeProgramme, createProgramme, programmeOr404 } from '../../../shared/cases/catalogue.ts';
import { Rejected } from '../../../shared/domain/errors.ts';
import { isOpen } from '../../../shared/domain/grant/programme.ts';
import { ProgrammeId } from '../../../shared/domain/ids.ts';
import { parseInput } from '../../../shared/domain/problems.ts';
import { localDate } from '../../../shared/domain/time.ts';
import { listProgrammes } from '../../../shared/store/programmes.ts';
import { readJson } from '../body.ts';
import { type Answer, type Call, memberFor } from '../call.ts';
import { once } from '../idempotency.ts';
import { apiRoot } from '../operations.ts';
import { viewProgramme } from '../views/catalogue.ts';
import { named } from './path.ts';
import { ProgrammesQuery } from './queries.ts';

function parties(call: Call) {
  return call.memberships.map((member) => member.party);
}

async function list(call: Call): Promise<Answer> {
  const { all } = parseInput(ProgrammesQuery, call.query);
  if (all === 'true' && !call.signedIn) throw new Rejected('unauthenticated');
  const today = localDate(Date.now());
  const found = (await listProgrammes(call.hub.table)).filter((one) => all === 'true' || isOpen(one, today));
  return { body: { items: found.map((one) => viewProgramme(one, parties(call))), nextCursor: null } };
}

async function get(call: Call): Promise<Answer> {
  const programme = await programmeOr404(call.hub, named(call, 'id', ProgrammeId));
  return { body: viewProgramme(programme, parties(call)) };
}

async function publish(call: Call): Promise<Answer> {
  const member = memberFor(call, (one) => one.partyType === 'funder');
  const body = await readJson(call.request);
  const programme = await once(
    call,
    body,
    (key) => createProgramme(call.hub, body, member, key),
    (done) => programmeOr404(call.hub, ProgrammeId.parse(done)),
  );
  const location = `${call.base}${apiRoot}/programmes/${programme.id}`;
  return { status: 201, body: viewProgramme(programme, parties(call)), headers: { location } };
}

/** Closing twice is closing once: nothing has to be remembered. */
async function close(call: Call): Promise<Answer> {
  const id = named(call, 'id', ProgrammeId);
  const known = await programmeOr404(call.hub, id);
  const member = memberFor(call, (one) => one.party === known.funder);
  const programme = known.closedAt === undefined ? await closeProgramme(call.hub, id, member) : known;
  return { body: viewProgramme(programme, parties(call)) };
}

export const programmes = {
  listProgrammes: list,
  getProgramme: get,
  publishProgramme: publish,
  closeProgramme: close,
};
