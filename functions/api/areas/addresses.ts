import * as z from 'zod';
import { MailHash } from '../../../shared/domain/applicant.ts';
import { Rejected } from '../../../shared/domain/errors.ts';
import { AddressInput } from '../../../shared/domain/organization.ts';
import { parseInput } from '../../../shared/domain/problems.ts';
import { addAddress, ownAddresses, releaseAddress } from '../../../shared/people/organization.ts';
import { readAddress } from '../../../shared/store/addresses.ts';
import { actingMember, type Call } from '../call.ts';
import { once } from '../idempotency.ts';
import * as example from '../openapi/examples/people.ts';
import { json, operation } from '../operation.ts';
import { AddressView, viewAddress } from '../views/address.ts';
import { listOf } from '../views/list.ts';

/** Which address, by its id: it stands in no path, where logs of proxies would keep it. */
export const ReleaseBody = z.strictObject({ address: MailHash });

async function list(call: Call) {
  const found = await ownAddresses(call.hub.table, actingMember(call));
  return { body: { items: found.map(viewAddress), nextCursor: null } };
}

async function ask(call: Call) {
  const { member } = actingMember(call);
  const body = await call.json();
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

async function release(call: Call) {
  const { member } = actingMember(call);
  const body = await call.json();
  const { address } = parseInput(ReleaseBody, body);
  await once(
    call,
    body,
    (key) => releaseAddress(call.hub.table, member, address, { door: 'api', once: key }),
    async () => undefined,
  );
  return list(call);
}

const AddressList = listOf(AddressView);

export const addresses = {
  listAddresses: operation({
    method: 'get',
    path: '/addresses',
    access: 'token',
    action: 'claim-cases',
    summary: 'The mail addresses of the caller’s organization',
    description: 'Cases with a confirmed address as their contact are the organization’s own.',
    answer: { description: 'The addresses, confirmed or asked', schema: { AddressList } },
    handle: list,
  }),
  askForAddress: operation({
    method: 'post',
    path: '/addresses',
    access: 'token',
    action: 'claim-cases',
    summary: 'Say that an address is the organization’s',
    description:
      'A letter asks there whether it is; it is confirmed in the console, by the link in it. The same again sends another letter.',
    request: json({ AddressInput }, example.address),
    answer: { description: 'The address, not yet confirmed', schema: { Address: AddressView } },
    refusals: ['already-exists', 'enough-of-these', 'members-changed'],
    handle: ask,
  }),
  releaseAddress: operation({
    method: 'post',
    path: '/addresses/release',
    access: 'token',
    action: 'release-address',
    summary: 'Give an address up',
    description: 'By a manager; `address` is its id. Cases that are the organization’s stay so.',
    request: json({ AddressRelease: ReleaseBody }, example.addressRelease),
    answer: { description: 'The addresses that are left', schema: { AddressList } },
    refusals: ['not-found', 'members-changed'],
    handle: release,
  }),
};
