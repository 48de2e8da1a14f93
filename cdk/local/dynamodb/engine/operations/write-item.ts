import { EngineError } from '../engine-error.ts';
import type { IndexChange } from '../storage/index-rows.ts';
import type { Stored } from '../storage/items.ts';
import type { Table } from '../storage/table.ts';
import type { Item } from '../values/index.ts';
import { createMeter } from './consumed.ts';
import { metricsOfOne } from './item-collections.ts';
import { type Context, type Input, type Operation, writing } from './operation.ts';
import { mayBeDone, type Outcome, type PreparedWrite, preparing } from './prepared-write.ts';

/** The key of a partition, as injected conflicts name it. */
export function partitionOf({ key }: Table, item: Item): string {
  const value = item[key.pk.name];
  return value === undefined ? '' : (Object.values(value).join('') ?? '');
}

/** Does a write of one item and answers it. */
function write(context: Context, input: Input, prepared: PreparedWrite): string {
  const { store, consumed, conflicts } = context;
  const { table, place, tellsOld } = prepared;
  if (conflicts.meets(partitionOf(table, prepared.key))) {
    throw new EngineError('TransactionConflictException', 'Transaction is ongoing for the item');
  }
  const before = store.items.get(table.id, place);
  if (!mayBeDone(prepared, before)) {
    const fields = tellsOld && before ? { Item: before.item() } : {};
    throw new EngineError('ConditionalCheckFailedException', 'The conditional request failed', fields);
  }
  const outcome = prepared.apply(before);
  const changes = changed(context, prepared, before, outcome);
  const meter = createMeter(consumed, input.ReturnConsumedCapacity);
  meter.wrote(table, Math.max(before?.size ?? 0, outcome.after?.size ?? 0), changes);
  const attributes = returned(input.ReturnValues, before, outcome);
  const parts = [
    attributes === undefined ? '' : `,"Attributes":${attributes}`,
    meter.one(),
    metricsOfOne(input.ReturnItemCollectionMetrics, table, prepared.key),
  ];
  return `{${parts.join('').slice(1)}}`;
}

/** Writes down what a write made of its item. */
export function changed(
  { store }: Context,
  { table, place }: PreparedWrite,
  before: Stored | undefined,
  { after }: Outcome,
): readonly IndexChange[] {
  return before === undefined && after === undefined ? [] : store.change({ table, place, before, after });
}

function returned(asked: unknown, before: Stored | undefined, { after, updated }: Outcome): string | undefined {
  switch (asked) {
    case 'ALL_OLD':
      return before?.text;
    case 'ALL_NEW':
      return after?.text;
    case 'UPDATED_OLD':
      return before && updated && attributesText(updated.updatedOld());
    case 'UPDATED_NEW':
      return updated && attributesText(updated.updatedNew());
    default:
      return undefined;
  }
}

const attributesText = (item: Item): string | undefined =>
  Object.keys(item).length === 0 ? undefined : JSON.stringify(item);

/** Writes of one item. */
export const writeOperations: Readonly<Record<string, Operation>> = {
  PutItem: writing((context, input) => write(context, input, preparing.Put(context, input))),
  DeleteItem: writing((context, input) => write(context, input, preparing.Delete(context, input))),
  UpdateItem: writing((context, input) => write(context, input, preparing.Update(context, input))),
};
