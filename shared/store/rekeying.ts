import type { TransactWriteItem } from '@aws-sdk/client-dynamodb';
import * as z from 'zod';
import type { MemberId } from '../domain/ids.ts';
import { Interest } from '../domain/interest.ts';
import { classed } from '../domain/privacy/classes.ts';
import { FOLD_VERSION } from '../domain/same/fold.ts';
import { caseItem, fromCaseItem, isOrganizationKey, organizationKey } from './case-item.ts';
import { keys } from './keys.ts';
import {
  batchGet,
  ConditionFailed,
  get,
  type Item,
  putOver,
  queryAll,
  save,
  type Table,
  toItem,
  transact,
} from './table.ts';

/**
 * Of which fold all was brought along, whether cover was to where it lies now (an item a person, not one a case), and whether cases
 * are found by other spellings of their organizations.
 */
export const Rekeying = z.object(
  classed('public', {
    version: z.int(),
    cover: z.boolean().optional(),
    named: z.boolean().optional(),
    done: z.boolean().optional(),
  }),
);
export type Rekeying = z.infer<typeof Rekeying>;

/** Where it is kept. */
const MARK = keys.health('REKEYING');

/** Whether all is found as it is kept today. Cost: one read. */
export async function isBroughtAlong(table: Table): Promise<boolean> {
  const mark = Rekeying.safeParse((await get(table, MARK))?.data).data;
  return mark?.version === FOLD_VERSION && mark.cover === true && mark.named === true && mark.done === true;
}

/** Keeps that all was brought along to today's fold, or is to be. Cost: one write. */
export async function saveRekeying(table: Table, mark: Pick<Rekeying, 'done'>): Promise<void> {
  await save(table, {
    ...MARK,
    entity: 'rekeying',
    data: Rekeying.parse({ ...mark, cover: true, named: true, version: FOLD_VERSION }),
  });
}

/** Whether a key is made by today's fold. */
function isOfToday(key: string): boolean {
  return key.startsWith(organizationKey('').slice(0, -22));
}

/**
 * Brings cases along to where they are found today; nothing else of them changes. One that somebody changes this moment comes along
 * with that. Cost: a read a case, and a transaction of one item for each that is not there yet.
 * @returns how many were brought along
 */
export async function rekeyCases(table: Table, ids: readonly Parameters<typeof keys.case>[0][]): Promise<number> {
  let moved = 0;
  for (const item of await batchGet(table, ids.map(keys.case))) {
    if (isOfToday(String(item.organizationPk))) continue;
    const { organizationPk } = caseItem(fromCaseItem(item));
    try {
      await transact(table, [putOver(table, { ...item, organizationPk }, Number(item.version))]);
      moved += 1;
    } catch (error) {
      if (!(error instanceof ConditionFailed)) throw error;
    }
  }
  return moved;
}

/** Names under which an interest is kept: the one that was declared about, and those of parties of which somebody is a member. */
type NamesOf = (item: Item) => Promise<readonly string[]>;

function movingTo(table: Table, member: MemberId, key: string, { declared, memberOf, data }: Item): TransactWriteItem {
  const isMember = memberOf instanceof Set && memberOf.size > 0;
  const sets = ['entity = :entity', ...(data ? ['#data = :data'] : []), ...(declared ? ['declared = :declared'] : [])];
  return {
    Update: {
      TableName: table.name,
      Key: toItem({ ...keys.standingInterest(member, key) }),
      UpdateExpression: `SET ${sets.join(', ')}${isMember ? ' ADD memberOf :memberOf' : ''}`,
      ...(data !== undefined && { ExpressionAttributeNames: { '#data': 'data' } }),
      ExpressionAttributeValues: toItem({
        ':entity': 'interest',
        ...(data !== undefined && { ':data': data }),
        ...(declared !== undefined && { ':declared': declared }),
        ...(isMember && { ':memberOf': memberOf }),
      }),
    },
  };
}

/**
 * Brings along what keeps a person from the cases of organizations by their names. Cost: a Query, and for each that is not where it
 * would be kept today what `namesOf` reads and a transaction of a few items.
 * @param namesOf the names that an item is about
 * @returns how many were brought along
 */
export async function rekeyInterests(table: Table, member: MemberId, namesOf: NamesOf): Promise<number> {
  const items = await queryAll(table, keys.interests(member));
  const before = items.filter(({ sk }) => isOrganizationKey(String(sk)) && !isOfToday(String(sk)));
  let moved = 0;
  for (const item of before) {
    const to = [...new Set((await namesOf(item)).map(organizationKey))];
    const isInForce = item.declared !== undefined || item.memberOf !== undefined;
    if (isInForce && to.length === 0) continue;
    const writes = isInForce ? to.map((key) => movingTo(table, member, key, item)) : [];
    const gone = { TableName: table.name, Key: toItem({ pk: item.pk, sk: item.sk }) };
    const still = `${item.declared === undefined ? 'attribute_not_exists' : 'attribute_exists'}(declared) AND ${
      item.memberOf === undefined ? 'attribute_not_exists(memberOf)' : 'memberOf = :memberOf'
    }`;
    const values =
      item.memberOf === undefined ? {} : { ExpressionAttributeValues: toItem({ ':memberOf': item.memberOf }) };
    try {
      await transact(table, [...writes, { Delete: { ...gone, ConditionExpression: still, ...values } }]);
      moved += 1;
    } catch (error) {
      // somebody changed it this moment: the next run finds it
      if (!(error instanceof ConditionFailed)) throw error;
    }
  }
  return moved;
}

/** The name that an interest was declared about. */
export function nameIn({ data }: Item): string[] {
  const interest = Interest.safeParse(data).data;
  return interest ? [interest.organization] : [];
}
