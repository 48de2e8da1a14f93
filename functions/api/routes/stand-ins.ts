import * as z from 'zod';
import { nameStandIn, revokeStandIn, standInBoard } from '../../../shared/answering/stand-ins.ts';
import { parseInput } from '../../../shared/domain/problems.ts';
import { StandInInput } from '../../../shared/domain/stand-in.ts';
import { readJson } from '../body.ts';
import { type Answer, actingMember, type Call } from '../call.ts';
import { once } from '../idempotency.ts';
import { StandInBoardView } from '../views/stand-in.ts';
import { EmptyBody } from './empty-body.ts';
import { named } from './path.ts';

async function board(call: Call): Promise<Answer> {
  return { body: StandInBoardView.parse(await standInBoard(call.hub.table, actingMember(call))) };
}

async function name(call: Call): Promise<Answer> {
  const acting = actingMember(call);
  const body = await readJson(call.request);
  parseInput(StandInInput, body);
  await once(
    call,
    body,
    (key) => nameStandIn(call.hub.table, body, acting, 'api', key),
    async (made) => made,
  );
  return board(call);
}

async function revoke(call: Call): Promise<Answer> {
  const acting = actingMember(call);
  parseInput(EmptyBody, await readJson(call.request, true));
  const id = named(call, 'id', z.string().min(1).max(64));
  await once(
    call,
    { id },
    (key) => revokeStandIn(call.hub.table, id, acting, 'api', key),
    async () => undefined,
  );
  return board(call);
}

export const standIns = { listStandIns: board, nameStandIn: name, revokeStandIn: revoke };
