import type { DatabaseSync } from 'node:sqlite';
import type { EngineClient } from '../dynamodb/engine-client.ts';
import type { Sqs } from '../sqs/index.ts';
import type { QueueStore } from '../sqs/queue-store.ts';
import { createStreams, type Streams } from '../streams/index.ts';
import { createPositions } from '../streams/positions.ts';
import { createQueuePoller } from '../streams/queue-poller.ts';
import type { Blueprint } from '../template/blueprint.ts';
import { TemplateError } from '../template/template-error.ts';
import type { Clock, LambdaService } from '../types.ts';
import type { Roles } from './roles.ts';

export interface ReadersOptions {
  readonly blueprint: Blueprint;
  readonly database: DatabaseSync;
  readonly clock: Clock;
  readonly lambda: LambdaService;
  readonly roles: Roles;
  readonly sqs: Sqs;
  readonly queues: QueueStore;
  readonly engine: EngineClient;
  say(line: string): void;
}

/** All who read streams and queues for functions. */
export interface Readers {
  readonly streams: Streams;
  /** A message has come to a queue. */
  wakeQueue(queueArn: string): void;
  start(): Promise<void>;
  stop(): void;
}

/** Sets up the event source mappings of a stack. */
export function createReaders(options: ReadersOptions): Readers {
  const { blueprint, clock, lambda, queues: store, roles, say, sqs } = options;
  const { region } = blueprint;
  const streams = createStreams({
    sources: blueprint.eventSources.filter((source) => source.sourceArn.includes(':dynamodb:')),
    tables: blueprint.tables,
    engine: options.engine,
    positions: createPositions(options.database),
    clock,
    lambda,
    region,
    callerOf: roles.functionCaller,
    async sendFailure(caller, destinationArn, body) {
      await sqs.send(caller, destinationArn, { body });
    },
    say,
  });
  const pollers = blueprint.eventSources
    .filter((source) => source.enabled && source.sourceArn.includes(':sqs:'))
    .map((source) => {
      const queue = blueprint.queues.find((each) => each.arn === source.sourceArn);
      if (queue === undefined) throw new TemplateError(`${source.logicalId} names a queue that is not here.`);
      return { queue, poller: createQueuePoller({ source, queue, store, clock, lambda, region, say }) };
    });
  return {
    streams,
    wakeQueue(queueArn) {
      for (const { queue, poller } of pollers) if (queue.arn === queueArn) poller.wake();
    },
    async start() {
      await streams.start();
      for (const { poller } of pollers) poller.wake();
    },
    stop() {
      streams.stop();
      for (const { poller } of pollers) poller.stop();
    },
  };
}
