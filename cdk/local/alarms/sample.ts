import { z } from 'zod';
import type { Services } from '../deployment/start-services.ts';
import type { Blueprint } from '../template/blueprint.ts';
import type { Millis } from '../types.ts';
import type { Metrics } from './metrics.ts';

const listed = z.object({ executions: z.array(z.object({ stopDate: z.number().optional() })) });
const ends = { FAILED: 'ExecutionsFailed', TIMED_OUT: 'ExecutionsTimedOut', ABORTED: 'ExecutionsAborted' } as const;

export interface Sampler {
  /** Measures what has happened since the last time. */
  sample(): Promise<void>;
}

/** Measures a running stack under the names that CloudWatch has for its services. */
export function createSampler(
  { stateMachines, queues }: Blueprint,
  { lambda, queues: store, states, streams }: Pick<Services, 'lambda' | 'queues' | 'states' | 'streams'>,
  metrics: Metrics,
  now: () => Millis,
): Sampler {
  const before = new Map<string, { invocations: number; errors: number; throttles: number }>();
  /** Since when a reader of a stream gets no further. */
  const stuckSince = new Map<string, Millis>();
  let last = now();

  const functions = (): void => {
    for (const { definition, invocations, errors, throttles } of lambda.describe()) {
      const key = (name: string) => `AWS/Lambda ${name} FunctionName=${definition.name}`;
      const known = before.get(definition.name) ?? { invocations: 0, errors: 0, throttles: 0 };
      if (invocations > known.invocations) {
        metrics.add(key('Invocations'), invocations - known.invocations);
        metrics.add(key('Errors'), errors - known.errors);
      }
      metrics.add(key('Throttles'), throttles - known.throttles);
      before.set(definition.name, { invocations, errors, throttles });
    }
  };

  const readers = (): void => {
    for (const { source, shardId, attempts, position } of streams.list()) {
      const name = `${source.id} ${shardId} ${position ?? ''}`;
      if (attempts === 0) stuckSince.delete(name);
      else if (!stuckSince.has(name)) stuckSince.set(name, now());
      const since = stuckSince.get(name);
      const functionName = source.functionArn.split(':').at(-1);
      metrics.add(`AWS/Lambda IteratorAge FunctionName=${functionName}`, since === undefined ? 0 : now() - since);
    }
  };

  const executions = async (from: Millis): Promise<void> => {
    for (const { arn } of stateMachines) {
      for (const [statusFilter, name] of Object.entries(ends)) {
        const list = await states.call('ListExecutions', { stateMachineArn: arn, statusFilter, maxResults: 1_000 });
        const ended = listed.parse(list).executions.filter(({ stopDate = 0 }) => stopDate * 1_000 > from);
        metrics.add(`AWS/States ${name} StateMachineArn=${arn}`, ended.length);
      }
    }
  };

  return {
    async sample() {
      const from = last;
      last = now();
      functions();
      readers();
      for (const queue of queues) {
        const { visible } = store.counts(queue);
        metrics.add(`AWS/SQS ApproximateNumberOfMessagesVisible QueueName=${queue.name}`, visible);
      }
      await executions(from);
    },
  };
}
