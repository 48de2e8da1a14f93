import { z } from 'zod';
import { ServiceError } from '../types.ts';

const attribute = z.strictObject({
  DataType: z.string(),
  StringValue: z.string().optional(),
  BinaryValue: z.string().optional(),
});
const message = {
  MessageBody: z.string().min(1),
  DelaySeconds: z.int().min(0).max(900).optional(),
  MessageAttributes: z.record(z.string(), attribute).default({}),
};
const names = z.array(z.string()).default([]);
const queueUrl = { QueueUrl: z.string() };
const batchOf = <S extends z.ZodType>(entry: S) =>
  z.strictObject({ ...queueUrl, Entries: z.array(entry).min(1).max(10) });

/** What each operation takes; anything else is refused, since it would not be done. */
export const inputs = {
  SendMessage: z.strictObject({ ...queueUrl, ...message }),
  SendMessageBatch: batchOf(z.strictObject({ Id: z.string(), ...message })),
  ReceiveMessage: z.strictObject({
    ...queueUrl,
    MaxNumberOfMessages: z.int().min(1).max(10).default(1),
    VisibilityTimeout: z.int().min(0).max(43_200).optional(),
    WaitTimeSeconds: z.int().min(0).max(20).default(0),
    AttributeNames: names,
    MessageSystemAttributeNames: names,
    MessageAttributeNames: names,
  }),
  DeleteMessage: z.strictObject({ ...queueUrl, ReceiptHandle: z.string() }),
  DeleteMessageBatch: batchOf(z.strictObject({ Id: z.string(), ReceiptHandle: z.string() })),
  ChangeMessageVisibility: z.strictObject({
    ...queueUrl,
    ReceiptHandle: z.string(),
    VisibilityTimeout: z.int().min(0).max(43_200),
  }),
  GetQueueAttributes: z.strictObject({ ...queueUrl, AttributeNames: names }),
  PurgeQueue: z.strictObject(queueUrl),
  GetQueueUrl: z.strictObject({ QueueName: z.string() }),
  ListQueues: z.strictObject({ QueueNamePrefix: z.string().default('') }),
};

/** Reads an operation's input. Throws InvalidParameterValue. */
export function parse<S extends z.ZodType>(schema: S, input: unknown): z.output<S> {
  const parsed = schema.safeParse(input);
  if (parsed.success) return parsed.data;
  throw new ServiceError('InvalidParameterValue', z.prettifyError(parsed.error));
}
