import { areaList } from '../areas.ts';
import { apiRoot, type Body, type Content, type Operation } from '../operation.ts';
import { problemCodes } from '../problem.ts';
import { apiText } from '../texts.ts';
import { GatewayMessageView, ProblemView } from '../views/problem.ts';
import { componentSchemas } from './components.ts';
import type { JsonSchema } from './json-schema.ts';
import { parametersOf, sharedParameters } from './parameters.ts';
import { responsesOf } from './responses.ts';

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

const introduction = `Needs, micro-grants and volunteer insurance, from form to closing.

Times are instants in UTC, dates are days at the hub, money is in fen. A list is \`{ items, nextCursor }\`; send
\`nextCursor\` back as \`cursor\` for what follows. Texts come in Chinese or English. Operations whose \`security\`
is empty need no token, those with an empty one in it take one. What was refused is told by a problem document (RFC
9457) whose \`errors\` point into what was sent; what API Gateway refuses before, by a \`message\` alone.

| code | status | |
|---|---|---|
${Object.entries(apiText.en.titles)
  .map(([code, title]) => [...numberOf(code), `\`${code}\`: ${title} |`].join(' | '))
  .join('\n')}`;

let known: Record<string, JsonSchema> | undefined;

/** The schemas do not change while the function lives. */
function schemas(): Record<string, JsonSchema> {
  known ??= componentSchemas(
    areaList.map(([, area]) => area),
    { Problem: ProblemView, GatewayMessage: GatewayMessageView },
  );
  return known;
}

function schemaOf({ schemas, file }: Content): unknown {
  const references = Object.keys(schemas ?? {}).map((name) => ({ $ref: `#/components/schemas/${name}` }));
  return file ?? (references.length === 1 ? references[0] : { anyOf: references });
}

function contentOf(content: Content, now: number) {
  const examples = content.examples(now);
  const [only, ...others] = Object.values(examples);
  return { schema: schemaOf(content), ...(only && others.length === 0 ? { example: only.value } : { examples }) };
}

function requestBody(body: Body, now: number) {
  const content = Object.entries(body.content).map(([type, one]) => [type, contentOf(one, now)] as const);
  return { required: body.optional !== true, content: Object.fromEntries(content) };
}

const token = [{ bearer: [] }, { openIdConnect: [] }];
/** Nothing in the list: none is needed; an empty one among others: it may be left out. */
const securityOf = { public: [], link: [], optional: [{}, ...token], token } as const;

function operationObject(id: string, area: string, operation: Operation, now: number) {
  const { summary, description, request } = operation;
  return {
    operationId: id,
    tags: [area],
    summary,
    ...(description !== undefined && { description }),
    parameters: parametersOf(operation),
    ...(request && { requestBody: requestBody(request, now) }),
    responses: responsesOf(operation),
    security: securityOf[operation.access],
  };
}

function pathItems(now: number): Record<string, Record<string, unknown>> {
  const items: Record<string, Record<string, unknown>> = {};
  for (const [name, area] of areaList) {
    for (const [id, operation] of Object.entries(area.operations)) {
      const path = apiRoot + operation.path;
      items[path] = { ...items[path], [operation.method]: operationObject(id, name, operation, now) };
    }
  }
  return items;
}

/** The OpenAPI 3.1 document, from the operations and the schemas that requests are checked with. */
export function openApiDocument({ base, issuer, now }: DocumentSource) {
  return {
    openapi: '3.1.0',
    jsonSchemaDialect: 'https://json-schema.org/draft/2020-12/schema',
    info: {
      title: 'Jieli',
      version: '1',
      description: introduction,
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: base }],
    tags: areaList.map(([name, { about }]) => ({ name, description: about })),
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
