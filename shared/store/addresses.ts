import type { TransactWriteItem } from '@aws-sdk/client-dynamodb';
import type { PartyId } from '../domain/ids.ts';
import { PartyId as Id } from '../domain/ids.ts';
import { Address } from '../domain/organization.ts';
import { expiresAfter } from './expiry.ts';
import { keys } from './keys.ts';
import { dataOf, wholeOf } from './personal-item.ts';
import { get, type Item, put, putOver, queryAll, type Table, toItem } from './table.ts';

function fromItem(item: Item): Address {
  return wholeOf(Address, item);
}

/** The organization that confirmed the address with this hash. Cost: one consistent read. */
export async function addressOwner(table: Table, hash: string): Promise<PartyId | undefined> {
  const item = await get(table, keys.addressOwner(hash));
  return item && Id.parse(item.party);
}

/** Cost: one consistent read. */
export async function readAddress(table: Table, party: PartyId, hash: string): Promise<Address | undefined> {
  const item = await get(table, keys.address(party, hash));
  return item && fromItem(item);
}

/** The addresses of an organization, confirmed or not. Cost: one Query. */
export async function listAddresses(table: Table, party: PartyId): Promise<Address[]> {
  return (await queryAll(table, keys.membersOfParty(party), keys.address(party, '').sk)).map(fromItem);
}

/** How long an address that nobody confirmed is kept after its letter's link is void, in days. */
const KEPT_DAYS = 30;

function item(address: Address): Item {
  const expires = expiresAfter(address.endsAt, KEPT_DAYS);
  return {
    ...keys.address(address.party, address.hash),
    entity: 'address',
    version: address.version,
    ...(address.confirmedAt === undefined && { expires }),
    ...dataOf(Address, address),
  };
}

/** The write of an address where it was not, or was as it was read. */
export function savingAddress(table: Table, address: Address, before?: Address): TransactWriteItem {
  const whole = item(Address.parse(address));
  if (!before) return put(table, whole, true);
  return putOver(table, whole, before.version, ['attribute_not_exists(confirmed)']);
}

/** Writes that make an address the organization's: it fails where another has it, or the letter was replaced. */
export function confirmingAddress(table: Table, before: Address, confirmedAt: string): TransactWriteItem[] {
  const address = Address.parse({ ...before, confirmedAt });
  return [
    put(table, { ...keys.addressOwner(address.hash), entity: 'address-owner', party: address.party }, true),
    putOver(table, { ...item(address), confirmed: 'yes' }, before.version),
  ];
}

/** Checks, in a transaction, that an address is not one that the organization confirmed as its own. Cost: one item. */
export function isNotConfirmed(table: Table, party: PartyId, hash: string): TransactWriteItem {
  return {
    ConditionCheck: {
      TableName: table.name,
      Key: toItem({ ...keys.address(party, hash) }),
      ConditionExpression: 'attribute_not_exists(confirmed)',
    },
  };
}

/** Writes that take an address from the organization: it fails where that is not as it was read. Cost: two items in a transaction. */
export function releasingAddress(table: Table, { party, hash, version, confirmedAt }: Address): TransactWriteItem[] {
  const TableName = table.name;
  const gone: TransactWriteItem = {
    Delete: {
      TableName,
      Key: toItem({ ...keys.address(party, hash) }),
      ConditionExpression: `version = :read AND attribute_${confirmedAt ? '' : 'not_'}exists(confirmed)`,
      ExpressionAttributeValues: toItem({ ':read': version }),
    },
  };
  if (!confirmedAt) return [gone];
  const owner: TransactWriteItem = {
    Delete: {
      TableName,
      Key: toItem({ ...keys.addressOwner(hash) }),
      ConditionExpression: 'party = :party',
      ExpressionAttributeValues: toItem({ ':party': party }),
    },
  };
  return [gone, owner];
}
