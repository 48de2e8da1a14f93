import type { TransactWriteItem } from '@aws-sdk/client-dynamodb';
import * as z from 'zod';
import { MemberId } from '../domain/ids.ts';
import { keys } from './keys.ts';
import { batchGet, type Item, type Table, toItem } from './table.ts';

/** Accounts of one person that are followed from one to the next. */
const STEPS = 3;

function othersIn({ accounts }: Item): MemberId[] {
  return accounts instanceof Set ? z.array(MemberId).parse([...accounts]) : [];
}

function adding(table: Table, member: MemberId, others: readonly MemberId[]): TransactWriteItem {
  return {
    Update: {
      TableName: table.name,
      Key: toItem({ ...keys.accounts(member) }),
      UpdateExpression: 'SET entity = :entity ADD accounts :others',
      ExpressionAttributeValues: toItem({ ':entity': 'accounts', ':others': new Set(others) }),
    },
  };
}

/**
 * Writes that say that an account and others are one person's, since they have one mailbox. Nothing takes that back: what somebody did
 * with one they did not do with the other's hands. Cost: one item in a transaction for each account, none where there is no other.
 */
export function linkingAccounts(table: Table, member: MemberId, others: readonly MemberId[]): TransactWriteItem[] {
  if (others.length === 0) return [];
  return [adding(table, member, others), ...others.map((other) => adding(table, other, [member]))];
}

/** All accounts of the person whose account it is: itself, and those with the same mailbox. */
export type AccountsOf = (member: MemberId) => readonly MemberId[];

/** Cost: a read for each of `members`, in one call for a hundred of them, and again where somebody has several accounts. */
export async function accountsOf(table: Table, members: readonly MemberId[]): Promise<AccountsOf> {
  const linked = new Map<MemberId, readonly MemberId[]>();
  let next: readonly MemberId[] = [...new Set(members)];
  for (let step = 0; step < STEPS && next.length > 0; step++) {
    const items = await batchGet(table, next.map(keys.accounts));
    const found = new Map(items.map((item) => [item.pk, othersIn(item)]));
    for (const one of next) linked.set(one, found.get(keys.accounts(one).pk) ?? []);
    next = [...new Set([...found.values()].flat())].filter((one) => !linked.has(one));
  }
  return (member) => {
    const all = new Set([member]);
    for (const one of all) for (const other of linked.get(one) ?? []) all.add(other);
    return [...all];
  };
}
