import type { Message, QueueStore } from '../sqs/queue-store.ts';
import { attributesOf } from '../sqs/wire.ts';
import type { EventSourceSpec, QueueSpec } from '../template/blueprint.ts';
import { type Clock, type LambdaService, ServiceError, type Timer } from '../types.ts';
import { failedItems } from './batch-result.ts';
import { compilePattern } from './event-pattern.ts';

export interface QueuePollerOptions {
  readonly source: EventSourceSpec;
  readonly queue: QueueSpec;
  readonly store: QueueStore;
  readonly clock: Clock;
  readonly lambda: LambdaService;
  readonly region: string;
  say(line: string): void;
}

export interface QueuePoller {
  wake(): void;
  stop(): void;
}

/** What could not be done is tried again after so many milliseconds. */
const PAUSE = 1_000;

/** Gives the messages of a queue to a function in batches; what it does not deal with shows again after a while. */
export function createQueuePoller(options: QueuePollerOptions): QueuePoller {
  const { source, queue, store, clock, lambda } = options;
  const tests = source.patterns.map((pattern) => compilePattern(pattern));
  let running = false;
  let dirty = false;
  let stopped = false;
  let timer: Timer | undefined;

  const passes = (message: Message): boolean => {
    if (tests.length === 0) return true;
    let body: unknown = message.body;
    try {
      body = JSON.parse(message.body);
    } catch {
      // A pattern may look at a body that is plain text.
    }
    const event = JSON.parse(JSON.stringify({ body, messageAttributes: message.attributes }));
    return tests.some((test) => test(event));
  };

  const give = async (messages: readonly Message[]): Promise<void> => {
    const records = messages.map((message) => ({
      messageId: message.id,
      receiptHandle: message.receipt,
      body: message.body,
      attributes: attributesOf(message),
      messageAttributes: Object.fromEntries(
        Object.entries(message.attributes).map(([name, { DataType, StringValue, BinaryValue }]) => [
          name,
          { dataType: DataType, stringValue: StringValue, binaryValue: BinaryValue },
        ]),
      ),
      eventSource: 'aws:sqs',
      eventSourceARN: queue.arn,
      awsRegion: options.region,
    }));
    const result = await lambda.invoke(source.functionArn, JSON.stringify({ Records: records }));
    if (result.functionError !== undefined) return;
    const failed = source.reportsItemFailures ? failedItems(result.payload) : [];
    if (failed === undefined) return;
    for (const { id, receipt } of messages) {
      if (receipt !== undefined && !failed.includes(id)) store.remove(queue, receipt);
    }
  };

  const run = async (): Promise<void> => {
    while (!stopped) {
      dirty = false;
      const received = store.receive(queue, Math.min(source.batchSize, 10_000), queue.visibilitySeconds);
      const messages = received.filter(passes);
      // What no pattern wants is thrown away, as on AWS.
      for (const { receipt } of received.filter((each) => !messages.includes(each))) {
        if (receipt !== undefined) store.remove(queue, receipt);
      }
      if (messages.length > 0) await give(messages);
      if (received.length === 0 && !dirty) break;
    }
  };

  const start = (): void => {
    if (running || stopped) return;
    running = true;
    timer?.cancel();
    const done = clock.busy(`queue ${queue.name}`);
    let again = Infinity;
    run()
      .catch((error: unknown) => {
        // Messages that could not be taken, for want of room on the disk, are there to be seen: nothing tells of them anew.
        again = clock.now() + PAUSE;
        if (!(error instanceof ServiceError)) options.say(`Reading ${queue.name} failed: ${String(error)}`);
      })
      .finally(() => {
        running = false;
        const next = stopped ? Infinity : Math.min(again, store.nextVisible(queue) ?? Infinity);
        if (next !== Infinity) timer = clock.at(next, start);
        done();
      });
  };

  return {
    wake() {
      dirty = true;
      start();
    },
    stop() {
      stopped = true;
      timer?.cancel();
    },
  };
}
