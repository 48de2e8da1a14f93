import * as z from 'zod';
import { classOf, partsOf } from './classes.ts';

const known = new WeakMap<z.core.$ZodType, boolean>();

/** Whether anything in a value of this schema can be personal. */
function hasPersonal(schema: z.core.$ZodType): boolean {
  const before = known.get(schema);
  if (before !== undefined) return before;
  const found = classOf(schema) === 'personal' || partsOf(schema).some(([, part]) => hasPersonal(part));
  known.set(schema, found);
  return found;
}

/** Whether an option of a union is the value's: its words, such as kind and stage, are those of the value. */
export function isOf(value: unknown, option: z.core.$ZodType): boolean {
  if (option instanceof z.ZodUnion) return option.options.some((each) => isOf(value, each));
  if (!(option instanceof z.ZodObject)) return z.safeParse(option, value).success;
  return (
    isRecord(value) &&
    Object.entries<z.core.$ZodType>(option.shape).every(
      ([name, part]) =>
        !(part instanceof z.ZodLiteral || part instanceof z.ZodEnum) || part.safeParse(value[name]).success,
    )
  );
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A value in two: what may lie open, and what is personal. Both have the shape of the whole. */
interface Parts {
  readonly clear: unknown;
  readonly personal: unknown;
}

function split(value: unknown, schema: z.core.$ZodType): Parts {
  if (value === undefined || !hasPersonal(schema)) return { clear: value, personal: undefined };
  if (classOf(schema) === 'personal') return { clear: undefined, personal: value };
  if (schema instanceof z.ZodUnion) {
    const option = schema.options.find((each) => isOf(value, each));
    return option ? split(value, option) : { clear: undefined, personal: value };
  }
  if (schema instanceof z.ZodArray && Array.isArray(value)) {
    const parts = value.map((each) => split(each, schema.element));
    // each keeps its place
    return { clear: parts.map(({ clear }) => clear ?? {}), personal: parts.map(({ personal }) => personal) };
  }
  if (!(schema instanceof z.ZodObject)) {
    const [around] = partsOf(schema);
    return around ? split(value, around[1]) : { clear: value, personal: undefined };
  }
  if (!isRecord(value)) return { clear: value, personal: undefined };
  const fields: Readonly<Record<string, z.core.$ZodType>> = schema.shape;
  const clear: Record<string, unknown> = {};
  const personal: Record<string, unknown> = {};
  for (const [name, each] of Object.entries(value)) {
    const field = fields[name];
    const parts = field ? split(each, field) : { clear: each, personal: undefined };
    if (parts.clear !== undefined) clear[name] = parts.clear;
    if (parts.personal !== undefined) personal[name] = parts.personal;
  }
  // of what is personal throughout nothing stays behind, so that without it there is none
  return { clear: Object.keys(clear).length > 0 ? clear : undefined, personal };
}

/** What of a value may lie open, and what is personal by the classes of its schema. {@link whole} puts them together. */
export function inParts(schema: z.core.$ZodType, value: unknown): Parts {
  return split(value, schema);
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
