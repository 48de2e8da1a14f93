import * as z from 'zod';
import { type OperationId, operations } from '../../functions/api/areas.ts';
import { openApiDocument } from '../../functions/api/openapi/document.ts';
import type { Operation as ApiOperation } from '../../functions/api/operation.ts';

/** What an operation promises to answer, by status and media type. */
type Responses = Record<string, { content?: Record<string, { schema: unknown }> }>;

const document = JSON.stringify(
  openApiDocument({ base: 'http://hub.test', issuer: 'http://issuer.test', now: Date.now() }),
);
const $defs = z
  .record(z.string(), z.record(z.string(), z.unknown()))
  .parse(JSON.parse(document.replaceAll('#/components/schemas/', '#/$defs/')).components.schemas);
const known = new Map<string, z.ZodType>();

/** The published schema of a name, as a reader of the document would check with it. */
export function publishedSchema(name: string): z.ZodType {
  const schema = known.get(name) ?? z.fromJSONSchema({ $ref: `#/$defs/${name}`, $defs });
  known.set(name, schema);
  return schema;
}

const Operation = z.object({ responses: z.custom<Responses>((value) => typeof value === 'object') });

/** An operation of the API by its id. */
export function operationOf(id: OperationId): ApiOperation {
  const found = operations[id];
  if (!found) throw new Error(`there is no ${id}`);
  return found;
}

function responsesOf(id: string): Responses {
  const { method = '', path = '' } = operations[id] ?? {};
  const paths = z.record(z.string(), z.record(z.string(), z.unknown())).parse(JSON.parse(document).paths);
  return Operation.parse(paths[`/api/v1${path}`]?.[method]).responses;
}

function operationFor(method: string, path: string): string | undefined {
  return Object.entries(operations).find(([, one]) => {
    const pattern = new RegExp(`^/api/v1${one.path.replace(/\{\w+\}/g, '[^/]+')}$`);
    return one.method === method.toLowerCase() && pattern.test(path);
  })?.[0];
}

/** Throws when the document does not promise this answer to a request; answers of unknown paths must be problems. */
export function assertPublished(method: string, path: string, status: number, type: string, body: unknown): void {
  const id = operationFor(method, path);
  const promised = id ? (responsesOf(id)[status] ?? (status >= 400 ? responsesOf(id).default : undefined)) : undefined;
  if (id && !promised) throw new Error(`${id} does not promise a ${status}`);
  const content = promised?.content?.[type.split(';', 1)[0] ?? ''];
  if (id && !content) throw new Error(`${id} does not promise ${type} with ${status}`);
  if (!type.includes('json')) return;
  const name = /[^/]+$/.exec(JSON.stringify(content?.schema ?? { $ref: '/Problem' }).replace(/"\}$/, ''))?.[0] ?? '';
  if (!(name in $defs)) return;
  const result = publishedSchema(name).safeParse(body);
  if (!result.success) throw new Error(`${id ?? path} answers ${status} unlike ${name}: ${result.error.message}`);
}
