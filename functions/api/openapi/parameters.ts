import * as z from 'zod';
import { CaseId, ProgrammeId, ReferralId, Slug, TaskId } from '../../../shared/domain/ids.ts';
import { languages } from '../../../shared/domain/language.ts';
import type { Operation } from '../operations.ts';
import { PersonKey } from '../routes/person-key.ts';
import type { Description } from './description.ts';
import { inputSchema, type JsonSchema } from './json-schema.ts';

/** Parameters that many operations share. */
export const sharedParameters = {
  Lang: {
    name: 'lang',
    in: 'query',
    description: 'The language of texts in the answer, before `Accept-Language`',
    schema: { type: 'string', enum: languages },
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

/** What stands in the places of paths, by what comes before. */
const places: Readonly<Record<string, z.ZodType>> = {
  cases: CaseId,
  tasks: TaskId,
  programmes: ProgrammeId,
  imports: Slug,
  interests: z.string(),
  'stand-ins': z.string(),
  members: PersonKey,
  invitations: Slug,
  drafts: Slug,
  referrals: ReferralId,
  track: z.string(),
};

const reference = (name: keyof typeof sharedParameters) => ({ $ref: `#/components/parameters/${name}` });

function pathParameters(path: string) {
  return [...path.matchAll(/([\w-]+)\/\{(\w+)\}/g)].map(([, before = '', name]) => ({
    name,
    in: 'path',
    required: true,
    schema: inputSchema(places[before] ?? z.string()),
  }));
}

function isSchemas(value: unknown): value is Record<string, JsonSchema> {
  return typeof value === 'object' && value !== null;
}

function queryParameters(query: z.ZodObject | undefined) {
  const properties = query && inputSchema(query).properties;
  if (!isSchemas(properties)) return [];
  return Object.entries(properties).map(([name, schema]) => ({ name, in: 'query', required: false, schema }));
}

/** Everything that an operation takes beside its body. */
export function parametersOf(operation: Operation, description: Description) {
  const members = operation.access === 'token' || operation.access === 'optional';
  return [
    ...pathParameters(operation.path),
    ...queryParameters(description.query),
    reference('Lang'),
    ...(operation.method === 'post' ? [reference('IdempotencyKey')] : []),
    ...(members ? [reference('Party')] : []),
  ];
}
