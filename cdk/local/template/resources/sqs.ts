import { z } from 'zod';
import { document, ignored, read, whole } from '../properties.ts';
import { arnOf, nameOf, type Reader } from '../resource.ts';
import { TemplateError } from '../template-error.ts';

const queueProperties = z.strictObject({
  QueueName: z.string().optional(),
  FifoQueue: z.literal(false, 'only standard queues are here').optional(),
  MessageRetentionPeriod: whole(60, 1_209_600).default(345_600),
  VisibilityTimeout: whole(0, 43_200).default(30),
  DelaySeconds: whole(0, 900).default(0),
  MaximumMessageSize: whole(1_024, 1_048_576).default(1_048_576),
  RedrivePolicy: z.strictObject({ deadLetterTargetArn: z.string(), maxReceiveCount: whole(1, 1_000) }).optional(),
  RedriveAllowPolicy: ignored,
  ReceiveMessageWaitTimeSeconds: z.literal(0).optional(),
  KmsMasterKeyId: ignored,
  KmsDataKeyReusePeriodSeconds: ignored,
  SqsManagedSseEnabled: ignored,
  Tags: ignored,
});

export const readQueue: Reader = (resource, into) => {
  const properties = read(resource, queueProperties);
  const name = nameOf(resource, properties.QueueName, 80);
  const arn = arnOf(resource, 'sqs', name);
  const suffix = resource.partition === 'aws-cn' ? 'amazonaws.com.cn' : 'amazonaws.com';
  const url = `https://sqs.${resource.region}.${suffix}/${resource.accountId}/${name}`;
  into.queues.push({
    logicalId: resource.logicalId,
    name,
    arn,
    url,
    retentionSeconds: properties.MessageRetentionPeriod,
    visibilitySeconds: properties.VisibilityTimeout,
    delaySeconds: properties.DelaySeconds,
    maxBytes: properties.MaximumMessageSize,
    redrive: properties.RedrivePolicy && {
      targetArn: properties.RedrivePolicy.deadLetterTargetArn,
      maxReceiveCount: properties.RedrivePolicy.maxReceiveCount,
    },
  });
  return { ref: url, attributes: { Arn: arn, QueueName: name, QueueUrl: url } };
};

const policyProperties = z.strictObject({ Queues: z.array(z.string()), PolicyDocument: document });

export const readQueuePolicy: Reader = (resource, into) => {
  const { Queues, PolicyDocument } = read(resource, policyProperties);
  for (const url of Queues) {
    const queue = into.queues.find((each) => each.url === url);
    if (queue === undefined) throw new TemplateError(`${resource.logicalId} names a queue that is not here: ${url}`);
    queue.policy = PolicyDocument;
  }
  return { ref: resource.logicalId };
};
