import { EngineError, invalid } from '../engine-error.ts';
import type { Stored } from '../storage/items.ts';
import { createMeter, readUnits } from './consumed.ts';
import { metricsOfMany } from './item-collections.ts';
import type { Context, Input } from './operation.ts';
import { mayBeDone, type Outcome, type PreparedWrite, preparing } from './prepared-write.ts';
import {
  cancelled,
  conflict,
  NONE,
  type Reason,
  readParts,
  refuseDoubles,
  type TransactItem,
  transactItems,
} from './transactions.ts';
import { changed, partitionOf } from './write-item.ts';

const LARGEST_TRANSACTION = 4 * 1024 * 1024;

const kinds: Readonly<Record<string, (context: Context, part: Input) => PreparedWrite>> = {
  ...preparing,
  ConditionCheck: (context, part) => preparing.Delete(context, part, true),
};

interface Step {
  readonly prepared: PreparedWrite;
  readonly before: Stored | undefined;
}

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TransactWriteItems.html */
export function transactWriteItems(context: Context, input: Input): string {
  const { store, consumed } = context;
  const items = transactItems(input, Object.keys(kinds));
  const meter = createMeter(consumed, input.ReturnConsumedCapacity, 2);
  const prepared = readParts(items, (item) => prepare(context, item));
  refuseDoubles(prepared);
  const token = typeof input.ClientRequestToken === 'string' ? input.ClientRequestToken : undefined;
  const steps = prepared.map((each) => ({ prepared: each, before: store.items.get(each.table.id, each.place) }));
  if (token !== undefined && store.tokens.wasDone(token, input.TransactItems)) {
    for (const { prepared: each, before } of steps) {
      meter.read(each.table, undefined, readUnits(before?.size ?? 0, 'transaction'));
    }
    return `{${meter.many().slice(1)}}`;
  }
  const outcomes = decide(context, steps);
  steps.forEach(({ prepared: each, before }, at) => {
    const outcome = outcomes[at] ?? { after: before };
    const changes = each.isCheck ? [] : changed(context, each, before, outcome);
    meter.wrote(each.table, Math.max(before?.size ?? 0, outcome.after?.size ?? 0), changes);
  });
  if (token !== undefined) store.tokens.remember(token, input.TransactItems);
  const written = prepared.filter(({ isCheck }) => !isCheck);
  return `{${(meter.many() + metricsOfMany(input.ReturnItemCollectionMetrics, written)).slice(1)}}`;
}

function prepare(context: Context, { kind, part }: TransactItem): PreparedWrite {
  const found = kinds[kind];
  if (found === undefined) throw invalid(`Unknown part of a transaction: ${kind}`);
  return found(context, part);
}

/** What each step makes of its item. Throws when one of them may not be done: then none is. */
function decide({ conflicts }: Context, steps: readonly Step[]): readonly Outcome[] {
  const reasons: Reason[] = [];
  const outcomes: Outcome[] = [];
  for (const { prepared, before } of steps) {
    let reason: Reason = NONE;
    try {
      if (conflicts.meets(partitionOf(prepared.table, prepared.key))) reason = conflict;
      else if (!mayBeDone(prepared, before)) {
        reason = { Code: 'ConditionalCheckFailed', Message: 'The conditional request failed' };
        if (prepared.tellsOld && before) reason = { ...reason, Item: before.item() };
      } else outcomes.push(prepared.apply(before));
    } catch (error) {
      if (!(error instanceof EngineError)) throw error;
      reason = { Code: 'ValidationError', Message: error.message };
    }
    reasons.push(reason);
  }
  if (reasons.some(({ Code }) => Code !== 'None')) throw cancelled(reasons);
  const size = outcomes.reduce((sum, { after }) => sum + (after?.size ?? 0), 0);
  if (size > LARGEST_TRANSACTION) throw invalid('Collective size of items in transaction exceeds the limit of 4 MB');
  return outcomes;
}
