import type { Sqs } from '../sqs/index.ts';
import type { LambdaService } from '../types.ts';
import type { Faults } from './faults.ts';

/**
 * What services of AWS call for a stack without coming to its endpoint: the API, state machines, streams and schedules
 * invoke functions, what they give up goes to queues. Faults hit these calls too, as `lambda` `Invoke` and `sqs`
 * `SendMessage`.
 */
async function hit<T>(
  faults: Faults,
  service: string,
  operation: string,
  target: string,
  call: () => Promise<T>,
): Promise<T> {
  const fault = faults.take(service, operation, target);
  if (fault?.afterEffect === false) throw fault.error;
  const result = await call();
  if (fault !== undefined) throw fault.error;
  return result;
}

export function faultyLambda(lambda: LambdaService, faults: Faults): LambdaService {
  return {
    invoke: (name, payload) => hit(faults, 'lambda', 'Invoke', name, () => lambda.invoke(name, payload)),
    invokeAsync: (name, payload) => hit(faults, 'lambda', 'Invoke', name, () => lambda.invokeAsync(name, payload)),
  };
}

export function faultySqs(sqs: Sqs, faults: Faults): Sqs {
  return {
    ...sqs,
    send: (caller, arn, message) => hit(faults, 'sqs', 'SendMessage', arn, () => sqs.send(caller, arn, message)),
  };
}
