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

/** The organization that confirmed an address of the mailbox with this hash. Cost: one consistent read. */
export async function mailboxOwner(table: Table, hash: string): Promise<PartyId | undefined> {
  const item = await get(table, keys.mailboxOwner(hash));
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

/** The write by which a mailbox is an organization's: it fails where another has it. */
function takingMailbox(table: Table, { party, mailbox }: Address): TransactWriteItem[] {
  if (mailbox === undefined) return [];
  const item = { ...keys.mailboxOwner(mailbox), entity: 'mailbox-owner', party };
  const ConditionExpression = 'attribute_not_exists(pk) OR party = :party';
  const ExpressionAttributeValues = toItem({ ':party': party });
  return [{ Put: { TableName: table.name, Item: toItem(item), ConditionExpression, ExpressionAttributeValues } }];
}

/** Writes that make an address the organization's: it fails where another has its mailbox, or the letter was replaced. */
export function confirmingAddress(table: Table, before: Address, confirmedAt: string): TransactWriteItem[] {
  const address = Address.parse({ ...before, confirmedAt });
  return [
    put(table, { ...keys.addressOwner(address.hash), entity: 'address-owner', party: address.party }, true),
    putOver(table, { ...item(address), confirmed: 'yes' }, before.version),
    ...takingMailbox(table, address),
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

/** Checks, in a transaction, that a mailbox is not one of which the organization confirmed an address. Cost: one item. */
export function isNotItsMailbox(table: Table, party: PartyId, hash: string): TransactWriteItem {
  return {
    ConditionCheck: {
      TableName: table.name,
      Key: toItem({ ...keys.mailboxOwner(hash) }),
      ConditionExpression: 'attribute_not_exists(pk) OR party <> :party',
      ExpressionAttributeValues: toItem({ ':party': party }),
    },
  };
}

/**
 * Writes that take an address from the organization: it fails where that is not as it was read. Cost: three items in a
 * transaction at most.
 * @param others the organization's other addresses: its mailbox stays while one of them is of it
 */
export function releasingAddress(
  table: Table,
  { party, hash, mailbox, version, confirmedAt }: Address,
  others: readonly Address[] = [],
): TransactWriteItem[] {
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
  const isShared = others.some((one) => one.hash !== hash && one.mailbox === mailbox && one.confirmedAt);
  if (mailbox === undefined || isShared) return [gone, owner];
  return [gone, owner, { Delete: { TableName, Key: toItem({ ...keys.mailboxOwner(mailbox) }) } }];
}
