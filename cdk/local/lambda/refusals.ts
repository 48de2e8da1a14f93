import { ServiceError } from '../types.ts';
import type { Outcome } from './instance.ts';

/** Invoke's limits on the event: https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html */
const REQUEST_BYTES = { RequestResponse: 6 * 1024 * 1024, Event: 1024 * 1024 } as const;
/** A synchronous response may be a little larger than 6 MB. */
const RESPONSE_BYTES = 6_291_556;

/** What a caller gets instead of a response that is larger. */
const responseTooLarge = {
  errorType: 'Function.ResponseSizeTooLarge',
  errorMessage: `Response payload size exceeded maximum allowed payload size (${RESPONSE_BYTES} bytes).`,
} as const;

/** The outcome of a call, or a failure in its place when it is larger than Lambda passes on. */
export function withinLimit<T extends Outcome>(outcome: T): T {
  if (outcome.failure !== undefined || Buffer.byteLength(outcome.payload) <= RESPONSE_BYTES) return outcome;
  return { ...outcome, status: 'error', failure: responseTooLarge, payload: JSON.stringify(responseTooLarge) };
}

/** Throws what Lambda answers to an event that is too large or not JSON. */
export function refusePayload(payload: string, invocation: 'RequestResponse' | 'Event'): void {
  const bytes = Buffer.byteLength(payload);
  const limit = REQUEST_BYTES[invocation];
  if (bytes > limit) {
    throw new ServiceError(
      'RequestTooLargeException',
      `${bytes} byte payload is too large for the ${invocation} invocation type (limit ${limit} bytes)`,
      413,
    );
  }
  try {
    JSON.parse(payload);
  } catch (error) {
    throw new ServiceError(
      'InvalidRequestContentException',
      `Could not parse request body into json: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
}

export const noSuchFunction = (arn: string): ServiceError =>
  new ServiceError('ResourceNotFoundException', `Function not found: ${arn}`, 404, { fields: { Type: 'User' } });

/** https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html: whose limit it was, and when to come again. */
export const throttled = (limit: 'function' | 'account'): ServiceError =>
  new ServiceError('TooManyRequestsException', 'Rate Exceeded.', 429, {
    fields: {
      Reason: `${limit === 'function' ? 'ReservedFunctionConcurrent' : 'Concurrent'}InvocationLimitExceeded`,
      Type: 'User',
    },
    headers: { 'retry-after': '1' },
  });
