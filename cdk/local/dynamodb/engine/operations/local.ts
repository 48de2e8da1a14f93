import { z } from 'zod';
import { keyOf, type Place } from '../storage/place.ts';
import { attributeOf } from '../values/index.ts';
import { tableAsked } from './asked-table.ts';
import { shaped } from './create-table.ts';
import { type Context, type Input, type Operation, reading, writing } from './operation.ts';
import { startPlaceIn } from './start-key.ts';

/** How many items are looked at, at a time, for those that have expired. */
const LOOKED_AT = 500;
/** AWS leaves items whose time is longer past: such a number is more likely a mistake. In seconds. */
const LONGEST_PAST = 5 * 365 * 86_400;
/** Who removes what has expired, in the words of stream records. */
const SERVICE = '{"PrincipalId":"dynamodb.amazonaws.com","Type":"Service"}';
const BEGIN: Place = { pk: new Uint8Array(), sk: new Uint8Array() };

/**
 * Removes what has expired among some items of a table after `After`, as the service and no user; gives how many, and
 * `Next` when there may be more. https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/time-to-live-ttl-streams.html
 */
function expire(context: Context, input: Input): string {
  const { store } = context;
  const table = tableAsked(context, input.TableName);
  const { ttl } = table.definition;
  if (ttl === undefined) return '{"Removed":0}';
  const now = store.now() / 1_000;
  const start = startPlaceIn(input.After, table, undefined)?.place ?? BEGIN;
  const some = store.items.after(table.id, start, LOOKED_AT);
  let removed = 0;
  for (const each of some) {
    const value = attributeOf(each.item(), ttl);
    const until = value !== undefined && 'N' in value ? Number(value.N) : Number.NaN;
    if (!(until < now && until > now - LONGEST_PAST)) continue;
    store.change({ table, place: each, before: each, after: undefined, identity: SERVICE });
    removed += 1;
  }
  const last = some.length < LOOKED_AT ? undefined : some.at(-1);
  return JSON.stringify({ Removed: removed, ...(last && { Next: keyOf(table.key, last.item()) }) });
}

const trim = ({ store }: Context, input: Input): string => {
  const { Before } = shaped(z.object({ Before: z.number() }), input);
  return JSON.stringify({ More: store.streams.trim(Before) });
};

const lagIndexes = ({ store }: Context, input: Input): string => {
  store.indexRows.lag(shaped(z.object({ Millis: z.number() }), input).Millis);
  return '{}';
};

const beginConflicts = ({ conflicts }: Context, input: Input): string => {
  const { Times, Partition } = shaped(z.object({ Times: z.number(), Partition: z.string().optional() }), input);
  conflicts.begin(Times, Partition);
  return '{}';
};

/** What only the local cloud itself asks for. */
export const localOperations: Readonly<Record<string, Operation>> = {
  Expire: writing(expire),
  Trim: writing(trim),
  LagIndexes: writing(lagIndexes),
  BeginConflicts: reading(beginConflicts),
  Consumed: reading(({ consumed }) => JSON.stringify(consumed)),
};
