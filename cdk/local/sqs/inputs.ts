import { z } from 'zod';
import { ServiceError } from '../types.ts';

const attribute = z.object({
  DataType: z.string(),
  StringValue: z.string().optional(),
  BinaryValue: z.string().optional(),
});
const message = {
  MessageBody: z.string().min(1),
  DelaySeconds: z.int().min(0).max(900).optional(),
  MessageAttributes: z.record(z.string(), attribute).default({}),
};
const queueUrl = { QueueUrl: z.string() };
const batchOf = <S extends z.ZodType>(entry: S) => z.object({ ...queueUrl, Entries: z.array(entry).min(1).max(10) });

/** What each operation takes. */
export const inputs = {
  SendMessage: z.object({ ...queueUrl, ...message }),
  SendMessageBatch: batchOf(z.object({ Id: z.string(), ...message })),
  ReceiveMessage: z.object({
    ...queueUrl,
    MaxNumberOfMessages: z.int().min(1).max(10).default(1),
    VisibilityTimeout: z.int().min(0).max(43_200).optional(),
    WaitTimeSeconds: z.int().min(0).max(20).default(0),
  }),
  DeleteMessage: z.object({ ...queueUrl, ReceiptHandle: z.string() }),
  DeleteMessageBatch: batchOf(z.object({ Id: z.string(), ReceiptHandle: z.string() })),
  ChangeMessageVisibility: z.object({
    ...queueUrl,
    ReceiptHandle: z.string(),
    VisibilityTimeout: z.int().min(0).max(43_200),
  }),
  GetQueueAttributes: z.object({ ...queueUrl, AttributeNames: z.array(z.string()).default([]) }),
  PurgeQueue: z.object(queueUrl),
  GetQueueUrl: z.object({ QueueName: z.string() }),
  ListQueues: z.object({ QueueNamePrefix: z.string().default('') }),
};

/** Reads an operation's input. Throws InvalidParameterValue. */
export function parse<S extends z.ZodType>(schema: S, input: unknown): z.output<S> {
  const parsed = schema.safeParse(input);
  if (parsed.success) return parsed.data;
  throw new ServiceError('InvalidParameterValue', z.prettifyError(parsed.error));
}
