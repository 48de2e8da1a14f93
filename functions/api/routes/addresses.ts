import * as z from 'zod';
import { MailHash } from '../../../shared/domain/applicant.ts';
import { Rejected } from '../../../shared/domain/errors.ts';
import { AddressInput } from '../../../shared/domain/organization.ts';
import { parseInput } from '../../../shared/domain/problems.ts';
import { addAddress, ownAddresses, releaseAddress } from '../../../shared/people/organization.ts';
import { readAddress } from '../../../shared/store/addresses.ts';
import { readJson } from '../body.ts';
import { type Answer, actingMember, type Call } from '../call.ts';
import { once } from '../idempotency.ts';
import { viewAddress } from '../views/address.ts';

/** Which address, by its id: it stands in no path, where logs of proxies would keep it. */
export const ReleaseBody = z.strictObject({ address: MailHash });

async function list(call: Call): Promise<Answer> {
  const found = await ownAddresses(call.hub.table, actingMember(call));
  return { body: { items: found.map(viewAddress), nextCursor: null } };
}

async function ask(call: Call): Promise<Answer> {
  const { member } = actingMember(call);
  const body = await readJson(call.request);
  parseInput(AddressInput, body);
  const address = await once(
    call,
    body,
    (key) => addAddress(call.hub, member, body, { door: 'api', once: key }),
    async (hash) =>
      (await readAddress(call.hub.table, member.party, hash)) ?? Promise.reject(new Rejected('not-found')),
  );
  return { body: viewAddress(address) };
}

async function release(call: Call): Promise<Answer> {
  const { member } = actingMember(call);
  const body = await readJson(call.request);
  const { address } = parseInput(ReleaseBody, body);
  await once(
    call,
    body,
    (key) => releaseAddress(call.hub.table, member, address, { door: 'api', once: key }),
    async () => undefined,
  );
  return list(call);
}

export const addresses = { listAddresses: list, askForAddress: ask, releaseAddress: release };
