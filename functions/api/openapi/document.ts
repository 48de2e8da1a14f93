import { apiRoot, type Operation, type OperationId, operations } from '../operations.ts';
import { problemCodes } from '../problem.ts';
import { apiText } from '../texts.ts';
import type { Content, Description } from './description.ts';
import { descriptions } from './descriptions/index.ts';
import { components, type JsonSchema } from './json-schema.ts';
import { parametersOf, sharedParameters } from './parameters.ts';
import { responsesOf } from './responses.ts';
import { answerSchemas, requestSchemas } from './schemas.ts';
import { tags } from './tags.ts';

/** What the document depends on beside the code. */
export interface DocumentSource {
  /** where people reach the hub, without a slash at the end */
  readonly base: string;
  /** the issuer whose tokens are taken */
  readonly issuer: string;
  /** milliseconds: examples are dated from it */
  readonly now: number;
}

function numberOf(code: string): string[] {
  const known = Object.entries(problemCodes).find(([name]) => name === code)?.[1];
  return known ? [`| ${known.number}`, String(known.status)] : [];
}

const about = `Needs, micro-grants and volunteer insurance, from form to closing.

Times are instants in UTC, dates are days at the hub, money is in fen. A list is \`{ items, nextCursor }\`; send
\`nextCursor\` back as \`cursor\` for what follows. Texts come in Chinese or English. Operations without \`security\`
need no token. What was refused is told by a problem document (RFC 9457) whose \`errors\` point into what was sent.

| code | status | |
|---|---|---|
${Object.entries(apiText.en.titles)
  .map(([code, title]) => [...numberOf(code), `\`${code}\`: ${title} |`].join(' | '))
  .join('\n')}`;

let known: Record<string, JsonSchema> | undefined;

/** The schemas do not change while the function lives. */
function schemas(): Record<string, JsonSchema> {
  known ??= { ...components(requestSchemas, 'input'), ...components(answerSchemas, 'output') };
  return known;
}

function schemaOf({ schema }: Content): unknown {
  if (!Array.isArray(schema)) return schema;
  const references = schema.map((name) => ({ $ref: `#/components/schemas/${name}` }));
  return references.length === 1 ? references[0] : { anyOf: references };
}

function contentOf(content: Content, now: number) {
  const examples = content.examples(now);
  const [only, ...others] = Object.values(examples);
  return { schema: schemaOf(content), ...(only && others.length === 0 ? { example: only.value } : { examples }) };
}

function requestBody({ body }: Description, now: number) {
  if (!body) return {};
  const content = Object.entries(body.content).map(([type, one]) => [type, contentOf(one, now)] as const);
  return { requestBody: { required: body.optional !== true, content: Object.fromEntries(content) } };
}

const token = [{ bearer: [] }, { openIdConnect: [] }];
const securityOf = {
  public: {},
  link: {},
  // only what needs a token declares one; where a token is taken too, the description says what it changes
  optional: {},
  token: { security: token },
} as const;

function operationObject(id: OperationId, operation: Operation, now: number) {
  const description = descriptions[id];
  const { tag, summary, description: text } = description;
  return {
    operationId: id,
    tags: [tag],
    summary,
    ...(text !== undefined && { description: text }),
    parameters: parametersOf(operation, description),
    ...requestBody(description, now),
    responses: responsesOf(operation, description),
    ...securityOf[operation.access],
  };
}

function pathItems(now: number): Record<string, Record<string, unknown>> {
  const items: Record<string, Record<string, unknown>> = {};
  for (const id of Object.keys(operations).filter((key): key is OperationId => key in operations)) {
    const operation = operations[id];
    const path = apiRoot + operation.path;
    items[path] = { ...items[path], [operation.method]: operationObject(id, operation, now) };
  }
  return items;
}

/** The OpenAPI 3.1 document, from the table of operations and the schemas that requests are checked with. */
export function openApiDocument({ base, issuer, now }: DocumentSource) {
  return {
    openapi: '3.1.0',
    jsonSchemaDialect: 'https://json-schema.org/draft/2020-12/schema',
    info: {
      title: 'Jieli',
      version: '1',
      description: about,
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: base }],
    tags: Object.entries(tags).map(([name, description]) => ({ name, description })),
    paths: pathItems(now),
    components: {
      schemas: schemas(),
      parameters: sharedParameters,
      securitySchemes: {
        bearer: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' },
        openIdConnect: {
          type: 'openIdConnect',
          openIdConnectUrl: `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`,
        },
      },
    },
  };
}
