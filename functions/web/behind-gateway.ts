import type { Env, Hono } from 'hono';
import {
  type APIGatewayProxyResult,
  defaultIsContentTypeBinary,
  handle,
  type LambdaContext,
  type LambdaEvent,
} from 'hono/aws-lambda';

/** Methods that no `Request` can have; no route has them either. */
const IMPOSSIBLE = /^(connect|trace|track)$/i;

/** A step up, which an address parser would take however it is spelt. */
const DOTS = /^(\.|%2e){1,2}$/i;
const NOWHERE = '/%252E';

/**
 * The gateway decodes the path, and an address parser then trims spaces, cuts at `#` and turns `\` round. Encoded again,
 * each character of the path is what it was: an address with something behind it is another address.
 */
function encodedPath(path: string): string {
  const parts = path.toWellFormed().split('/');
  if (parts[0] !== '' || parts.some((part) => DOTS.test(part))) return NOWHERE;
  return parts.map(encodeURIComponent).join('/');
}

function faithful(event: LambdaEvent): LambdaEvent {
  const { requestContext } = event;
  if (!('rawPath' in event) || !('http' in requestContext)) return event;
  const { http } = requestContext;
  const method = IMPOSSIBLE.test(http.method) ? `NO-${http.method}` : http.method;
  return {
    ...event,
    rawPath: encodedPath(event.rawPath),
    requestContext: { ...requestContext, http: { ...http, method } },
  };
}

/** A CSV goes as bytes: read as a text it loses its byte order mark, without which Excel takes it for another encoding. */
function isBinary(type: string): boolean {
  return type.startsWith('text/csv') || defaultIsContentTypeBinary(type);
}

/** An app as a function behind an HTTP API: whatever the gateway hands on, the app itself answers, with its headers. */
export function behindGateway<E extends Env>(
  app: Hono<E>,
): (event: LambdaEvent, context?: LambdaContext) => Promise<APIGatewayProxyResult> {
  const answer = handle(app, { isContentTypeBinary: isBinary });
  return (event, context) => answer(faithful(event), context);
}
