import { ConditionalCheckFailedException, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import { classified } from '../aws/classified.ts';
import type { Allowance } from '../domain/allowances.ts';
import { Retryable, Throttled } from '../domain/errors.ts';
import { keys } from './keys.ts';
import { type Table, toItem } from './table.ts';

/** Whether it may go on, and if not, in how many seconds it may be tried again. */
export type Consumed = { readonly ok: true } | { readonly ok: false; readonly seconds: number };

const DAY = 86_400;
/** How long to wait when the table itself says "slow down", in seconds. */
const SLOW_DOWN = 5;
/** So many refused knockers this process remembers; those it forgets cost a write again. */
const MOST_REMEMBERED = 10_000;

/** Until when whom this process has seen refused, in seconds: a flood costs one write and then nothing. */
const refused = new WeakMap<Table['client'], Map<string, number>>();

function remembered(table: Table): Map<string, number> {
  const known = refused.get(table.client) ?? new Map<string, number>();
  refused.set(table.client, known);
  return known;
}

function remember(table: Table, name: string, until: number): void {
  const known = remembered(table);
  if (known.size >= MOST_REMEMBERED) known.clear();
  known.set(name, until);
}

async function add(
  table: Table,
  what: string,
  who: string,
  allowance: Allowance,
  now: number,
  amount: number,
): Promise<Consumed> {
  const day = Math.floor(now / DAY);
  const window = Math.floor((now % DAY) / allowance.seconds);
  const endOfDay = (day + 1) * DAY;
  try {
    await table.client.send(
      new UpdateItemCommand({
        TableName: table.name,
        Key: toItem({ ...keys.limit(what, who, day) }),
        UpdateExpression: 'SET entity = :entity, expires = :expires ADD #day :amount, #window :amount',
        ConditionExpression:
          '(attribute_not_exists(#day) OR #day < :day) AND (attribute_not_exists(#window) OR #window < :burst)',
        ExpressionAttributeNames: { '#day': 'day', '#window': `w${window}` },
        ExpressionAttributeValues: toItem({
          ':entity': 'limit',
          ':expires': endOfDay + DAY,
          ':amount': amount,
          ':day': allowance.day,
          ':burst': allowance.burst,
        }),
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      }),
    );
    return { ok: true };
  } catch (error) {
    if (!(error instanceof ConditionalCheckFailedException)) throw classified(error);
    const counted = error.Item && unmarshall(error.Item);
    const used = Number(counted?.day ?? 0) >= allowance.day;
    const until = used ? endOfDay : Math.min(endOfDay, day * DAY + (window + 1) * allowance.seconds);
    return { ok: false, seconds: Math.max(1, Math.ceil(until - now)) };
  }
}

/**
 * Counts one knock of somebody at a door, in the table, so that the count holds for every instance of every function.
 * Cost: one write (of an item that stays under a kilobyte or two, and goes a day later); nothing while this process
 * remembers the refusal. Where the table says "slow down" for the very item, that is a flood and is refused.
 * @param what the door
 * @param who a hash of whoever knocks, never an address itself
 * @param amount how much of the allowance it takes; 0 only asks
 */
export async function consume(
  table: Table,
  what: string,
  who: string,
  allowance: Allowance,
  amount = 1,
): Promise<Consumed> {
  const now = Date.now() / 1000;
  const name = `${what}\n${who}`;
  const until = remembered(table).get(name);
  if (until !== undefined && until > now) return { ok: false, seconds: Math.ceil(until - now) };
  try {
    const consumed = await add(table, what, who, allowance, now, amount);
    if (!consumed.ok) remember(table, name, now + consumed.seconds);
    return consumed;
  } catch (error) {
    if (error instanceof Throttled) return { ok: false, seconds: SLOW_DOWN };
    if (!(error instanceof Retryable)) throw error;
    return allowance.whenUnknown === 'allow' ? { ok: true } : { ok: false, seconds: SLOW_DOWN };
  }
}
