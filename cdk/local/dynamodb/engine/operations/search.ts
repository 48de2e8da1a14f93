import { invalid } from '../engine-error.ts';
import {
  type Condition,
  holds,
  keysAskedFor,
  type Placeholders,
  type Projection,
  parseCondition,
  parseKeyConditions,
  parseProjection,
  readPlaceholders,
} from '../expressions/index.ts';
import { partitionBytes, segmentStart } from '../storage/place.ts';
import type { Hit, Search } from '../storage/search.ts';
import type { Table, TableIndex } from '../storage/table.ts';
import { indexAsked, tableAsked } from './asked-table.ts';
import { createMeter, readUnits } from './consumed.ts';
import { namesIn } from './filtered-names.ts';
import { boundsOf } from './key-range.ts';
import type { Context, Input, Operation } from './operation.ts';
import { shown } from './read-items.ts';
import { keyNames, type Shown, shownParts } from './shown-parts.ts';
import { cursorOf, startPlaceIn } from './start-key.ts';

const PAGE_BYTES = 1_048_576;

/** What a query or scan asks for beside where it looks. */
interface Asked {
  readonly table: Table;
  readonly index: TableIndex | undefined;
  readonly filter: Condition | undefined;
  /** The attributes that the filter looks at. */
  readonly filtered: readonly string[];
  readonly projection: Projection | undefined;
  readonly shown: Shown;
  readonly limit: number | undefined;
  readonly isConsistent: boolean;
}

interface Page {
  readonly texts: readonly string[];
  readonly count: number;
  readonly scanned: number;
  readonly bytes: number;
  readonly fetchedUnits: number;
  /** The last that was looked at, when there may be more. */
  readonly last: Hit | undefined;
}

const textOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

function askedIn(context: Context, input: Input, placeholders: Placeholders): Asked {
  const filterText = textOf(input.FilterExpression);
  const filter = filterText === undefined ? undefined : parseCondition('FilterExpression', filterText, placeholders);
  const projectionText = textOf(input.ProjectionExpression);
  const projection = projectionText === undefined ? undefined : parseProjection(projectionText, placeholders);
  placeholders.refuseUnused();
  const table = tableAsked(context, input.TableName);
  const index = indexAsked(table, input.IndexName);
  const isConsistent = input.ConsistentRead === true;
  if (isConsistent && index && !index.isLocal) {
    throw invalid('Consistent reads are not supported on global secondary indexes');
  }
  const limit = typeof input.Limit === 'number' ? input.Limit : undefined;
  const filtered = filter === undefined ? [] : namesIn(filter);
  return {
    table,
    index,
    filter,
    filtered,
    projection,
    shown: shownParts(input, projection, index, filtered),
    limit,
    isConsistent,
  };
}

/** Looks at what a search finds until the page is full. */
function pageOf({ store }: Context, search: Search, asked: Asked): Page {
  const { table, filter, projection, limit } = asked;
  const { counts, fetches } = asked.shown;
  const texts: string[] = [];
  let [count, scanned, bytes, fetchedUnits] = [0, 0, 0, 0];
  let last: Hit | undefined;
  for (const hit of store.search(search)) {
    const stored = fetches ? (store.items.get(table.id, hit.itemPlace) ?? hit) : hit;
    const size = fetches ? hit.size + stored.size : hit.size;
    if (scanned > 0 && bytes + size > PAGE_BYTES) return { texts, count, scanned, bytes, fetchedUnits, last };
    scanned += 1;
    bytes += size;
    last = hit;
    if (fetches) fetchedUnits += readUnits(stored.size, asked.isConsistent ? 'consistent' : 'eventual');
    if (filter === undefined || holds(filter, stored.item())) {
      count += 1;
      if (!counts) texts.push(shown(stored, projection));
    }
    if (scanned === limit) return { texts, count, scanned, bytes, fetchedUnits, last };
  }
  return { texts, count, scanned, bytes, fetchedUnits, last: undefined };
}

function answer(context: Context, input: Input, asked: Asked, search: Search): string {
  const { table, index } = asked;
  if (context.store.indexRows.lags()) context.store.indexRows.catchUp();
  const page = pageOf(context, search, asked);
  const meter = createMeter(context.consumed, input.ReturnConsumedCapacity);
  meter.read(table, index, readUnits(page.bytes, asked.isConsistent ? 'consistent' : 'eventual'));
  if (page.fetchedUnits > 0) meter.read(table, undefined, page.fetchedUnits);
  const cursor = page.last && JSON.stringify(cursorOf(table, index, page.last.item()));
  const items = asked.shown.counts ? '' : `"Items":[${page.texts.join(',')}],`;
  const more = cursor === undefined ? '' : `,"LastEvaluatedKey":${cursor}`;
  return `{${items}"Count":${page.count},"ScannedCount":${page.scanned}${more}${meter.one()}}`;
}

function query(context: Context, input: Input): string {
  const placeholders = readPlaceholders(input.ExpressionAttributeNames, input.ExpressionAttributeValues);
  const text = textOf(input.KeyConditionExpression);
  if (text === undefined) {
    throw invalid('Either the KeyConditions or KeyConditionExpression parameter must be specified in the request.');
  }
  const conditions = parseKeyConditions(text, placeholders);
  const asked = askedIn(context, input, placeholders);
  const { table, index, limit } = asked;
  const ofKey = asked.filtered.find((name) => keyNames(table, index).includes(name));
  if (ofKey !== undefined) {
    throw invalid(`Filter Expression can only contain non-primary key attributes: Primary key attribute: ${ofKey}`);
  }
  const { pk, sk } = keysAskedFor(conditions, index?.key ?? table.key);
  const partition = { pk: partitionBytes(pk), ...boundsOf(sk) };
  const after = startPlaceIn(input.ExclusiveStartKey, table, index);
  if (after && Buffer.compare(after.place.pk, partition.pk) !== 0) {
    throw invalid('The provided starting key is outside query boundaries based on provided conditions');
  }
  const descending = input.ScanIndexForward === false;
  return answer(context, input, asked, { table, index, partition, descending, after, limit });
}

function scan(context: Context, input: Input): string {
  const placeholders = readPlaceholders(input.ExpressionAttributeNames, input.ExpressionAttributeValues);
  const asked = askedIn(context, input, placeholders);
  const { table, index, limit } = asked;
  const after = startPlaceIn(input.ExclusiveStartKey, table, index);
  const { Segment: segment, TotalSegments: of } = input;
  const isPart = typeof segment === 'number' && typeof of === 'number';
  const from = isPart && segment > 0 ? segmentStart(segment, of) : undefined;
  const to = isPart && segment + 1 < of ? segmentStart(segment + 1, of) : undefined;
  return answer(context, input, asked, {
    ...{ table, index, after, limit, from, to },
    partition: undefined,
    descending: false,
  });
}

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_Query.html and API_Scan.html */
export const searchOperations: Readonly<Record<string, Operation>> = {
  // an index that lags hears of what is due before it is read
  Query: { writes: ({ store }) => store.indexRows.lags(), run: query },
  Scan: { writes: ({ store }) => store.indexRows.lags(), run: scan },
};
