import * as z from 'zod';
import { languages } from '../../../shared/domain/language.ts';
import type { Operation } from '../operation.ts';
import { inputSchema, type JsonSchema } from './json-schema.ts';

/** Parameters that many operations share. */
export const sharedParameters = {
  Lang: {
    name: 'lang',
    in: 'query',
    description: `The language of texts in the answer, before \`Accept-Language\`: ${languages.join(' or ')}. Anything else asks for none`,
    schema: { type: 'string' },
  },
  IdempotencyKey: {
    name: 'Idempotency-Key',
    in: 'header',
    description:
      'A key of the caller’s own choosing, visible characters. Sent again with the same request, also at the same time, nothing is done twice, and what the first one made is answered, as it is now; with another request it is refused.',
    schema: { type: 'string', pattern: '^[\\x21-\\x7e]{1,255}$' },
  },
  Party: {
    name: 'Jieli-Party',
    in: 'header',
    description: 'Which of their parties the caller acts for. Needed by members of several: nobody’s hat is guessed',
    schema: { type: 'string' },
  },
} as const;

const reference = (name: keyof typeof sharedParameters) => ({ $ref: `#/components/parameters/${name}` });

function pathParameters({ path, places }: Operation) {
  return [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => {
    const schema = places[name];
    if (!schema) throw new Error(`nothing is said of ${name} in ${path}`);
    return { name, in: 'path', required: true, schema: inputSchema(schema) };
  });
}

const Query = z.object({
  properties: z.record(z.string(), z.custom<JsonSchema>()),
  required: z.array(z.string()).default([]),
});

function queryParameters(query: z.ZodType | undefined) {
  if (!query) return [];
  const { properties, required } = Query.parse(inputSchema(query));
  return Object.entries(properties).map(([name, schema]) => ({
    name,
    in: 'query',
    required: required.includes(name),
    schema,
  }));
}

/** Everything that an operation takes beside its body. */
export function parametersOf(operation: Operation) {
  const members = operation.access === 'token' || operation.access === 'optional';
  return [
    ...pathParameters(operation),
    ...queryParameters(operation.query),
    reference('Lang'),
    ...(operation.method === 'post' ? [reference('IdempotencyKey')] : []),
    ...(members ? [reference('Party')] : []),
  ];
}
