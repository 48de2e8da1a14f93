import { invalid, unreadable } from '../engine-error.ts';
import { type AttributeValue, type Item, setAttribute } from './attribute-value.ts';
import { canonicalNumber } from './decimal.ts';

/** How deep lists and maps may be in one another. */
const DEEPEST = 32;

const wrong = (what: string) => invalid(`One or more parameter values were invalid: ${what}`);

const isRecord = (json: unknown): json is Readonly<Record<string, unknown>> =>
  typeof json === 'object' && json !== null && !Array.isArray(json);

/** Reads an item or a key. Throws in AWS's words. */
export function parseItem(json: unknown): Item {
  return attributes(json, 0);
}

/** Reads a value: of exactly one type, numbers made canonical. Throws in AWS's words. */
export function parseValue(json: unknown): AttributeValue {
  return value(json, 0);
}

function attributes(json: unknown, depth: number): Item {
  if (!isRecord(json)) throw unexpected(json, 'Map');
  const item: Record<string, AttributeValue> = {};
  for (const name of Object.keys(json)) setAttribute(item, name, value(json[name], depth));
  return item;
}

function value(json: unknown, depth: number): AttributeValue {
  if (!isRecord(json)) throw unexpected(json, 'AttributeValue');
  if (depth > DEEPEST) throw invalid('Nesting Levels have exceeded supported limits');
  let found: AttributeValue | undefined;
  let types = 0;
  for (const type in json) {
    const content = json[type];
    if (content === null || content === undefined) continue;
    const each = typed(type, content, depth);
    if (each === undefined) continue;
    types++;
    found ??= each;
  }
  if (found === undefined) {
    throw invalid('Supplied AttributeValue is empty, must contain exactly one of the supported datatypes');
  }
  if (types > 1) {
    throw invalid(
      'Supplied AttributeValue has more than one datatypes set, must contain exactly one of the supported datatypes',
    );
  }
  return found;
}

function typed(type: string, json: unknown, depth: number): AttributeValue | undefined {
  switch (type) {
    case 'S':
      return { S: text(json) };
    case 'N':
      return { N: canonicalNumber(text(json)) };
    case 'B':
      return { B: binary(json) };
    case 'BOOL':
      return { BOOL: flag(json) };
    case 'NULL':
      if (!flag(json)) throw wrong('Null attribute value types must have the value of true');
      return { NULL: true };
    case 'SS':
      return { SS: textSet(json) };
    case 'NS':
      return { NS: numberSet(json) };
    case 'BS':
      return { BS: binarySet(json) };
    case 'L':
      return { L: list(json).map((each) => value(each, depth + 1)) };
    case 'M':
      return { M: attributes(json, depth + 1) };
    default:
      return undefined;
  }
}

function text(json: unknown): string {
  if (typeof json !== 'string') throw unexpected(json, 'String');
  return json;
}

function flag(json: unknown): boolean {
  if (typeof json !== 'boolean') throw unexpected(json, 'Boolean');
  return json;
}

function list(json: unknown): readonly unknown[] {
  if (!Array.isArray(json)) throw unexpected(json, 'List');
  return json;
}

const base64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

function binary(json: unknown): string {
  const encoded = text(json);
  if (!base64.test(encoded)) throw unreadable('Base64 encoded string has an invalid format.');
  return encoded.endsWith('=') ? Buffer.from(encoded, 'base64').toString('base64') : encoded;
}

function textSet(json: unknown): readonly string[] {
  const members = list(json).map(text);
  if (members.length === 0) throw wrong('An string set  may not be empty');
  if (members.includes('')) throw wrong('An string set may not have a empty string as a member');
  if (hasDoubles(members)) throw wrong(`Input collection [${members.join(', ')}] contains duplicates.`);
  return members;
}

function numberSet(json: unknown): readonly string[] {
  const members = list(json).map((each) => canonicalNumber(text(each)));
  if (members.length === 0) throw wrong('An number set  may not be empty');
  if (hasDoubles(members)) throw invalid('Input collection contains duplicates');
  return members;
}

function binarySet(json: unknown): readonly string[] {
  const members = list(json).map(binary);
  if (members.length === 0) throw wrong('Binary sets should not be empty');
  if (members.includes('')) throw wrong('Binary sets may not contain null or empty values');
  if (hasDoubles(members)) throw wrong(`Input collection [${members.join(', ')}]of type BS contains duplicates.`);
  return members;
}

const hasDoubles = (members: readonly string[]): boolean => new Set(members).size !== members.length;

/** What AWS's reader of JSON says when it meets another type than the API has there. */
function unexpected(json: unknown, wanted: string): Error {
  if (Array.isArray(json)) return unreadable('Unrecognized collection type class java.util.ArrayList');
  if (isRecord(json)) return unreadable('Start of structure or map found where not expected.');
  if (wanted === 'Map' || wanted === 'List' || wanted === 'AttributeValue') {
    return unreadable('Unexpected value type in payload');
  }
  const kind =
    typeof json === 'string' ? 'STRING' : typeof json === 'number' ? 'NUMBER' : json === true ? 'TRUE' : 'FALSE';
  return unreadable(`${kind}_VALUE cannot be converted to ${wanted}`);
}
