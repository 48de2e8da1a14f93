import { Duration } from 'aws-cdk-lib';
import { JitterType, type RetryProps, type TaskStateBase } from 'aws-cdk-lib/aws-stepfunctions';
import { errorNames } from '../../shared/domain/workflow/contract.ts';

/**
 * Who retries what: this is the only retrier of a stage function. The jitter is full, since what throttles one case
 * throttles a hundred, and they must not come back together.
 *
 * Throttled: the table or a function is at its limit. Tables take some minutes to split, a burst of functions some
 * minutes to grow, so the ten tries last up to ten minutes (2 + 4 + … + 120 seconds), five on average.
 */
const throttled: RetryProps = {
  errors: [errorNames.throttled, 'Lambda.TooManyRequestsException'],
  interval: Duration.seconds(2),
  backoffRate: 2,
  maxDelay: Duration.minutes(2),
  maxAttempts: 10,
  jitterStrategy: JitterType.FULL,
};

/**
 * Retryable: another writer was quicker, or a service stumbled for a moment. A case has few writers, so the second try
 * almost always succeeds; six of them outlast a failover, a minute or so.
 */
const retryable: RetryProps = {
  errors: [errorNames.retryable, 'Lambda.ServiceException', 'Lambda.AWSLambdaException', 'Lambda.SdkClientException'],
  interval: Duration.seconds(1),
  backoffRate: 2,
  maxDelay: Duration.seconds(30),
  maxAttempts: 6,
  jitterStrategy: JitterType.FULL,
};

/**
 * The function ended without an answer: out of memory, out of time, a host that was lost. Once it may be chance; a
 * second time it is the case's own doing, and a person looks.
 */
const crashed: RetryProps = {
  errors: ['Lambda.Unknown', 'Sandbox.Timedout', 'Runtime.ExitError', 'Runtime.OutOfMemory'],
  interval: Duration.seconds(5),
  maxAttempts: 1,
  jitterStrategy: JitterType.FULL,
};

/** Gives a task the retriers of the stage functions; what they do not name is caught by whoever calls this. */
export function retried<T extends TaskStateBase>(task: T): T {
  for (const retry of [throttled, retryable, crashed]) task.addRetry(retry);
  return task;
}
