import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { JSONWebKeySet } from 'jose';
import { isDebugged } from '../debugged.ts';
import type { Clock, InvokeResult, LambdaService } from '../types.ts';
import { ServiceError } from '../types.ts';
import { corsHeaders, withoutCorsHeaders } from './cors.ts';
import type { HttpApiDefinition, RouteDefinition } from './definition.ts';
import { gatewayMessage, type HttpResponse, readFunctionResponse } from './function-response.ts';
import { createJwtAuthorizer } from './jwt-authorizer.ts';
import { payloadEvent } from './payload-event.ts';
import { type Pace, readBody, SLOWEST } from './read-body.ts';
import { parseTarget } from './request-target.ts';
import { createRouteTable } from './route-table.ts';
import { send } from './send.ts';
import { createTokenBucket } from './token-bucket.ts';

export type { HttpApiDefinition } from './definition.ts';

export interface HttpApiOptions {
  readonly api: HttpApiDefinition;
  readonly lambda: LambdaService;
  readonly clock: Clock;
  /** Where clients reach the API, if that is not the address it listens on: behind a proxy that ends TLS. */
  readonly publicUrl?: string;
  /** The keys of an issuer that is in this process: nothing need be fetched from it. Undefined for any other. */
  keysOf?(issuer: string): JSONWebKeySet | undefined;
  /**
   * Pages of the app for what the gateway answers by itself, by status, as a proxy in front would show them to whoever asks for
   * HTML. API Gateway itself has none: its answers are JSON.
   */
  readonly errorPages?: Readonly<Record<number, string>>;
  /** How slowly bodies may come; as slowly as poor lines do, if it is not said. */
  readonly slowest?: Pace;
}

/** An HTTP API at the root of a server. */
export interface HttpApi {
  /** Answers the request. Never rejects for what a client or a function did. */
  handle(request: IncomingMessage, response: ServerResponse): Promise<void>;
}

/** "Total combined size of request line and header values" (quotas of HTTP APIs). */
const MOST_HEAD_BYTES = 10_240;
/** "Payload size: 10 MB" (the same page). */
const MOST_BODY_BYTES = 10 * 1024 * 1024;
const INTEGRATION_TIMEOUT_MS = 30_000;
/** The account's limit of a region, where a stage names none. */
const ACCOUNT_THROTTLING = { burst: 5_000, rate: 10_000 };

const FAILED = gatewayMessage(500, 'Internal Server Error');

function headBytes(request: IncomingMessage): number {
  const values = request.rawHeaders.filter((_, index) => index % 2 === 1);
  return [request.method ?? '', request.url ?? '', ...values].reduce((sum, text) => sum + Buffer.byteLength(text), 0);
}

/** The function's answer, or undefined when it has not answered in time. */
async function within<T>(limitMs: number, work: Promise<T>): Promise<T | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => isDebugged() || resolve(undefined), limitMs);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

async function integrate(lambda: LambdaService, route: RouteDefinition, event: unknown): Promise<HttpResponse> {
  let result: InvokeResult | undefined;
  try {
    const invocation = lambda.invoke(route.functionArn, JSON.stringify(event));
    result = await within(route.timeoutMs ?? INTEGRATION_TIMEOUT_MS, invocation);
  } catch (error) {
    if (!(error instanceof ServiceError)) throw error;
    if (error.status === 413) return gatewayMessage(413, 'Request Entity Too Large');
    return error.status === 429 ? gatewayMessage(503, 'Service Unavailable') : FAILED;
  }
  if (result === undefined) return gatewayMessage(503, 'Service Unavailable');
  if (result.functionError !== undefined) return FAILED;
  return readFunctionResponse(result.payload) ?? FAILED;
}

/** Serves the API that the definition describes. Throws for what an HTTP API would not take. */
export function createHttpApi(options: HttpApiOptions): HttpApi {
  const { api, lambda, clock, publicUrl, keysOf, errorPages = {}, slowest = SLOWEST } = options;
  const table = createRouteTable(api.routes);
  const stageBucket = createTokenBucket(api.throttling ?? ACCOUNT_THROTTLING);
  const guards = new Map(
    api.routes.map((route) => [
      route,
      {
        bucket: route.throttling === undefined ? stageBucket : createTokenBucket(route.throttling),
        authorize:
          route.authorizer === undefined
            ? undefined
            : createJwtAuthorizer(route.authorizer, keysOf?.(route.authorizer.issuer)),
      },
    ]),
  );
  const base = publicUrl === undefined ? undefined : new URL(publicUrl);
  const scheme = base?.protocol.replace(':', '') ?? 'http';
  const portOf = (request: IncomingMessage): number =>
    base === undefined ? (request.socket.localPort ?? 80) : Number(base.port) || (scheme === 'https' ? 443 : 80);

  const isPreflight = ({ method, headers }: IncomingMessage): boolean =>
    method === 'OPTIONS' && headers.origin !== undefined && headers['access-control-request-method'] !== undefined;

  const answer = async (request: IncomingMessage, requestId: string): Promise<HttpResponse> => {
    if (headBytes(request) > MOST_HEAD_BYTES) return gatewayMessage(431, 'Request Header Fields Too Large');
    const target = parseTarget(request.url ?? '/');
    const match = table.match(request.method ?? 'GET', target.rawPath);
    // A route that takes OPTIONS comes before the gateway's own answer to a preflight.
    if (match === undefined && api.cors !== undefined && isPreflight(request)) {
      return { status: 204, headers: {}, cookies: [], body: Buffer.alloc(0) };
    }
    if (match === undefined) return gatewayMessage(404, 'Not Found');
    const guard = guards.get(match.route);
    if (guard?.bucket(clock.now()) === false) return gatewayMessage(429, 'Too Many Requests');
    const scopes = match.route.authorizationScopes ?? [];
    const decision = await guard?.authorize?.({ request, target, scopes, now: clock.now() });
    if (decision !== undefined && 'refusal' in decision) return decision.refusal;
    const body = await readBody(request, MOST_BODY_BYTES, slowest);
    if (body === 'too large') return gatewayMessage(413, 'Request Entity Too Large');
    if (body === 'too slow') return gatewayMessage(408, 'Request Timeout');
    const event = payloadEvent({
      api,
      request,
      target,
      match,
      body,
      requestId,
      ...(decision === undefined ? {} : { authorizer: decision.context }),
      now: clock.now(),
      scheme,
      port: portOf(request),
    });
    return integrate(lambda, match.route, event);
  };

  /** The app's page for an answer of the gateway's own; the answer as it is where there is none. */
  const shown = async (request: IncomingMessage, requestId: string, own: HttpResponse): Promise<HttpResponse> => {
    const path = errorPages[own.status];
    const match = path === undefined ? undefined : table.match('GET', path);
    if (path === undefined || match === undefined || !(request.headers.accept ?? '').includes('text/html')) return own;
    const event = payloadEvent({
      api,
      request,
      method: 'GET',
      target: parseTarget(path),
      match,
      body: Buffer.alloc(0),
      requestId,
      now: clock.now(),
      scheme,
      port: portOf(request),
    });
    const page = await integrate(lambda, match.route, event);
    return page.isOwn ? own : { ...page, status: own.status };
  };

  const withCors = (request: IncomingMessage, response: HttpResponse): HttpResponse => {
    if (api.cors === undefined) return response;
    const added = corsHeaders(api.cors, request.headers.origin, isPreflight(request));
    return { ...response, headers: { ...withoutCorsHeaders(response.headers), ...added } };
  };

  return {
    async handle(request, response) {
      // The gateway's own form of a request id, as in its apigw-requestid header.
      const requestId = `${randomBytes(11).toString('base64url').slice(0, 15)}=`;
      // Not the path: that may hold what only the client should know.
      const done = clock.busy(`HTTP request ${requestId}`);
      try {
        const answered = await answer(request, requestId);
        const result = withCors(request, answered.isOwn ? await shown(request, requestId, answered) : answered);
        send(request, response, result, {
          requestId,
          now: clock.now(),
          close: [408, 413].includes(result.status) && !request.complete,
        });
      } catch (error) {
        // The client went away while it sent its body: there is nobody to answer.
        if (!request.socket.destroyed) throw error;
      } finally {
        done();
      }
    },
  };
}
