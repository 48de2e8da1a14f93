import { randomBytes } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { HttpApiDefinition } from './definition.ts';
import type { RequestTarget } from './request-target.ts';
import type { RouteMatch } from './route-table.ts';

/** What a JWT authorizer hands on: claims as text, and the scopes that the route asks for. */
export interface AuthorizerContext {
  readonly jwt: { readonly claims: Readonly<Record<string, string>>; readonly scopes: readonly string[] | null };
}

export interface EventSource {
  readonly api: HttpApiDefinition;
  readonly request: IncomingMessage;
  /** left out, the request's */
  readonly method?: string;
  readonly target: RequestTarget;
  readonly match: RouteMatch;
  readonly body: Buffer;
  readonly requestId: string;
  readonly authorizer?: AuthorizerContext;
  readonly now: number;
  /** How clients reach the API: `https` and 443 behind a proxy that ends TLS. */
  readonly scheme: string;
  readonly port: number;
}

/** These are between two hops and not handed on. */
const HOP_BY_HOP = new Set([
  'connection',
  'keep-alive',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'expect',
]);
/** Only these bodies come as text; everything else, forms and no type at all included, in base64 (observed). */
const TEXT_TYPES = /^(text\/.*|application\/(json|javascript|xml))$/;

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** As in access logs: 12/Mar/2020:19:03:58 +0000. */
function accessLogTime(now: number): string {
  const iso = new Date(now).toISOString();
  return `${iso.slice(8, 10)}/${MONTHS[Number(iso.slice(5, 7)) - 1]}/${iso.slice(0, 4)}:${iso.slice(11, 19)} +0000`;
}

function headersOf(request: IncomingMessage): { headers: Record<string, string>; cookies: string[] } {
  const headers: Record<string, string> = {};
  const cookies: string[] = [];
  for (let index = 0; index < request.rawHeaders.length; index += 2) {
    const name = (request.rawHeaders[index] ?? '').toLowerCase();
    const value = request.rawHeaders[index + 1] ?? '';
    if (name === 'cookie')
      cookies.push(
        ...value
          .split(';')
          .map((cookie) => cookie.trim())
          .filter((cookie) => cookie !== ''),
      );
    else if (!HOP_BY_HOP.has(name)) headers[name] = Object.hasOwn(headers, name) ? `${headers[name]},${value}` : value;
  }
  return { headers, cookies };
}

/** An address without the IPv6 clothes that an IPv4 client gets on a dual socket. */
const plainAddress = (address: string | undefined): string => (address ?? '').replace(/^::ffff:/, '');

const isText = (headers: Record<string, string>): boolean => {
  const [type = ''] = (headers['content-type'] ?? '').split(';');
  return TEXT_TYPES.test(type.trim().toLowerCase()) && headers['content-encoding'] === undefined;
};

/**
 * The event of payload format 2.0 for a request.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html
 */
export function payloadEvent(source: EventSource): unknown {
  const { api, request, target, match, body, requestId, authorizer, now, scheme, port } = source;
  const { headers, cookies } = headersOf(request);
  const sourceIp = plainAddress(request.socket.remoteAddress);
  const host = headers.host ?? 'localhost';
  const forwarded = headers['x-forwarded-for'];
  headers['x-forwarded-for'] = forwarded === undefined ? sourceIp : `${forwarded}, ${sourceIp}`;
  headers['x-forwarded-proto'] = scheme;
  headers['x-forwarded-port'] = String(port);
  headers['x-amzn-trace-id'] ??= `Root=1-${Math.floor(now / 1_000).toString(16)}-${randomBytes(12).toString('hex')}`;
  headers['content-length'] = String(body.length);
  const text = isText(headers);
  return {
    version: '2.0',
    routeKey: match.route.routeKey,
    rawPath: target.rawPath,
    rawQueryString: target.rawQueryString,
    ...(cookies.length === 0 ? {} : { cookies }),
    headers,
    ...(target.rawQueryString === '' ? {} : { queryStringParameters: target.query }),
    requestContext: {
      accountId: api.accountId,
      apiId: api.apiId,
      ...(authorizer === undefined ? {} : { authorizer }),
      domainName: host,
      domainPrefix: host.split(/[.:]/)[0],
      http: {
        method: source.method ?? request.method,
        path: target.rawPath,
        protocol: `HTTP/${request.httpVersion}`,
        sourceIp,
        userAgent: headers['user-agent'] ?? '',
      },
      requestId,
      routeKey: match.route.routeKey,
      stage: api.stage,
      time: accessLogTime(now),
      timeEpoch: now,
    },
    ...(body.length === 0 ? {} : { body: body.toString(text ? 'utf8' : 'base64') }),
    ...(Object.keys(match.pathParameters).length === 0 ? {} : { pathParameters: match.pathParameters }),
    isBase64Encoded: body.length > 0 && !text,
    ...(api.stageVariables === undefined ? {} : { stageVariables: api.stageVariables }),
  };
}
