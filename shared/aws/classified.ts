import { Retryable, Throttled } from '../domain/errors.ts';

/** What a connection that broke, or never came about, is called. */
const NETWORK = /^(ECONN|EPIPE|ETIMEDOUT|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH)/;
const STUMBLED =
  /^(TimeoutError|NetworkingError|RequestTimeout|TransactionInProgressException|TransactionConflictException)/;
const SLOW_DOWN = /Throttl|ProvisionedThroughputExceeded|RequestLimitExceeded|TooManyRequests/;

/**
 * What an AWS client threw, as the class that says who tries again: {@link Throttled} when the service said "slow
 * down", {@link Retryable} when it or the way to it stumbled. Anything else is given back as it is.
 */
export function classified(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  if (SLOW_DOWN.test(error.name)) return new Throttled(error.name, { cause: error });
  const fault = '$fault' in error ? error.$fault : undefined;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  if (fault === 'server' || STUMBLED.test(error.name) || NETWORK.test(code)) {
    return new Retryable(error.name, { cause: error });
  }
  return error;
}
