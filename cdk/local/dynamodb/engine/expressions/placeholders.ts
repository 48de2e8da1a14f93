import { EngineError, invalid, unreadable } from '../engine-error.ts';
import { type AttributeValue, parseValue } from '../values/index.ts';

/** What the placeholders of a request's expressions stand for, and which of them were used. */
export interface Placeholders {
  /** What a name's placeholder (`#a`) stands for; undefined when it is not defined. */
  name(ref: string): string | undefined;
  /** What a value's placeholder (`:a`) stands for; undefined when it is not defined. */
  value(ref: string): AttributeValue | undefined;
  /** Throws in AWS's words when there is one that no expression has used. */
  refuseUnused(): void;
}

const isRecord = (json: unknown): json is Readonly<Record<string, unknown>> =>
  typeof json === 'object' && json !== null && !Array.isArray(json);

/** Reads `ExpressionAttributeNames` and `ExpressionAttributeValues` of a request. Throws in AWS's words. */
export function readPlaceholders(names: unknown, values: unknown): Placeholders {
  const namesByRef = readNames(names);
  const valuesByRef = readValues(values);
  const used = new Set<string>();
  return {
    name: (ref) => {
      used.add(ref);
      return namesByRef?.get(ref);
    },
    value: (ref) => {
      used.add(ref);
      return valuesByRef?.get(ref);
    },
    refuseUnused: () => {
      refuse('ExpressionAttributeNames', namesByRef, used);
      refuse('ExpressionAttributeValues', valuesByRef, used);
    },
  };
}

function refuse(what: string, all: ReadonlyMap<string, unknown> | undefined, used: ReadonlySet<string>): void {
  if (all === undefined) return;
  const unused = [...all.keys()].filter((ref) => !used.has(ref));
  if (unused.length > 0) {
    throw invalid(`Value provided in ${what} unused in expressions: keys: {${unused.join(', ')}}`);
  }
}

function entriesOf(what: string, json: unknown, shape: RegExp): readonly (readonly [string, unknown])[] | undefined {
  if (json === undefined || json === null) return undefined;
  if (!isRecord(json)) throw unreadable('Unexpected field type');
  const entries = Object.entries(json);
  if (entries.length === 0) throw invalid(`${what} must not be empty`);
  for (const [ref] of entries) {
    if (!shape.test(ref)) throw invalid(`${what} contains invalid key: Syntax error; key: "${ref}"`);
  }
  return entries;
}

function readNames(json: unknown): ReadonlyMap<string, string> | undefined {
  const entries = entriesOf('ExpressionAttributeNames', json, /^#\w+$/);
  if (entries === undefined) return undefined;
  const names = new Map<string, string>();
  for (const [ref, name] of entries) {
    if (typeof name !== 'string') throw unreadable('Unexpected field type');
    names.set(ref, name);
  }
  return names;
}

function readValues(json: unknown): ReadonlyMap<string, AttributeValue> | undefined {
  const entries = entriesOf('ExpressionAttributeValues', json, /^:\w+$/);
  if (entries === undefined) return undefined;
  const values = new Map<string, AttributeValue>();
  for (const [ref, value] of entries) {
    try {
      values.set(ref, parseValue(value));
    } catch (error) {
      if (!(error instanceof EngineError) || error.code !== 'ValidationException') throw error;
      throw invalid(`ExpressionAttributeValues contains invalid value: ${error.message} for key ${ref}`);
    }
  }
  return values;
}
