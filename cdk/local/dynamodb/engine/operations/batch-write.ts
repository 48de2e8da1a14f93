import { invalid } from '../engine-error.ts';
import { placeText } from '../storage/place.ts';
import { createMeter } from './consumed.ts';
import { metricsOfMany } from './item-collections.ts';
import { type Context, type Input, isInput } from './operation.ts';
import { type PreparedWrite, preparing } from './prepared-write.ts';
import { changed } from './write-item.ts';

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchWriteItem.html */
export function batchWriteItem(context: Context, input: Input): string {
  const { store, consumed } = context;
  const prepared = requestsOf(input).map(({ TableName, request }) => prepare(context, TableName, request));
  refuseDoubles(prepared);
  const meter = createMeter(consumed, input.ReturnConsumedCapacity);
  for (const each of prepared) {
    const before = store.items.get(each.table.id, each.place);
    const outcome = each.apply(before);
    const changes = changed(context, each, before, outcome);
    meter.wrote(each.table, Math.max(before?.size ?? 0, outcome.after?.size ?? 0), changes);
  }
  return `{"UnprocessedItems":{}${meter.many()}${metricsOfMany(input.ReturnItemCollectionMetrics, prepared)}}`;
}

function requestsOf({ RequestItems }: Input): readonly { TableName: string; request: Input }[] {
  if (!isInput(RequestItems)) return [];
  return Object.entries(RequestItems).flatMap(([TableName, requests]) =>
    (Array.isArray(requests) ? requests : []).filter(isInput).map((request) => ({ TableName, request })),
  );
}

function prepare(context: Context, TableName: string, { PutRequest, DeleteRequest }: Input): PreparedWrite {
  const hasBoth = isInput(PutRequest) && isInput(DeleteRequest);
  if (isInput(PutRequest) && !hasBoth) return preparing.Put(context, { ...PutRequest, TableName });
  if (isInput(DeleteRequest) && !hasBoth) return preparing.Delete(context, { ...DeleteRequest, TableName });
  throw invalid(
    'Supplied AttributeValue has more than one datatypes set, must contain exactly one of the supported datatypes',
  );
}

function refuseDoubles(prepared: readonly PreparedWrite[]): void {
  const places = prepared.map(({ table, place }) => `${table.id} ${placeText(place)}`);
  if (new Set(places).size < places.length) throw invalid('Provided list of item keys contains duplicates');
}
