import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Millis } from '../types.ts';
import type { HttpResponse } from './function-response.ts';

/** What a function may not set: it belongs to the connection, or is counted here. */
const OWN_HEADERS = new Set([
  'connection',
  'content-length',
  'date',
  'keep-alive',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);
const BODILESS = new Set([204, 304]);

/** Sends a response as the gateway would: date of the local clock, its own request id, no body where none may be. */
export function send(
  request: IncomingMessage,
  response: ServerResponse,
  { status, headers, cookies, body }: HttpResponse,
  { requestId, now, close }: { readonly requestId: string; readonly now: Millis; readonly close: boolean },
): void {
  response.statusCode = status;
  for (const [name, value] of Object.entries(headers)) if (!OWN_HEADERS.has(name)) response.setHeader(name, value);
  if (cookies.length > 0) response.setHeader('set-cookie', [...cookies]);
  response.setHeader('date', new Date(now).toUTCString());
  response.setHeader('apigw-requestid', requestId);
  if (close) response.setHeader('connection', 'close');
  const bodiless = BODILESS.has(status);
  if (!bodiless) response.setHeader('content-length', body.length);
  response.end(bodiless || request.method === 'HEAD' ? undefined : body);
}
