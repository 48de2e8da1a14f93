import { createHash } from 'node:crypto';
import type { z } from 'zod';
import { jsonService } from '../endpoint/json-service.ts';
import type { EndpointService } from '../endpoint/service.ts';
import type { Authorizer } from '../iam/authorizer.ts';
import type { Caller } from '../iam/caller.ts';
import type { QueueSpec } from '../template/blueprint.ts';
import { ServiceError } from '../types.ts';
import { inputs, parse } from './inputs.ts';
import type { Message, NewMessage, QueueStore } from './queue-store.ts';
import { attributesOf, md5OfAttributes } from './wire.ts';

export interface SqsOptions {
  readonly queues: readonly QueueSpec[];
  readonly store: QueueStore;
  readonly authorizer: Authorizer;
  /** Resolves when all that the store was given is on disk. */
  durable(): Promise<void>;
  /** Called when a message has come to a queue, and is on disk. */
  arrived(queue: QueueSpec): void;
}

export interface Sqs {
  readonly service: EndpointService;
  /** Puts a message into a queue for a service of the local cloud that acts in a role. */
  send(caller: Caller, queueArn: string, message: NewMessage): Promise<string>;
}

/** Of some attributes those that are asked for: all, by name, or by how the name begins. Undefined when that is none. */
function chosen<T>(attributes: Readonly<Record<string, T>>, names: readonly string[]): Record<string, T> | undefined {
  const wanted = (name: string): boolean =>
    names.some(
      (each) => each === 'All' || each === name || (each.endsWith('.*') && name.startsWith(each.slice(0, -2))),
    );
  const found = Object.entries(attributes).filter(([name]) => wanted(name));
  return found.length === 0 ? undefined : Object.fromEntries(found);
}

/** The queue service. */
export function createSqs({ queues, store, authorizer, durable, arrived }: SqsOptions): Sqs {
  const missing = (): ServiceError => new ServiceError('QueueDoesNotExist', 'The specified queue does not exist.');
  const byUrl = (url: string): QueueSpec => {
    const name = url.slice(url.lastIndexOf('/') + 1);
    const queue = queues.find((each) => each.name === name);
    if (queue === undefined) throw missing();
    return queue;
  };
  const allowed = async (caller: Caller, action: string, queue: QueueSpec): Promise<QueueSpec> => {
    authorizer.require(caller, { action: `sqs:${action}`, resource: queue.arn });
    return queue;
  };
  const put = (queue: QueueSpec, entry: z.output<typeof inputs.SendMessage>) => {
    if (Buffer.byteLength(entry.MessageBody) > queue.maxBytes) {
      throw new ServiceError(
        'InvalidParameterValue',
        `One or more parameters are invalid. Reason: Message must be shorter than ${queue.maxBytes} bytes.`,
      );
    }
    const { id, md5 } = store.send(queue, {
      body: entry.MessageBody,
      attributes: entry.MessageAttributes,
      delaySeconds: entry.DelaySeconds,
    });
    const attributes = md5OfAttributes(entry.MessageAttributes);
    return { MessageId: id, MD5OfMessageBody: md5, ...(attributes && { MD5OfMessageAttributes: attributes }) };
  };
  const take = async (
    queue: QueueSpec,
    most: number,
    hide: number,
    waitSeconds: number,
  ): Promise<readonly Message[]> => {
    // Whoever waits for a message waits in real time: a long poll keeps a connection open.
    const until = performance.now() + waitSeconds * 1_000;
    for (;;) {
      const found = store.receive(queue, most, hide);
      if (found.length > 0 || performance.now() >= until) return found;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  };

  const operations: Readonly<Record<string, (input: unknown, caller: Caller) => Promise<unknown>>> = {
    async SendMessage(input, caller) {
      const entry = parse(inputs.SendMessage, input);
      const queue = await allowed(caller, 'SendMessage', byUrl(entry.QueueUrl));
      const sent = put(queue, entry);
      await durable();
      arrived(queue);
      return sent;
    },
    async SendMessageBatch(input, caller) {
      const { QueueUrl, Entries } = parse(inputs.SendMessageBatch, input);
      const queue = await allowed(caller, 'SendMessage', byUrl(QueueUrl));
      const Successful = Entries.map((entry) => ({ Id: entry.Id, ...put(queue, { QueueUrl, ...entry }) }));
      await durable();
      arrived(queue);
      return { Successful, Failed: [] };
    },
    async ReceiveMessage(input, caller) {
      const asked = parse(inputs.ReceiveMessage, input);
      const queue = await allowed(caller, 'ReceiveMessage', byUrl(asked.QueueUrl));
      const hide = asked.VisibilityTimeout ?? queue.visibilitySeconds;
      const found = await take(queue, asked.MaxNumberOfMessages, hide, asked.WaitTimeSeconds);
      if (found.length === 0) return {};
      return {
        Messages: found.map((each) => {
          const system = chosen(attributesOf(each), [...asked.AttributeNames, ...asked.MessageSystemAttributeNames]);
          const own = chosen(each.attributes, asked.MessageAttributeNames);
          return {
            MessageId: each.id,
            ReceiptHandle: each.receipt,
            Body: each.body,
            MD5OfBody: createHash('md5').update(each.body).digest('hex'),
            ...(system && { Attributes: system }),
            ...(own && { MessageAttributes: own, MD5OfMessageAttributes: md5OfAttributes(own) }),
          };
        }),
      };
    },
    async DeleteMessage(input, caller) {
      const { QueueUrl, ReceiptHandle } = parse(inputs.DeleteMessage, input);
      store.remove(await allowed(caller, 'DeleteMessage', byUrl(QueueUrl)), ReceiptHandle);
      return {};
    },
    async DeleteMessageBatch(input, caller) {
      const { QueueUrl, Entries } = parse(inputs.DeleteMessageBatch, input);
      const queue = await allowed(caller, 'DeleteMessage', byUrl(QueueUrl));
      for (const entry of Entries) store.remove(queue, entry.ReceiptHandle);
      return { Successful: Entries.map(({ Id }) => ({ Id })), Failed: [] };
    },
    async ChangeMessageVisibility(input, caller) {
      const { QueueUrl, ReceiptHandle, VisibilityTimeout } = parse(inputs.ChangeMessageVisibility, input);
      const queue = await allowed(caller, 'ChangeMessageVisibility', byUrl(QueueUrl));
      if (!store.changeVisibility(queue, ReceiptHandle, VisibilityTimeout)) {
        throw new ServiceError('ReceiptHandleIsInvalid', 'The input receipt handle is invalid.');
      }
      if (VisibilityTimeout === 0) arrived(queue);
      return {};
    },
    async GetQueueAttributes(input, caller) {
      const { QueueUrl, AttributeNames } = parse(inputs.GetQueueAttributes, input);
      const queue = await allowed(caller, 'GetQueueAttributes', byUrl(QueueUrl));
      const { visible, hidden, delayed } = store.counts(queue);
      const all: Readonly<Record<string, string>> = {
        ApproximateNumberOfMessages: String(visible),
        ApproximateNumberOfMessagesDelayed: String(delayed),
        ApproximateNumberOfMessagesNotVisible: String(hidden),
        DelaySeconds: String(queue.delaySeconds),
        MaximumMessageSize: String(queue.maxBytes),
        MessageRetentionPeriod: String(queue.retentionSeconds),
        QueueArn: queue.arn,
        VisibilityTimeout: String(queue.visibilitySeconds),
      };
      const wanted = Object.entries(all).filter(
        ([name]) => AttributeNames.includes('All') || AttributeNames.includes(name),
      );
      return { Attributes: Object.fromEntries(wanted) };
    },
    async PurgeQueue(input, caller) {
      store.purge(await allowed(caller, 'PurgeQueue', byUrl(parse(inputs.PurgeQueue, input).QueueUrl)));
      return {};
    },
    async GetQueueUrl(input, caller) {
      const queue = byUrl(parse(inputs.GetQueueUrl, input).QueueName);
      await allowed(caller, 'GetQueueUrl', queue);
      return { QueueUrl: queue.url };
    },
    async ListQueues(input, caller) {
      const { QueueNamePrefix } = parse(inputs.ListQueues, input);
      authorizer.require(caller, { action: 'sqs:ListQueues', resource: '*' });
      return { QueueUrls: queues.filter((each) => each.name.startsWith(QueueNamePrefix)).map((each) => each.url) };
    },
  };

  return {
    async send(caller, queueArn, entry) {
      const queue = queues.find((each) => each.arn === queueArn);
      if (queue === undefined) throw missing();
      await allowed(caller, 'SendMessage', queue);
      const { id } = store.send(queue, entry);
      await durable();
      arrived(queue);
      return id;
    },
    service: jsonService({
      target: 'AmazonSQS',
      version: '1.0',
      async call(operation, input, caller) {
        const work = operations[operation];
        if (work === undefined) {
          throw new ServiceError('UnknownOperationException', `The local cloud does not have sqs:${operation}.`);
        }
        return work(input, caller);
      },
    }),
  };
}
