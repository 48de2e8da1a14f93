import { randomBytes, randomUUID } from 'node:crypto';
import { type InvokeResult, type LambdaService, type Millis, ServiceError } from '../../types.ts';
import { byteLength, isObject, type JsonObject } from '../json.ts';
import { type Payload, readPayload, writePayload } from '../payload.ts';
import type { Answer, Failure, TaskDoing } from './run.ts';

/** Decides whether the role may do this; throws {@link ServiceError} when it may not. */
export type Authorize = (roleArn: string, action: string, resource: string) => void;

interface Call {
  readonly task: TaskDoing;
  readonly roleArn: string;
  readonly functionArn: string;
}

/** Calls the function and puts what comes of it into the terms of the task. Never throws. */
export async function callFunction(
  lambda: LambdaService,
  authorize: Authorize | undefined,
  call: Call,
  now: () => Millis,
): Promise<Answer> {
  const { task } = call;
  const { payload = '{}', plain = false } = task;
  try {
    authorize?.(call.roleArn, 'lambda:InvokeFunction', call.functionArn);
    if (task.asynchronous) {
      await lambda.invokeAsync(task.functionName, payload);
      return { from: 'call', output: integrationResult('', 202, now()) };
    }
    const result = await lambda.invoke(task.functionName, payload);
    if (result.functionError !== undefined) return { from: 'call', failure: functionFailure(result, plain) };
    const output = plain ? parsedOrText(result.payload) : integrationResult(result.payload, 200, now());
    return { from: 'call', output };
  } catch (error) {
    return { from: 'call', failure: serviceFailure(error) };
  }
}

/** A function that gives nothing gives null; one whose bytes are no JSON is passed on as text. */
function parsedOrText(payload: string): Payload {
  if (payload === '') return writePayload(null);
  try {
    return readPayload(payload);
  } catch {
    return writePayload(payload);
  }
}

/** What `lambda:invoke` gives: the payload among what the SDK call told, as AWS records it. */
function integrationResult(payload: string, status: number, now: Millis): Payload {
  const id = randomUUID();
  const trace = `root=1-${Math.floor(now / 1000).toString(16)}-${randomBytes(12).toString('hex')};parent=${randomBytes(8).toString('hex')};sampled=0`;
  const headers: Record<string, string> = {
    ...(status === 200 && { 'X-Amz-Executed-Version': '$LATEST' }),
    'x-amzn-Remapped-Content-Length': '0',
    Connection: 'keep-alive',
    'x-amzn-RequestId': id,
    'Content-Length': String(byteLength(payload)),
    Date: new Date(now).toUTCString(),
    'X-Amzn-Trace-Id': trace,
    'Content-Type': 'application/json',
  };
  const all = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value]]));
  const given = payload === '' && status === 202 ? writePayload('') : parsedOrText(payload);
  const result: JsonObject = {
    ...(status === 200 && { ExecutedVersion: '$LATEST' }),
    Payload: given.value,
    SdkHttpMetadata: { AllHttpHeaders: all, HttpHeaders: headers, HttpStatusCode: status },
    SdkResponseMetadata: { RequestId: id },
    StatusCode: status,
  };
  return writePayload(result, given.longs);
}

/** The error a function raised: its type is the error's name, its whole payload the cause. */
function functionFailure(result: InvokeResult, plain: boolean): Failure {
  const { value: payload } = parsedOrText(result.payload);
  const type = isObject(payload) ? payload.errorType : undefined;
  if (typeof type !== 'string' || type === '') {
    const cause = `The cause could not be determined because Lambda did not return an error type. Returned payload: ${result.payload}`;
    return { error: 'Lambda.Unknown', cause };
  }
  return { error: type, cause: plain ? result.payload : JSON.stringify(payload) };
}

/** What the Lambda service refused. AccessDenied has no name of its own in Step Functions. */
function serviceFailure(error: unknown): Failure {
  if (!(error instanceof ServiceError)) {
    return { error: 'Lambda.SdkClientException', cause: error instanceof Error ? error.message : String(error) };
  }
  const denied = error.code === 'AccessDeniedException' || error.code === 'AccessDenied';
  const status = denied ? 403 : error.status;
  const code = denied ? 'AccessDeniedException' : error.code;
  return {
    error: `Lambda.${denied ? 'AWSLambdaException' : error.code}`,
    cause: `${error.message} (Service: AWSLambda; Status Code: ${status}; Error Code: ${code}; Request ID: ${randomUUID()}; Proxy: null)`,
  };
}
