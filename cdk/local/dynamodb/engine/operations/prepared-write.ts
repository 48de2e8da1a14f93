import {
  applyUpdate,
  type Condition,
  holds,
  type Placeholders,
  parseCondition,
  parseUpdate,
  pathsOf,
  readPlaceholders,
} from '../expressions/index.ts';
import { type Stored, storedItem } from '../storage/items.ts';
import type { Place } from '../storage/place.ts';
import type { Table } from '../storage/table.ts';
import { type Item, parseItem } from '../values/index.ts';
import { tableAsked } from './asked-table.ts';
import { checkIndexKeys, checkSize, placeOfItem, placeOfKey, refuseKeyChange } from './item-checks.ts';
import type { Context, Input } from './operation.ts';

/** What an item is after a write, and the parts that an update changed. */
export interface Outcome {
  readonly after: Stored | undefined;
  readonly updated?: { updatedOld(): Item; updatedNew(): Item };
}

/** A write that was read and checked, before its item is looked at. */
export interface PreparedWrite {
  readonly table: Table;
  readonly place: Place;
  readonly key: Item;
  readonly condition: Condition | undefined;
  /** Whether the item goes into the error when the condition fails. */
  readonly tellsOld: boolean;
  /** Only looks: a ConditionCheck. */
  readonly isCheck: boolean;
  /** What it makes of the item. Throws EngineError for what the item does not allow. */
  apply(before: Stored | undefined): Outcome;
}

const textOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

function conditionOf(input: Input, placeholders: Placeholders): Condition | undefined {
  const text = textOf(input.ConditionExpression);
  return text === undefined ? undefined : parseCondition('ConditionExpression', text, placeholders);
}

const placeholdersOf = (input: Input): Placeholders =>
  readPlaceholders(input.ExpressionAttributeNames, input.ExpressionAttributeValues);

const tellsOld = (input: Input): boolean => input.ReturnValuesOnConditionCheckFailure === 'ALL_OLD';

/** Reads a Put: `Item` and its condition. */
function preparePut(context: Context, input: Input): PreparedWrite {
  const item = parseItem(input.Item);
  const placeholders = placeholdersOf(input);
  const condition = conditionOf(input, placeholders);
  placeholders.refuseUnused();
  const table = tableAsked(context, input.TableName);
  const place = placeOfItem(table, item);
  const after = storedItem(item);
  checkSize(after.size, 'put');
  return { table, place, key: item, condition, tellsOld: tellsOld(input), isCheck: false, apply: () => ({ after }) };
}

/** Reads a Delete, or a ConditionCheck: `Key` and its condition. */
function prepareDelete(context: Context, input: Input, isCheck = false): PreparedWrite {
  const key = parseItem(input.Key);
  const placeholders = placeholdersOf(input);
  const condition = conditionOf(input, placeholders);
  placeholders.refuseUnused();
  const table = tableAsked(context, input.TableName);
  const place = placeOfKey(table, key);
  const apply = (before: Stored | undefined): Outcome => ({ after: isCheck ? before : undefined });
  return { table, place, key, condition, tellsOld: tellsOld(input), isCheck, apply };
}

/** Reads an Update: `Key`, what it changes, and its condition. */
function prepareUpdate(context: Context, input: Input): PreparedWrite {
  const key = parseItem(input.Key);
  const placeholders = placeholdersOf(input);
  const text = textOf(input.UpdateExpression);
  const update = text === undefined ? undefined : parseUpdate(text, placeholders);
  const condition = conditionOf(input, placeholders);
  placeholders.refuseUnused();
  const table = tableAsked(context, input.TableName);
  const place = placeOfKey(table, key);
  if (update) {
    const names = pathsOf(update).map(([name]) => name);
    refuseKeyChange(table, names);
  }
  const apply = (before: Stored | undefined): Outcome => {
    if (update === undefined) return { after: before ?? storedItem(key) };
    const updated = applyUpdate(update, before?.item() ?? key);
    checkIndexKeys(table, updated.item);
    const after = storedItem(updated.item);
    checkSize(after.size, 'update');
    return { after, updated };
  };
  return { table, place, key, condition, tellsOld: tellsOld(input), isCheck: false, apply };
}

/** Whether the write may be done to the item as it is. */
export const mayBeDone = ({ condition }: PreparedWrite, before: Stored | undefined): boolean =>
  condition === undefined || holds(condition, before?.item());

/** How each kind of write is made ready, from its part of a request; a check is a delete that is not carried out. */
export const preparing = { Put: preparePut, Delete: prepareDelete, Update: prepareUpdate };
