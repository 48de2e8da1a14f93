import { nameStandIn, revokeStandIn, standInBoard } from '../../../shared/answering/stand-ins.ts';
import { parseInput } from '../../../shared/domain/problems.ts';
import { StandInInput } from '../../../shared/domain/stand-in.ts';
import type { At } from '../call.ts';
import { actingMember, type Call } from '../call.ts';
import { once } from '../idempotency.ts';
import { standIn } from '../openapi/examples/conflicts.ts';
import { json, operation } from '../operation.ts';
import { StandInBoardView } from '../views/stand-in.ts';
import { EmptyBody, emptyBody } from './empty-body.ts';
import { Reference } from './places.ts';

async function board(call: Call) {
  return { body: StandInBoardView.parse(await standInBoard(call.hub.table, actingMember(call))) };
}

async function name(call: Call) {
  const acting = actingMember(call);
  const body = await call.json();
  parseInput(StandInInput, body);
  await once(
    call,
    body,
    (key) => nameStandIn(call.hub.table, body, acting, 'api', key),
    async (made) => made,
  );
  return board(call);
}

async function revoke(call: At<{ id: typeof Reference }>) {
  const acting = actingMember(call);
  parseInput(EmptyBody, await call.json());
  const id = call.place('id');
  await once(
    call,
    { id },
    (key) => revokeStandIn(call.hub.table, id, acting, 'api', key),
    async () => undefined,
  );
  return board(call);
}

export const standIns = {
  listStandIns: operation({
    method: 'get',
    path: '/stand-ins',
    access: 'token',
    action: 'name-stand-in',
    summary: 'Stand-ins in the caller’s party, today and later',
    answer: { description: 'Who stands in for whom, and who could', schema: { StandInBoard: StandInBoardView } },
    handle: board,
  }),
  nameStandIn: operation({
    method: 'post',
    path: '/stand-ins',
    access: 'token',
    action: 'name-stand-in',
    summary: 'Name a colleague to answer in one’s place',
    description:
      'From `from` to `to`, both days included; `standIn` is a colleague’s id. The stand-in may answer what the caller may, and decisions carry both names.',
    request: json({ StandInInput }, standIn),
    answer: { description: 'Who stands in for whom, and who could', schema: { StandInBoard: StandInBoardView } },
    refusals: ['stand-in-overlaps', 'membership-ended'],
    handle: name,
  }),
  revokeStandIn: operation({
    method: 'post',
    path: '/stand-ins/{id}/revocation',
    access: 'token',
    action: 'name-stand-in',
    places: { id: Reference },
    summary: 'Revoke a stand-in',
    description: 'By who named them, or who leads the party; at once.',
    request: emptyBody,
    answer: { description: 'Who stands in for whom, and who could', schema: { StandInBoard: StandInBoardView } },
    refusals: ['membership-ended'],
    handle: revoke,
  }),
};
