import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { gatewayMessage } from '../../cdk/local/http-api/function-response.ts';
import { operations } from '../../functions/api/areas.ts';
import { openApiDocument } from '../../functions/api/openapi/document.ts';
import { decisions } from '../../functions/api/openapi/examples/decisions.ts';
import { apiRoot } from '../../functions/api/operation.ts';
import { problemCodes } from '../../functions/api/problem.ts';
import { need } from '../../functions/kinds/need/api.ts';
import { kinds } from '../../shared/domain/ids.ts';
import { decisionInputs } from '../../shared/kinds/decision.ts';
import { lifecycleOf } from '../../shared/kinds/lifecycle.ts';
import { publishedSchema } from '../engine/published.ts';

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
    contentMediaType: z.string().optional(),
    items: Schema.optional(),
    properties: z.record(z.string(), Schema).optional(),
    propertyNames: Schema.optional(),
    required: z.array(z.string()).optional(),
    additionalProperties: z.union([z.boolean(), Schema]).optional(),
    anyOf: z.array(Schema).min(1).optional(),
    oneOf: z.array(Schema).min(1).optional(),
    discriminator: z.strictObject({ propertyName: z.string(), mapping: z.record(z.string(), z.string()) }).optional(),
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

/** Whether the published schema of a need takes its contact. */
function contactTaken(change: Readonly<Record<string, string>>): boolean {
  const contact = { name: '刘主任', phone: '027-00001234', ...change };
  return publishedSchema('NeedInput').safeParse({ ...z.looseObject({}).parse(need(now).need?.value), contact }).success;
}

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

  it('says of every operation whether it needs a token, takes one or knows none', () => {
    const token = [{ bearer: [] }, { openIdConnect: [] }];
    const declared = { public: [], link: [], optional: [{}, ...token], token };
    for (const { operation } of every) {
      const access = operations[operation.operationId]?.access ?? 'public';
      expect(operation.security, operation.operationId).toEqual(declared[access]);
    }
  });

  it('says which refusals are a problem document, which API Gateway’s own message, and which may be either', () => {
    for (const { operation } of every) {
      const types = Object.fromEntries(
        Object.entries(operation.responses)
          .filter(([status]) => !status.startsWith('2'))
          .map(([status, { content }]) => [status, Object.keys(content ?? {})]),
      );
      const { access = 'public', request } = operations[operation.operationId] ?? {};
      const [problem, message] = ['application/problem+json', 'application/json'];
      expect(types).toMatchObject({
        503: [problem, message],
        default: [problem, message],
        ...(access === 'token' && { 401: [problem, message], 403: [problem, message] }),
        ...(access === 'optional' && { 401: [problem], 403: [problem] }),
        ...(request && { 413: [problem, message] }),
      });
      expect(types[429]?.at(-1), operation.operationId).toBe(message);
      for (const status of [400, 404, 409, 410, 415, 422]) expect(types[status] ?? [problem]).toEqual([problem]);
    }
    const { body = '' } = gatewayMessage(413, 'Request Entity Too Large');
    expect(publishedSchema('GatewayMessage').parse(JSON.parse(String(body)))).toEqual({
      message: 'Request Entity Too Large',
    });
  });

  it('names each variant of a union, and says which value of which field tells them apart', () => {
    const unions = [...JSON.stringify(parsed).matchAll(/"oneOf":(\[.*?\])/g)].map(([, text = '']) => text);
    expect(unions.length).toBeGreaterThan(6);
    for (const text of unions) {
      const variants = z.array(z.strictObject({ $ref: z.string() })).parse(JSON.parse(text));
      const union = Object.values(parsed.components.schemas).find((one) => JSON.stringify(one).includes(text));
      const { discriminator } = z
        .looseObject({ discriminator: z.object({ mapping: z.record(z.string(), z.string()) }) })
        .parse(union);
      expect(Object.values(discriminator.mapping)).toEqual(variants.map(({ $ref }) => $ref));
    }
    const names = Object.keys(parsed.components.schemas);
    for (const name of ['NeedCaseFile', 'ApprovedGrantDecision', 'ChangesRequestedDecision', 'PartyAssignee'])
      expect(names).toContain(name);
  });

  it('has a number where a number is meant, and lets out what may be left out only', () => {
    const queryOf = (id: string) => {
      const { parameters = [] } = every.find(({ operation }) => operation.operationId === id)?.operation ?? {};
      return parameters.flatMap((one) =>
        'in' in one && one.in === 'query' ? [[one.name, one.required, one.schema] as const] : [],
      );
    };
    expect(queryOf('listTasks')).toContainEqual(['limit', false, { type: 'integer', minimum: 1, maximum: 100 }]);
    expect(queryOf('getAudit').filter(([, required]) => required)).toHaveLength(2);
  });

  it.each([
    ['', true],
    ['liu@clinic8.example.org', true],
    ['liu at clinic8', false],
  ])('takes %j for an e-mail address that may be left empty: %s', (email, taken) => {
    expect(contactTaken({ email })).toBe(taken);
  });

  it.each([
    ['027-00001234', true],
    ['电话：０２７－００００１２３４ 转 801', true],
    ['12', false],
    ['see above', false],
  ])('takes %j for a telephone number: %s', (phone, taken) => {
    expect(contactTaken({ phone })).toBe(taken);
  });

  it('asks no language of the query that it would not take', () => {
    const { Lang } = parsed.components.parameters;
    expect(Lang?.schema).toEqual({ type: 'string' });
  });

  it('gives every refusal a number of its own', () => {
    const numbers = Object.values(problemCodes).map(({ number }) => number);
    expect(numbers).toEqual([...new Set(numbers)]);
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
      for (const other of ['withdrawn', 'given-up', 'enough', 'merged']) outcomes.delete(other);
      for (const outcome of [...outcomes, 'resumed']) {
        expect(decisionInputs[kind].safeParse(examples[`${kind}-${outcome}`]?.value)).toMatchObject({
          success: true,
          data: { outcome },
        });
      }
    }
  });
});
