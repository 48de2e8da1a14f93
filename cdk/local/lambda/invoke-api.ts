import type { IncomingHttpHeaders } from 'node:http';
import { ServiceError } from '../types.ts';
import type { LocalLambda } from './local-lambda.ts';

const INVOKE_PATH = /^\/2015-03-31\/functions\/(?<name>[^/?]+)\/invocations(?:\?(?<query>.*))?$/;
const LARGEST = 6 * 1024 * 1024;

/** The function, with its qualifier, that a request's address invokes; undefined when it is none of Invoke. */
export function invokedFunction(url: string): string | undefined {
  const groups = INVOKE_PATH.exec(url)?.groups;
  if (groups === undefined) return undefined;
  const qualifier = new URLSearchParams(groups.query ?? '').get('Qualifier');
  return `${decodeURIComponent(groups.name ?? '')}${qualifier === null ? '' : `:${qualifier}`}`;
}

/** The last 4 KB of an invocation's log in base64, as `X-Amz-Log-Type: Tail` asks for. */
async function tailOf(lambda: LocalLambda, name: string, requestId: string): Promise<string> {
  const entries = await lambda.logs(name, { requestId, limit: 200 });
  const text = entries.map((entry) => JSON.stringify(entry)).join('\n');
  return Buffer.from(text).subarray(-4_096).toString('base64');
}

export interface InvokeAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/**
 * Lambda's Invoke: RequestResponse, Event and DryRun. Throws ServiceError for what Lambda refuses.
 * https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html
 */
export async function answerInvoke(
  lambda: LocalLambda,
  name: string,
  asked: IncomingHttpHeaders,
  body: Buffer,
): Promise<InvokeAnswer> {
  lambda.check(name);
  if (body.length > LARGEST) {
    const message = `Request must be smaller than ${LARGEST} bytes for the InvokeFunction operation`;
    throw new ServiceError('RequestTooLargeException', message, 413);
  }
  // without a body the event is null, as if it had been sent so
  const payload = body.length === 0 ? 'null' : body.toString('utf8');
  const headers = { 'content-type': 'application/json' };
  if (asked['x-amz-client-context'] !== undefined) {
    throw new ServiceError('InvalidParameterValueException', 'The local cloud hands no ClientContext on.');
  }
  const type = asked['x-amz-invocation-type'] ?? 'RequestResponse';
  switch (type) {
    case 'DryRun':
      return { status: 204, headers, body: '' };
    case 'Event':
      await lambda.invokeAsync(name, payload);
      return { status: 202, headers, body: '' };
    case 'RequestResponse':
      break;
    default:
      throw new ServiceError(
        'ValidationException',
        `Value '${type}' at 'invocationType' failed to satisfy constraint: Member must satisfy enum value set: [Event, RequestResponse, DryRun]`,
      );
  }
  const result = await lambda.invoke(name, payload);
  return {
    status: 200,
    headers: {
      ...headers,
      'x-amzn-requestid': result.requestId,
      'x-amz-executed-version': '$LATEST',
      ...(result.functionError && { 'x-amz-function-error': result.functionError }),
      ...(asked['x-amz-log-type'] === 'Tail' && { 'x-amz-log-result': await tailOf(lambda, name, result.requestId) }),
    },
    body: result.payload,
  };
}
