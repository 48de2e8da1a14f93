import { setTimeout as sleep } from 'node:timers/promises';
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

/** How often a request is sent whose answer was a fault of the server, and how long is waited before, in milliseconds. */
const TRIES = 5;
const FIRST_WAIT = 300;

/** Sends a request, again while the server has a fault: under one key nothing is done twice. */
async function insist(url: string, init: RequestInit): Promise<Response> {
  for (let tries = 1; ; tries += 1) {
    const response = await fetch(url, init);
    if (response.status < 500 || tries === TRIES) return response;
    await response.body?.cancel();
    await sleep(FIRST_WAIT * 2 ** (tries - 1));
  }
}

/** @param language in which the API says what is wrong */
export function apiClient(baseUrl: string, token?: string, language?: string): ApiClient {
  const headers = {
    accept: 'application/json',
    ...(language && { 'accept-language': language }),
    ...(token && { authorization: `Bearer ${token}` }),
  };
  const url = (path: string) => `${baseUrl}/api/v1${path}`;
  const send = (path: string, type: string, body: string | Uint8Array<ArrayBuffer>) =>
    insist(url(path), {
      method: 'POST',
      headers: { ...headers, 'content-type': type, 'idempotency-key': crypto.randomUUID() },
      body,
    });
  return {
    get: async (path, schema) => answer(await insist(url(path), { headers }), schema),
    post: async (path, body, schema) => answer(await send(path, 'application/json', JSON.stringify(body)), schema),
    upload: async (path, bytes, type, schema) => answer(await send(path, type, new Uint8Array(bytes)), schema),
  };
}

/** What the commands and the demo story read of the API's answers. */
export const Created = z.object({ id: z.string(), trackingUrl: z.string().optional() });
export const AnyAnswer = z.object({}).loose();
