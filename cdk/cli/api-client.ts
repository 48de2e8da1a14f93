import * as z from 'zod';

/** What the API said no to, with its problem document. */
export class ApiProblem extends Error {
  readonly status: number;
  readonly problem: unknown;
  constructor(status: number, problem: unknown) {
    super(`${status} ${JSON.stringify(problem)}`);
    this.name = 'ApiProblem';
    this.status = status;
    this.problem = problem;
  }
}

/** The API of a stack, as one person or as nobody. */
export interface ApiClient {
  get<S extends z.ZodType>(path: string, schema: S): Promise<z.output<S>>;
  post<S extends z.ZodType>(path: string, body: unknown, schema: S): Promise<z.output<S>>;
  /** Sends a file as it is. */
  upload<S extends z.ZodType>(path: string, bytes: Uint8Array, type: string, schema: S): Promise<z.output<S>>;
}

async function answer<S extends z.ZodType>(response: Response, schema: S): Promise<z.output<S>> {
  const body: unknown = await response.json().catch(() => undefined);
  if (!response.ok) throw new ApiProblem(response.status, body);
  return schema.parse(body);
}

export function apiClient(baseUrl: string, token?: string): ApiClient {
  const headers = { accept: 'application/json', ...(token && { authorization: `Bearer ${token}` }) };
  const url = (path: string) => `${baseUrl}/api/v1${path}`;
  return {
    get: async (path, schema) => answer(await fetch(url(path), { headers }), schema),
    post: async (path, body, schema) =>
      answer(
        await fetch(url(path), {
          method: 'POST',
          headers: { ...headers, 'content-type': 'application/json', 'idempotency-key': crypto.randomUUID() },
          body: JSON.stringify(body),
        }),
        schema,
      ),
    upload: async (path, bytes, type, schema) =>
      answer(
        await fetch(url(path), {
          method: 'POST',
          headers: { ...headers, 'content-type': type },
          body: new Uint8Array(bytes),
        }),
        schema,
      ),
  };
}

/** What the commands and the demo story read of the API's answers. */
export const Created = z.object({ id: z.string(), trackingUrl: z.string().optional() });
export const AnyAnswer = z.object({}).loose();
