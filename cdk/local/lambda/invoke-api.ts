import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { readBody } from '../http-api/read-body.ts';
import { ServiceError } from '../types.ts';
import type { LocalLambda } from './local-lambda.ts';

const INVOKE_PATH = /^\/2015-03-31\/functions\/(?<name>[^/?]+)\/invocations(?:\?(?<query>.*))?$/;
/** Just above Lambda's own limit, so that what is a little larger gets its message and the rest is not kept. */
const MOST_BYTES = 7 * 1024 * 1024;

/** Whether a request is one for Lambda's Invoke. */
export const isInvokePath = (url: string): boolean => INVOKE_PATH.test(url);

async function bodyOf(request: IncomingMessage): Promise<string> {
  const body = await readBody(request, MOST_BYTES);
  if (body === undefined) {
    throw new ServiceError(
      'RequestTooLargeException',
      'Request must be smaller than 6291456 bytes for the InvokeFunction operation',
      413,
    );
  }
  // Without a body the event is null, as if it had been sent so.
  return body.length === 0 ? 'null' : body.toString('utf8');
}

/** The last 4 KB of an invocation's log in base64, as `X-Amz-Log-Type: Tail` asks for. */
async function tailOf(lambda: LocalLambda, name: string, requestId: string): Promise<string> {
  const entries = await lambda.logs(name, { requestId, limit: 200 });
  const text = entries.map((entry) => JSON.stringify(entry)).join('\n');
  return Buffer.from(text).subarray(-4_096).toString('base64');
}

/**
 * Lambda's Invoke over HTTP, for a request that {@link isInvokePath} knows: RequestResponse, Event and DryRun.
 * https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html
 */
export async function handleInvoke(
  lambda: LocalLambda,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { name: encoded = '', query = '' } = INVOKE_PATH.exec(request.url ?? '')?.groups ?? {};
  const qualifier = new URLSearchParams(query).get('Qualifier');
  const name = `${decodeURIComponent(encoded)}${qualifier === null ? '' : `:${qualifier}`}`;
  const type = String(request.headers['x-amz-invocation-type'] ?? 'RequestResponse');
  const answer = (status: number, body: string, headers: Record<string, string> = {}): void => {
    response.writeHead(status, {
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(body),
      'x-amzn-requestid': randomUUID(),
      ...headers,
    });
    response.end(body);
  };
  try {
    lambda.check(name);
    const payload = await bodyOf(request);
    if (type === 'DryRun') return answer(204, '');
    if (type === 'Event') {
      await lambda.invokeAsync(name, payload);
      return answer(202, '');
    }
    const result = await lambda.invoke(name, payload);
    answer(200, result.payload, {
      'x-amzn-requestid': result.requestId,
      'x-amz-executed-version': '$LATEST',
      ...(result.functionError === undefined ? {} : { 'x-amz-function-error': result.functionError }),
      ...(request.headers['x-amz-log-type'] === 'Tail'
        ? { 'x-amz-log-result': await tailOf(lambda, name, result.requestId) }
        : {}),
    });
  } catch (error) {
    if (!(error instanceof ServiceError)) throw error;
    const fault = error.status >= 500 ? 'Service' : 'User';
    answer(error.status, JSON.stringify({ Type: fault, Message: error.message, message: error.message }), {
      'x-amzn-errortype': error.code,
      ...(error.status === 413 ? { connection: 'close' } : {}),
    });
  }
}
