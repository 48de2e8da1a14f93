import type { Context } from 'hono';
import { Hono } from 'hono';
import { assertMay, assertMayEver } from '../../shared/answering/acting.ts';
import { openLink } from '../../shared/case/track.ts';
import { Rejected } from '../../shared/domain/errors.ts';
import type { CaseFile } from '../../shared/store/cases.ts';
import type { Hub } from '../../shared/store/hub.ts';
import { knownAddress } from '../visitor/known-address.ts';
import { inTime } from '../web/in-time.ts';
import { fixedHeaders } from '../web/security-headers.ts';
import { operations } from './areas.ts';
import { readJson } from './body.ts';
import type { Answer, Call } from './call.ts';
import { callerOf } from './caller.ts';
import { languageOf } from './language.ts';
import { openApiDocument } from './openapi/document.ts';
import { apiRoot, type Operation } from './operation.ts';
import { problemOf } from './problem.ts';
import type { VerifyToken } from './token.ts';

/** What the API rests on. */
export interface ApiParts {
  readonly hub: Hub;
  readonly verify: VerifyToken;
  /** the issuer whose tokens {@link verify} takes, for the document */
  readonly issuer: string;
  /** where people reach the hub; left out, what the request came to */
  readonly publicUrl?: string | undefined;
  /** how many proxies before the gateway are trusted; left out, none */
  readonly trustedProxies?: number;
}

const securityHeaders: Readonly<Record<string, string>> = {
  ...fixedHeaders,
  'cache-control': 'no-store',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'strict-transport-security': 'max-age=31536000; includeSubDomains',
  vary: 'Accept-Language, Authorization',
};

function languageFor(c: Context) {
  return languageOf(c.req.query('lang'), c.req.header('accept-language'));
}

function baseOf(request: Request, publicUrl: string | undefined): string {
  if (publicUrl !== undefined) return publicUrl.replace(/\/$/, '');
  const { host, protocol } = new URL(request.url);
  const forwarded = request.headers.get('x-forwarded-proto');
  return `${forwarded === 'http' || forwarded === 'https' ? forwarded : protocol.slice(0, -1)}://${host}`;
}

function respond({ body, headers }: Answer, status = 200): Response {
  const isFile = body instanceof Uint8Array;
  return new Response(isFile ? new Uint8Array(body) : JSON.stringify(body), {
    status,
    headers: { 'content-type': isFile ? 'application/octet-stream' : 'application/json', ...headers },
  });
}

/** The case of the private link in the path. @throws {@link Rejected} `not-found` */
async function linkedFile(
  hub: Hub,
  { access }: Operation,
  secret: string | undefined,
  address: string,
): Promise<CaseFile | undefined> {
  return access === 'link' ? openLink(hub, secret ?? '', { door: 'api', address }) : undefined;
}

/** The API of a hub under `/api/v1`: routing, who calls, problems and headers. What is done is in `areas/`. */
export function createApi(parts: ApiParts): Hono {
  const { hub, verify } = parts;
  const app = new Hono();
  app.use(knownAddress(parts.trustedProxies));
  app.use(async (c, next) => {
    await next();
    for (const [name, value] of Object.entries(securityHeaders))
      if (!c.res.headers.has(name)) c.res.headers.set(name, value);
  });
  app.use(inTime());
  app.onError((error, c) => {
    const unknown = error instanceof Rejected && error.code === 'unauthenticated';
    return problemOf(error, languageFor(c), unknown ? { 'www-authenticate': 'Bearer realm="jieli"' } : {});
  });
  app.notFound((c) => problemOf(new Rejected('not-found'), languageFor(c)));
  for (const [path, methods] of Map.groupBy(Object.values(operations), (one) => one.path)) {
    const pattern = apiRoot + path.replace(/\{(\w+)\}/g, ':$1');
    for (const operation of methods) {
      app.on(operation.method.toUpperCase(), pattern, async (c) => {
        const request = c.req.raw;
        const caller = await callerOf(hub, verify, operation, request.headers, c.get('address'));
        const file = await linkedFile(hub, operation, c.req.param('secret'), c.get('address'));
        const acting = file ? ({ type: 'applicant', caseId: file.subject.id } as const) : caller.acting;
        if (file) assertMay(acting, operation.action, file.subject);
        else assertMayEver(acting, operation.action);
        const call: Call = {
          hub,
          request,
          address: c.get('address'),
          params: c.req.param(),
          query: c.req.query(),
          language: languageFor(c),
          base: baseOf(request, parts.publicUrl),
          ...caller,
          acting,
          action: operation.action,
          ...(file && { file }),
          json: () => readJson(request, operation.request?.optional),
          document: () =>
            openApiDocument({ base: baseOf(request, parts.publicUrl), issuer: parts.issuer, now: Date.now() }),
        };
        return respond(await operation.handle(call), operation.answer.status);
      });
    }
    const known = methods.map(({ method }) => (method === 'get' ? 'GET, HEAD' : 'POST'));
    const allow = [...known, 'OPTIONS'].join(', ');
    app.on('OPTIONS', pattern, () => new Response(null, { status: 204, headers: { allow } }));
    app.all(pattern, (c) => problemOf(new Rejected('method-not-allowed'), languageFor(c), { allow }));
  }
  return app;
}
