import { z } from 'zod';
import type { AlarmStatus } from '../alarms/index.ts';
import type { Services } from '../deployment/start-services.ts';
import { readFailureMessage } from '../streams/failure-message.ts';
import type { Blueprint } from '../template/blueprint.ts';
import { type Millis, ServiceError } from '../types.ts';

/** How a running stack is: numbers and names of its parts, nothing of what they work on. */
export interface StackStatus {
  readonly now: Millis;
  /** Resident memory of the process. */
  readonly memoryBytes: number;
  readonly functions: readonly {
    readonly name: string;
    readonly invocations: number;
    readonly errors: number;
    readonly throttles: number;
  }[];
  /** What lies in queues, and how much of it are records of streams that were given up. */
  readonly queues: readonly { readonly name: string; readonly messages: number; readonly givenUp: number }[];
  /** Executions that ended in error and were not taken up again, by machine. */
  readonly failedExecutions: readonly { readonly machine: string; readonly count: number }[];
  /** Readers of streams that get no further: how often they have tried. */
  readonly stuckReaders: readonly { readonly functionName: string; readonly attempts: number }[];
  /** How many readers wait before they try again what failed; one that is trying at this moment is stuck and does not wait. */
  readonly waitingReaders: number;
  readonly alarms: readonly AlarmStatus[];
}

/** What became of records that were given to their function again. */
export interface Redriven {
  readonly given: number;
  readonly left: number;
  /** Why the first of those that are left is. */
  readonly why?: string;
}

type Parts = Pick<Services, 'alarms' | 'lambda' | 'queues' | 'states' | 'streams'>;

const listed = z.object({ executions: z.array(z.unknown()) });
/** So many messages of a queue, and executions of a machine, are looked at. */
const MOST = 1_000;

export async function statusOf(blueprint: Blueprint, parts: Parts, now: Millis): Promise<StackStatus> {
  const { alarms, lambda, queues, states, streams } = parts;
  const failed = async (stateMachineArn: string): Promise<number> => {
    const counts = ['FAILED', 'TIMED_OUT', 'ABORTED'].map(async (statusFilter) => {
      const list = await states.call('ListExecutions', { stateMachineArn, statusFilter, maxResults: MOST });
      return listed.parse(list).executions.length;
    });
    return (await Promise.all(counts)).reduce((sum, count) => sum + count, 0);
  };
  const readers = Map.groupBy(
    streams.list().filter(({ attempts }) => attempts > 0),
    ({ source }) => source.functionArn.split(':').at(-1) ?? '',
  );
  return {
    now,
    memoryBytes: process.memoryUsage.rss(),
    functions: lambda.describe().map(({ definition: { name }, invocations, errors, throttles }) => ({
      ...{ name, invocations, errors, throttles },
    })),
    queues: blueprint.queues.map((queue) => {
      const { visible, hidden, delayed } = queues.counts(queue);
      const givenUp = queues.peek(queue, MOST).filter(({ body }) => readFailureMessage(body) !== undefined).length;
      return { name: queue.name, messages: visible + hidden + delayed, givenUp };
    }),
    failedExecutions: await Promise.all(
      blueprint.stateMachines.map(async ({ name, arn }) => ({ machine: name, count: await failed(arn) })),
    ),
    stuckReaders: [...readers].map(([functionName, lanes]) => ({
      functionName,
      attempts: Math.max(...lanes.map(({ attempts }) => attempts)),
    })),
    waitingReaders: streams.list().filter(({ waits }) => waits).length,
    alarms: alarms?.list() ?? [],
  };
}

/** Gives the records of all failure messages to their functions again, the oldest first; goes on after one that fails again. */
export async function redriveAll({ queues: specs }: Blueprint, { queues, streams }: Parts): Promise<Redriven> {
  const reasons: string[] = [];
  let given = 0;
  for (const queue of specs) {
    for (const message of queues.peek(queue, MOST)) {
      if (readFailureMessage(message.body) === undefined) continue;
      try {
        await streams.redrive(message.body);
        queues.removeById(queue, message.id);
        given++;
      } catch (error) {
        if (!(error instanceof ServiceError)) throw error;
        reasons.push(error.message);
      }
    }
  }
  return { given, left: reasons.length, ...(reasons[0] && { why: reasons[0] }) };
}
