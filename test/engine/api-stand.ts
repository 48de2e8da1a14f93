import * as z from 'zod';
import { createApi } from '../../functions/api/app.ts';
import { CaseId, MemberId } from '../../shared/domain/ids.ts';
import type { Hub } from '../../shared/store/hub.ts';
import { carryOn } from './carry-on.ts';
import { startHub } from './hub-stand.ts';
import { aHubOfPeople } from './people.ts';
import { policedTable } from './policed-table.ts';
import { assertPublished } from './published.ts';

export interface Sent {
  /** whose token it comes with: a person of the demo, or any text */
  readonly as?: string;
  /** sent as JSON; bytes and texts as they are */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** where it comes from; nobody says it where this is left out */
  readonly address?: string;
}

export interface Got {
  readonly status: number;
  readonly headers: Headers;
  /** what JSON it was, or the text */
  readonly body: unknown;
}

/** The API on the real engine, with the people and parties of the demo; a token is a person's name. */
export interface ApiStand {
  readonly hub: Hub;
  /** Sends a request and checks that the OpenAPI document promises its answer. */
  call(method: string, path: string, sent?: Sent): Promise<Got>;
  /** As {@link call}, for what must succeed; gives the part of the answer that the schema names. */
  ok<S extends z.ZodType>(method: string, path: string, schema: S, sent?: Sent): Promise<z.output<S>>;
  /** Does what the workflow does until the case waits for somebody again. */
  carryOn(id: string): Promise<void>;
  stop(): Promise<void>;
}

function bodyOf(body: unknown): { body?: string | Uint8Array<ArrayBuffer> | FormData; type?: string } {
  if (body === undefined) return {};
  if (body instanceof FormData) return { body };
  if (body instanceof Uint8Array) return { body: new Uint8Array(body), type: 'application/octet-stream' };
  return { body: typeof body === 'string' ? body : JSON.stringify(body), type: 'application/json' };
}

/** The parts of answers that tests go on with. */
export const Created = z.object({ id: CaseId, trackingUrl: z.string(), stage: z.string() });
export const Tracked = z.object({
  id: CaseId,
  stage: z.string(),
  openTask: z.object({ id: z.string(), outcomes: z.array(z.string()) }).nullable(),
});
export const TaskPage = z.object({
  items: z.array(
    z.object({ id: z.string(), caseId: CaseId, stage: z.string(), outcomes: z.array(z.string()), dueAt: z.string() }),
  ),
  nextCursor: z.string().nullable(),
});

/** Starts everything; takes about a second. */
export async function startApi(): Promise<ApiStand> {
  const { hub, stop } = await startHub(aHubOfPeople);
  const app = createApi({
    hub: { ...hub, table: await policedTable(hub.table, 'api') },
    issuer: 'http://issuer.test',
    publicUrl: 'http://hub.test',
    verify: async (token) => (token.startsWith('not-') ? undefined : MemberId.parse(token)),
  });

  const call = async (method: string, path: string, sent: Sent = {}): Promise<Got> => {
    const { body, type } = bodyOf(sent.body);
    const event = sent.address === undefined ? {} : { requestContext: { http: { sourceIp: sent.address } } };
    const response = await app.request(
      `http://hub.test/api/v1${path}`,
      {
        method,
        ...(body !== undefined && { body }),
        headers: {
          ...(type && { 'content-type': type }),
          ...(sent.as && { authorization: `Bearer ${sent.as}` }),
          ...sent.headers,
        },
      },
      event,
    );
    const text = await response.text();
    const answered = response.headers.get('content-type') ?? '';
    const parsed: unknown = answered.includes('json') && text !== '' ? JSON.parse(text) : text;
    if (['GET', 'POST'].includes(method)) {
      assertPublished(
        method,
        new URL(response.url || `http://hub.test/api/v1${path}`).pathname,
        response.status,
        answered,
        parsed,
      );
    }
    return { status: response.status, headers: response.headers, body: parsed };
  };

  return {
    hub,
    call,
    async ok(method, path, schema, sent) {
      const got = await call(method, path, sent);
      if (got.status >= 300) throw new Error(`${method} ${path}: ${got.status} ${JSON.stringify(got.body)}`);
      return schema.parse(got.body);
    },
    carryOn: async (id) => void (await carryOn(hub, CaseId.parse(id))),
    stop,
  };
}
