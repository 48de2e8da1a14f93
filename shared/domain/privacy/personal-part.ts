import type * as z from 'zod';
import { classOf, partsOf } from './classes.ts';

/** Which fields of a value are personal: the whole of it, or some of its fields. Arrays are passed through. */
type Personal = true | { readonly [field: string]: Personal };

const known = new WeakMap<z.core.$ZodType, Personal>();

function merged(a: Personal, b: Personal): Personal {
  if (a === true || b === true) return true;
  const fields = { ...a };
  for (const [name, part] of Object.entries(b)) fields[name] = name in fields ? merged(fields[name] ?? {}, part) : part;
  return fields;
}

function find(schema: z.core.$ZodType): Personal {
  if (classOf(schema) === 'personal') return true;
  return partsOf(schema).reduce<Personal>((found, [name, part]) => {
    const inner = personalFields(part);
    if (inner !== true && Object.keys(inner).length === 0) return found;
    return merged(found, name === undefined ? inner : { [name]: inner });
  }, {});
}

function personalFields(schema: z.core.$ZodType): Personal {
  const before = known.get(schema);
  if (before !== undefined) return before;
  const found = find(schema);
  known.set(schema, found);
  return found;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A value in two: what may lie open, and what is personal. Both have the shape of the whole. */
interface Parts {
  readonly clear: unknown;
  readonly personal: unknown;
}

function split(value: unknown, fields: Personal): Parts {
  if (fields === true) return { clear: undefined, personal: value };
  if (Array.isArray(value)) {
    const parts = value.map((each) => split(each, fields));
    // each keeps its place
    return { clear: parts.map(({ clear }) => clear ?? {}), personal: parts.map(({ personal }) => personal) };
  }
  if (!isRecord(value)) return { clear: value, personal: undefined };
  const clear: Record<string, unknown> = {};
  const personal: Record<string, unknown> = {};
  for (const [name, each] of Object.entries(value)) {
    const inner = fields[name];
    const parts = inner === undefined ? { clear: each, personal: undefined } : split(each, inner);
    if (parts.clear !== undefined) clear[name] = parts.clear;
    if (parts.personal !== undefined) personal[name] = parts.personal;
  }
  // of what is personal throughout nothing stays behind, so that without it there is none
  return { clear: Object.keys(clear).length > 0 ? clear : undefined, personal };
}

/** What of a value may lie open, and what is personal by the classes of its schema. {@link whole} puts them together. */
export function inParts(schema: z.core.$ZodType, value: unknown): Parts {
  return split(value, personalFields(schema));
}

/** The value that {@link inParts} took apart. */
export function whole(clear: unknown, personal: unknown): unknown {
  if (personal === undefined || personal === null) return clear;
  if (Array.isArray(clear) && Array.isArray(personal)) return clear.map((each, index) => whole(each, personal[index]));
  if (!isRecord(clear) || !isRecord(personal)) return clear ?? personal;
  const both: Record<string, unknown> = { ...clear };
  for (const [name, each] of Object.entries(personal)) both[name] = name in both ? whole(both[name], each) : each;
  return both;
}
