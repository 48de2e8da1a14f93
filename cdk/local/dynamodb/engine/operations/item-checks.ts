import { EngineError } from '../engine-error.ts';
import type { KeySchema } from '../expressions/index.ts';
import { type Place, placeOf } from '../storage/place.ts';
import type { Table } from '../storage/table.ts';
import { type AttributeValue, attributeOf, type Item, typeOf, valueSize } from '../values/index.ts';

/** Bytes that an item may have. */
const LARGEST_ITEM = 409_600;
const LARGEST_PARTITION_KEY = 2_048;
const LARGEST_SORT_KEY = 1_024;

/** An item or key that its table does not take: of a whole request a refusal, in a transaction a reason of its part. */
export class UnfitItem extends EngineError {
  constructor(message: string) {
    super('ValidationException', message);
  }
}

const unfit = (message: string): UnfitItem => new UnfitItem(message);
const wrong = (what: string): UnfitItem => unfit(`One or more parameter values were invalid: ${what}`);

const elementsOf = ({ pk, sk }: KeySchema): readonly KeySchema['pk'][] => (sk === undefined ? [pk] : [pk, sk]);

const emptyKind = (value: AttributeValue): 'string' | 'binary' | undefined =>
  'S' in value && value.S === '' ? 'string' : 'B' in value && value.B === '' ? 'binary' : undefined;

/** The place of a key that a request names. Throws in AWS's words when the key is another than the table's. */
export function placeOfKey(table: Table, key: Item): Place {
  const elements = elementsOf(table.key);
  const place = placeOf(table.key, key);
  if (place === undefined || Object.keys(key).length !== elements.length) {
    throw unfit('The provided key element does not match the schema');
  }
  checkKeyValues(table, key);
  return place;
}

/** The place of a whole item, its index keys checked too. Throws in AWS's words. */
export function placeOfItem(table: Table, item: Item): Place {
  for (const { name, type } of elementsOf(table.key)) {
    const value = attributeOf(item, name);
    if (value === undefined) throw wrong(`Missing the key ${name} in the item`);
    if (typeOf(value) !== type) throw wrong(`Type mismatch for key ${name} expected: ${type} actual: ${typeOf(value)}`);
  }
  checkKeyValues(table, item);
  checkIndexKeys(table, item);
  const place = placeOf(table.key, item);
  if (place === undefined) throw unfit('The provided key element does not match the schema');
  return place;
}

function checkKeyValues({ key }: Table, item: Item): void {
  for (const { name } of elementsOf(key)) {
    const value = attributeOf(item, name);
    if (value === undefined) continue;
    const empty = emptyKind(value);
    if (empty) {
      throw unfit(
        `One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an empty ${empty} value. Key: ${name}`,
      );
    }
    if (name === key.pk.name && valueSize(value) > LARGEST_PARTITION_KEY) {
      throw wrong(`Size of hashkey has exceeded the maximum size limit of${LARGEST_PARTITION_KEY} bytes`);
    }
    if (name !== key.pk.name && valueSize(value) > LARGEST_SORT_KEY) {
      throw wrong(`Aggregated size of all range keys has exceeded the size limit of ${LARGEST_SORT_KEY} bytes`);
    }
  }
}

/** Throws in AWS's words when an attribute cannot be the key that it is in an index. */
export function checkIndexKeys({ indexes }: Table, item: Item): void {
  for (const { name: index, key } of indexes) {
    for (const { name, type } of elementsOf(key)) {
      const value = attributeOf(item, name);
      if (value === undefined) continue;
      if (typeOf(value) !== type) {
        throw wrong(
          `Type mismatch for Index Key ${name} Expected: ${type} Actual: ${typeOf(value)} IndexName: ${index}`,
        );
      }
      const empty = emptyKind(value);
      if (empty) {
        throw unfit(
          `One or more parameter values are not valid. A value specified for a secondary index key is not supported. The AttributeValue for a key attribute cannot contain an empty ${empty} value. IndexName: ${index}, IndexKey: ${name}`,
        );
      }
    }
  }
}

/** Throws in AWS's words for an item that is too large. */
export function checkSize(size: number, what: 'put' | 'update'): void {
  if (size <= LARGEST_ITEM) return;
  throw unfit(`Item size ${what === 'update' ? 'to update ' : ''}has exceeded the maximum allowed size`);
}

/** Throws in AWS's words when an update would change a key. */
export function refuseKeyChange({ key }: Table, names: readonly (string | number | undefined)[]): void {
  const part = elementsOf(key).find(({ name }) => names.includes(name));
  if (part) throw wrong(`Cannot update attribute ${part.name}. This attribute is part of the key`);
}
