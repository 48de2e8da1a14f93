import { z } from 'zod';
import type { Declared } from './resource.ts';
import { TemplateError } from './template-error.ts';

/** A number, which templates may also write as a text. */
export const numeric = z.union([
  z.number(),
  z
    .string()
    .regex(/^\d+(\.\d+)?$/)
    .transform(Number),
]);

/** A whole number within the bounds that AWS names. */
export const whole = (least: number, most: number) => numeric.pipe(z.int().min(least).max(most));

/** A yes or no, which templates may also write as a text. */
export const boolean = z.union([z.boolean(), z.enum(['true', 'false']).transform((text) => text === 'true')]);

/** A policy document or any other object that is passed on as it is. */
export const document = z.record(z.string(), z.json());

/** A property that changes nothing on one machine (encryption at rest, tags, logs, tracing …). */
export const ignored = z.json().optional();

/**
 * Reads the properties of a resource. A property that the schema does not name stops the start: it might change what
 * the resource does. Throws {@link TemplateError} with the logical id, the type and what is wrong.
 */
export function read<S extends z.ZodType>(resource: Declared, schema: S): z.output<S> {
  const parsed = schema.safeParse(resource.properties);
  if (parsed.success) return parsed.data;
  throw notSupported(resource, z.prettifyError(parsed.error));
}

/** Says that a resource stops the start, and why. */
export function notSupported({ logicalId, type }: Declared, why: string): TemplateError {
  return new TemplateError(`${logicalId} (${type}) is not supported here:\n${why}`);
}

/** What the work gives. What it throws becomes a {@link TemplateError} that names the resource. */
export function checked<T>(resource: Declared, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw notSupported(resource, error instanceof Error ? error.message : String(error));
  }
}
