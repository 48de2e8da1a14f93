import { invalid } from '../engine-error.ts';
import { type Projection, parseProjection, project, readPlaceholders } from '../expressions/index.ts';
import type { Stored } from '../storage/items.ts';
import { type Place, placeText } from '../storage/place.ts';
import type { Table } from '../storage/table.ts';
import { parseItem } from '../values/index.ts';
import { tableAsked } from './asked-table.ts';
import { createMeter, readUnits } from './consumed.ts';
import { placeOfKey } from './item-checks.ts';
import { type Context, type Input, isInput, type Operation, reading } from './operation.ts';
import { cancelled, conflict, NONE, readParts, refuseDoubles, transactItems } from './transactions.ts';
import { partitionOf } from './write-item.ts';

const MOST_BYTES = 16 * 1024 * 1024;

/** What a request asks to see of an item; undefined: all. */
function projectionIn(input: Input): Projection | undefined {
  const placeholders = readPlaceholders(input.ExpressionAttributeNames, undefined);
  const text = input.ProjectionExpression;
  const projection = typeof text === 'string' ? parseProjection(text, placeholders) : undefined;
  placeholders.refuseUnused();
  return projection;
}

/** An item's text, or that of the parts that were asked for. */
export const shown = (stored: Stored, projection: Projection | undefined): string =>
  projection === undefined ? stored.text : JSON.stringify(project(projection, stored.item()));

function getItem(context: Context, input: Input): string {
  const key = parseItem(input.Key);
  const projection = projectionIn(input);
  const table = tableAsked(context, input.TableName);
  const found = context.store.items.get(table.id, placeOfKey(table, key));
  const meter = createMeter(context.consumed, input.ReturnConsumedCapacity);
  meter.read(table, undefined, readUnits(found?.size ?? 0, input.ConsistentRead === true ? 'consistent' : 'eventual'));
  return `{${((found === undefined ? '' : `,"Item":${shown(found, projection)}`) + meter.one()).slice(1)}}`;
}

interface Wanted {
  readonly table: Table;
  readonly keys: readonly { readonly json: unknown; readonly place: Place }[];
  readonly projection: Projection | undefined;
  readonly request: Input;
}

function wantedIn(context: Context, name: string, request: unknown): Wanted {
  if (!isInput(request)) throw invalid('Request items are no map.');
  const projection = projectionIn(request);
  const table = tableAsked(context, name);
  const keys = (Array.isArray(request.Keys) ? request.Keys : []).map((json: unknown) => ({
    json,
    place: placeOfKey(table, parseItem(json)),
  }));
  const texts = keys.map(({ place }) => placeText(place));
  if (new Set(texts).size < texts.length) throw invalid('Provided list of item keys contains duplicates');
  return { table, keys, projection, request };
}

function batchGetItem(context: Context, input: Input): string {
  const asked = isInput(input.RequestItems) ? Object.entries(input.RequestItems) : [];
  const all = asked.map(([name, request]) => [name, wantedIn(context, name, request)] as const);
  const meter = createMeter(context.consumed, input.ReturnConsumedCapacity);
  const unprocessed: Record<string, object> = {};
  let bytes = 0;
  const answers = all.map(([name, { table, keys, projection, request }]) => {
    const how = request.ConsistentRead === true ? 'consistent' : 'eventual';
    const texts: string[] = [];
    const left: unknown[] = [];
    for (const { json, place } of keys) {
      const found = context.store.items.get(table.id, place);
      if (bytes > 0 && bytes + (found?.size ?? 0) > MOST_BYTES) {
        left.push(json);
        continue;
      }
      bytes += found?.size ?? 0;
      meter.read(table, undefined, readUnits(found?.size ?? 0, how));
      if (found !== undefined) texts.push(shown(found, projection));
    }
    if (left.length > 0) unprocessed[name] = { ...request, Keys: left };
    return `${JSON.stringify(name)}:[${texts.join(',')}]`;
  });
  return `{"Responses":{${answers.join(',')}},"UnprocessedKeys":${JSON.stringify(unprocessed)}${meter.many()}}`;
}

function transactGetItems(context: Context, input: Input): string {
  const wanted = readParts(transactItems(input, ['Get']), ({ part }) => {
    const key = parseItem(part.Key);
    const projection = projectionIn(part);
    const table = tableAsked(context, part.TableName);
    return { table, key, place: placeOfKey(table, key), projection };
  });
  refuseDoubles(wanted);
  const reasons = wanted.map(({ table, key }) => (context.conflicts.meets(partitionOf(table, key)) ? conflict : NONE));
  if (reasons.includes(conflict)) throw cancelled(reasons);
  const meter = createMeter(context.consumed, input.ReturnConsumedCapacity, 2);
  const texts = wanted.map(({ table, place, projection }) => {
    const found = context.store.items.get(table.id, place);
    meter.read(table, undefined, readUnits(found?.size ?? 0, 'transaction'));
    return found === undefined ? '{}' : `{"Item":${shown(found, projection)}}`;
  });
  return `{"Responses":[${texts.join(',')}]${meter.many()}}`;
}

/** Reads of items by their keys. */
export const readOperations: Readonly<Record<string, Operation>> = {
  GetItem: reading(getItem),
  BatchGetItem: reading(batchGetItem),
  TransactGetItems: reading(transactGetItems),
};
