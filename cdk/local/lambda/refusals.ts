import { ServiceError } from '../types.ts';

/** Invoke's limits on the event: https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html */
const REQUEST_BYTES = { RequestResponse: 6 * 1024 * 1024, Event: 1024 * 1024 } as const;
/** A synchronous response may be a little larger than 6 MB. */
export const RESPONSE_BYTES = 6_291_556;

/** What a caller gets instead of a response that is larger. */
export const responseTooLarge = {
  errorType: 'Function.ResponseSizeTooLarge',
  errorMessage: `Response payload size exceeded maximum allowed payload size (${RESPONSE_BYTES} bytes).`,
} as const;

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
