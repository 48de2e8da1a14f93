import type * as z from 'zod';

/**
 * The function's environment, checked at cold start. The same schema tells the stack which variables to set.
 * @throws when a variable is missing or malformed, naming it
 */
export function parseEnv<S extends z.ZodObject>(schema: S): z.output<S> {
  return schema.parse(process.env);
}
