import type * as z from 'zod';
import { inParts, whole } from '../domain/privacy/personal-part.ts';
import type { Item } from './table.ts';

/**
 * An item's `data`, and beside it as `personal` what the classes of its schema call so. The table seals it as one blob;
 * the domain goes on seeing whole values.
 */
export function dataOf<S extends z.ZodType>(schema: S, value: z.output<S>): { data: unknown; personal?: string } {
  const { clear, personal } = inParts(schema, value);
  const text = JSON.stringify(personal ?? {});
  return { data: clear ?? {}, ...(text !== '{}' && { personal: text }) };
}

/**
 * The whole value of an item. One that was written before personal data was sealed has all of it in `data`; of one whose
 * personal data was erased, or that is read without its key, what stays is given.
 */
export function wholeOf<S extends z.ZodType>(schema: S, item: Item, also: object = {}): z.output<S> {
  const personal: unknown = typeof item.personal === 'string' ? JSON.parse(item.personal) : undefined;
  return schema.parse(Object.assign({}, whole(item.data, personal), also));
}
