import { validateHeaderName, validateHeaderValue } from 'node:http';

/** What goes to the client. */
export interface HttpResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly cookies: readonly string[];
  readonly body: Buffer;
  /** whether no function said it */
  readonly isOwn?: true;
}

/** An answer of the gateway itself. */
export function gatewayMessage(status: number, message: string, headers: Record<string, string> = {}): HttpResponse {
  const body = Buffer.from(JSON.stringify({ message }));
  return { status, headers: { 'content-type': 'application/json', ...headers }, cookies: [], body, isOwn: true };
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Whether a header can be put on the wire at all. */
function isSendable(name: string, value: string): boolean {
  try {
    validateHeaderName(name);
    validateHeaderValue(name, value);
    return true;
  } catch {
    return false;
  }
}

function textHeaders(value: unknown): Record<string, string> | undefined {
  if (value === undefined || value === null) return {};
  if (!isRecord(value)) return undefined;
  const headers: Record<string, string> = {};
  for (const [name, content] of Object.entries(value)) {
    if (!['string', 'number', 'boolean'].includes(typeof content)) return undefined;
    if (!isSendable(name, String(content))) return undefined;
    headers[name.toLowerCase()] = String(content);
  }
  return headers;
}

const isCookies = (value: unknown): value is readonly string[] =>
  Array.isArray(value) && value.every((item) => typeof item === 'string' && isSendable('set-cookie', item));

/**
 * What a function's result means to an HTTP API with payload 2.0: with a `statusCode` a response, without one the body
 * of a 200. Undefined when it is no response at all: the client gets a 500.
 */
export function readFunctionResponse(payload: string): HttpResponse | undefined {
  let result: unknown;
  try {
    result = JSON.parse(payload);
  } catch {
    result = payload;
  }
  if (!isRecord(result) || !('statusCode' in result)) {
    const body = Buffer.from(typeof result === 'string' ? result : payload);
    return { status: 200, headers: { 'content-type': 'application/json' }, cookies: [], body };
  }
  const { statusCode, body, isBase64Encoded, cookies = [] } = result;
  const headers = textHeaders(result.headers);
  const status = Number(statusCode);
  // After a status below 200 a client waits for the answer itself.
  const valid = Number.isInteger(status) && status >= 200 && status <= 599 && typeof statusCode !== 'boolean';
  if (!valid || headers === undefined || !isCookies(cookies)) return undefined;
  if (body !== undefined && body !== null && typeof body !== 'string') return undefined;
  return {
    status,
    headers: { 'content-type': 'text/plain;charset=UTF-8', ...headers },
    cookies,
    body: Buffer.from(body ?? '', isBase64Encoded === true ? 'base64' : 'utf8'),
  };
}
