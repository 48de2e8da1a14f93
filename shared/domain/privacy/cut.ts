import * as z from 'zod';
import { classOf, markingOf, maskOf, type PersonalGroup, type PrivacyClass, partsOf } from './classes.ts';
import { isOf, isRecord } from './personal-part.ts';

/** How clearly something is seen. */
export type Clarity = 'none' | 'masked' | 'full';

/** Where a value goes: how clearly a field is seen there, by its class and group. */
export type WayOut = (privacy: PrivacyClass, group: PersonalGroup | undefined) => Clarity;

function open(...classes: readonly PrivacyClass[]): WayOut {
  return (privacy) => (classes.includes(privacy) ? 'full' : 'none');
}

/** What may stand in a line of the log, in the subject of a mail, and in what a mail says of a case. */
export const waysOut = { log: open('public'), mailSubject: open('public'), mailBody: open('public', 'party') } as const;

/** For a reader: what is public or the parties' own, and of what is personal each group as clearly as they see it. */
export function readerOf(sees: Readonly<Record<PersonalGroup, Clarity>>): WayOut {
  return (privacy, group) => {
    if (privacy !== 'personal') return privacy === 'secret' ? 'none' : 'full';
    return group === undefined ? 'none' : sees[group];
  };
}

/** What stands open without a class: what can only be one of some words. */
function isWord(schema: z.core.$ZodType): boolean {
  return schema instanceof z.ZodLiteral || schema instanceof z.ZodEnum;
}

function cutFields(value: Readonly<Record<string, unknown>>, schema: z.ZodObject, way: WayOut): unknown {
  const fields: Readonly<Record<string, z.core.$ZodType>> = schema.shape;
  const left: Record<string, unknown> = {};
  for (const [name, each] of Object.entries(value)) {
    const field = fields[name];
    const part = field && cutValue(each, field, way, undefined);
    if (part !== undefined) left[name] = part;
  }
  return Object.keys(left).length > 0 || Object.keys(value).length === 0 ? left : undefined;
}

/** @param around how clearly the field is seen that this is in, where that has a class */
function cutValue(value: unknown, schema: z.core.$ZodType, way: WayOut, around: Clarity | undefined): unknown {
  if (value === undefined || value === null) return value;
  const marking = markingOf(schema);
  const clarity = marking ? way(marking.privacy, marking.group) : around;
  if (clarity === 'none') return undefined;
  // what is personal is so throughout: its fields are seen as it is, unless they say otherwise
  if (clarity === 'full' && classOf(schema) === 'personal') return value;
  const mask = clarity === 'masked' ? maskOf(schema) : undefined;
  if (mask) return typeof value === 'string' ? mask(value) : undefined;
  if (schema instanceof z.ZodObject) return isRecord(value) ? cutFields(value, schema, way) : undefined;
  if (schema instanceof z.ZodUnion) {
    const option = schema.options.find((each) => isOf(value, each));
    return option && cutValue(value, option, way, clarity);
  }
  if (schema instanceof z.ZodArray)
    return Array.isArray(value)
      ? value.map((each) => cutValue(each, schema.element, way, clarity)).filter((each) => each !== undefined)
      : undefined;
  const [inside] = schema instanceof z.ZodRecord ? [] : partsOf(schema);
  if (inside) return cutValue(value, inside[1], way, clarity);
  return clarity === 'full' || (clarity === undefined && isWord(schema)) ? value : undefined;
}

/**
 * What of a value may go out on a way, by the classes in its schema. A field without a class goes nowhere, a personal one
 * where its group is seen: who adds a field need not think of logs, mails and exports for it to stay out of them.
 */
export function cut<S extends z.ZodType>(schema: S, value: z.output<S>, way: WayOut): unknown {
  return cutValue(value, schema, way, undefined);
}
