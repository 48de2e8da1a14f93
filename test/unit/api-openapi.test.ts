import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { operations } from '../../functions/api/areas.ts';
import { openApiDocument } from '../../functions/api/openapi/document.ts';
import { decisions } from '../../functions/api/openapi/examples/decisions.ts';
import { apiRoot } from '../../functions/api/operation.ts';
import { kinds } from '../../shared/domain/ids.ts';
import { decisionInputs } from '../../shared/kinds/decision.ts';
import { lifecycleOf } from '../../shared/kinds/lifecycle.ts';

const now = Date.UTC(2020, 1, 3, 4);
const made = (at = now) =>
  openApiDocument({ base: 'https://hub.example.org', issuer: 'https://issuer.example.org/', now: at });

/** A schema object: any keyword of JSON Schema 2020-12, with its kind of value. */
const Schema: z.ZodType = z.lazy(() =>
  z.strictObject({
    $ref: z.string().startsWith('#/components/schemas/').optional(),
    type: z.union([Type, z.array(Type).min(1)]).optional(),
    enum: z.array(z.unknown()).min(1).optional(),
    const: z.unknown().optional(),
    default: z.unknown().optional(),
    description: z.string().optional(),
    format: z.string().optional(),
    pattern: z
      .string()
      .refine((source) => new RegExp(source, 'u'))
      .optional(),
    minLength: z.int().min(0).optional(),
    maxLength: z.int().min(0).optional(),
    minimum: z.number().optional(),
    maximum: z.number().optional(),
    exclusiveMinimum: z.number().optional(),
    minItems: z.int().min(0).optional(),
    maxItems: z.int().min(0).optional(),
    items: Schema.optional(),
    properties: z.record(z.string(), Schema).optional(),
    propertyNames: Schema.optional(),
    required: z.array(z.string()).optional(),
    additionalProperties: z.union([z.boolean(), Schema]).optional(),
    anyOf: z.array(Schema).min(1).optional(),
    oneOf: z.array(Schema).min(1).optional(),
    allOf: z.array(Schema).min(1).optional(),
  }),
);
const Type = z.enum(['string', 'number', 'integer', 'boolean', 'object', 'array', 'null']);

const Reference = z.strictObject({ $ref: z.string() });
const Parameter = z.strictObject({
  name: z.string().min(1),
  in: z.enum(['query', 'header', 'path']),
  required: z.boolean().optional(),
  description: z.string().optional(),
  schema: Schema,
});
const MediaType = z
  .strictObject({
    schema: Schema,
    example: z.unknown().optional(),
    examples: z.record(z.string(), z.strictObject({ summary: z.string(), value: z.unknown() })).optional(),
  })
  .refine((content) => !('example' in content && 'examples' in content));
const Response = z.strictObject({
  description: z.string().min(1),
  headers: z.record(z.string(), z.strictObject({ description: z.string(), schema: Schema })).optional(),
  content: z.record(z.string(), MediaType).optional(),
});
const Operation = z.strictObject({
  operationId: z.string().regex(/^\w+$/),
  tags: z.array(z.string()),
  summary: z.string().min(1),
  description: z.string().optional(),
  parameters: z.array(z.union([Parameter, Reference])),
  requestBody: z.strictObject({ required: z.boolean(), content: z.record(z.string(), MediaType) }).optional(),
  responses: z.record(z.string().regex(/^([1-5]\d\d|default)$/), Response),
  security: z.array(z.record(z.string(), z.array(z.string()))).optional(),
});
/** The fixed fields of OpenAPI 3.1 (https://spec.openapis.org/oas/v3.1.0), as far as the document has use for them. */
const Document = z.strictObject({
  openapi: z.string().regex(/^3\.1\.\d+$/),
  jsonSchemaDialect: z.url(),
  info: z.strictObject({
    title: z.string(),
    version: z.string(),
    description: z.string(),
    license: z.strictObject({ name: z.string(), identifier: z.string() }),
  }),
  servers: z.array(z.strictObject({ url: z.url() })),
  tags: z.array(z.strictObject({ name: z.string(), description: z.string() })),
  paths: z.record(z.string().startsWith('/'), z.record(z.enum(['get', 'post']), Operation).or(z.looseObject({}))),
  components: z.strictObject({
    schemas: z.record(z.string().regex(/^[\w.-]+$/), Schema),
    parameters: z.record(z.string(), Parameter),
    securitySchemes: z.record(z.string(), z.looseObject({ type: z.enum(['http', 'openIdConnect']) })),
  }),
});

const parsed = Document.parse(JSON.parse(JSON.stringify(made())));
const every = Object.entries(parsed.paths).flatMap(([path, item]) =>
  Object.entries(item).map(([method, operation]) => ({ path, method, operation: Operation.parse(operation) })),
);

describe('the OpenAPI document', () => {
  it('has every operation of the API once, with answers and refusals', () => {
    const listed = every.map(({ path, method, operation }) => `${operation.operationId} ${method} ${path}`).sort();
    expect(listed).toEqual(
      Object.entries(operations)
        .map(([id, { method, path }]) => `${id} ${method} ${apiRoot}${path}`)
        .sort(),
    );
    for (const { operation } of every) {
      expect(Object.keys(operation.responses).some((status) => status.startsWith('2'))).toBe(true);
      const problems = Object.entries(operation.responses).filter(([status]) => !status.startsWith('2'));
      for (const [, { content }] of problems) expect(Object.keys(content ?? {})).toEqual(['application/problem+json']);
      for (const tag of operation.tags) expect(parsed.tags.map(({ name }) => name)).toContain(tag);
    }
  });

  it('refers to nothing that it does not have', () => {
    const references = [...JSON.stringify(parsed).matchAll(/"#\/components\/(\w+)\/([\w.-]+)"/g)];
    expect(references.length).toBeGreaterThan(100);
    for (const [, section, name = ''] of references) {
      expect(Object.keys(section === 'schemas' ? parsed.components.schemas : parsed.components.parameters)).toContain(
        name,
      );
    }
  });

  it('names every place of a path as a required parameter, and Idempotency-Key on every POST', () => {
    for (const { path, method, operation } of every) {
      const places = operation.parameters.flatMap((one) => ('in' in one && one.in === 'path' ? [one] : []));
      expect(places.map(({ name }) => name)).toEqual([...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name));
      expect(places.every(({ required }) => required)).toBe(true);
      expect(JSON.stringify(operation.parameters).includes('IdempotencyKey')).toBe(method === 'post');
    }
  });

  it('declares security for exactly the operations that need a token', () => {
    for (const { operation } of every) {
      const access = Object.entries(operations).find(([id]) => id === operation.operationId)?.[1].access;
      expect(operation.security !== undefined, operation.operationId).toBe(access === 'token');
    }
  });

  it('has an example in every body, dated from the moment it is asked for', () => {
    for (const { operation } of every) {
      for (const content of Object.values(operation.requestBody?.content ?? {})) {
        expect(content.example !== undefined || Object.keys(content.examples ?? {}).length > 1).toBe(true);
      }
    }
    const text = (at: number) => JSON.stringify(made(at).paths);
    expect(text(now)).toContain('2020-02-10');
    expect(text(now + 10 * 86_400_000)).toContain('2020-02-20');
  });

  it.each([
    'NeedInput',
    'GrantInput',
    'InsuranceInput',
    'ProgrammeInput',
    'OfferInput',
    'Amounts',
    'RosterReviewInput',
  ])('its schema %s takes the examples it stands beside', (name) => {
    const $defs = z
      .record(z.string(), z.record(z.string(), z.unknown()))
      .parse(JSON.parse(JSON.stringify(parsed.components.schemas).replaceAll('#/components/schemas/', '#/$defs/')));
    const schema = z.fromJSONSchema({ $ref: `#/$defs/${name}`, $defs });
    const beside = every
      .flatMap(({ operation }) => Object.values(operation.requestBody?.content ?? {}))
      .filter((content) => JSON.stringify(content.schema).includes(`/${name}"`));
    expect(beside.length).toBeGreaterThan(0);
    for (const { example, examples } of beside) {
      for (const value of examples ? Object.values(examples).map((one) => one.value) : [example]) {
        expect(schema.safeParse(value).error).toBeUndefined();
        expect(schema.safeParse({ ...z.looseObject({}).parse(value), surprise: 1 }).success).toBe(false);
      }
    }
  });

  it('has an answer for every outcome of every kind, which its schema takes', () => {
    const examples = decisions(now);
    for (const kind of kinds) {
      const outcomes = new Set(
        lifecycleOf(kind)
          .filter(({ by }) => by !== 'workflow')
          .map(({ on }) => on),
      );
      for (const other of ['withdrawn', 'enough', 'merged']) outcomes.delete(other);
      for (const outcome of [...outcomes, 'resumed']) {
        expect(decisionInputs[kind].safeParse(examples[`${kind}-${outcome}`]?.value)).toMatchObject({
          success: true,
          data: { outcome },
        });
      }
    }
  });
});
