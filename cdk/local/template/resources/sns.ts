import { z } from 'zod';
import { document, ignored, read } from '../properties.ts';
import { arnOf, nameOf, type Reader } from '../resource.ts';
import { TemplateError } from '../template-error.ts';

const topicProperties = z.strictObject({
  TopicName: z.string().optional(),
  DisplayName: ignored,
  FifoTopic: z.literal(false, 'only standard topics are here').optional(),
  KmsMasterKeyId: ignored,
  Tags: ignored,
});

export const readTopic: Reader = (resource, into) => {
  const name = nameOf(resource, read(resource, topicProperties).TopicName, 256);
  const arn = arnOf(resource, 'sns', name);
  into.topics.push({ logicalId: resource.logicalId, name, arn });
  return { ref: arn, attributes: { TopicArn: arn, TopicName: name } };
};

const policyProperties = z.strictObject({ Topics: z.array(z.string()), PolicyDocument: document });

export const readTopicPolicy: Reader = (resource, into) => {
  const { Topics, PolicyDocument } = read(resource, policyProperties);
  for (const arn of Topics) {
    const topic = into.topics.find((each) => each.arn === arn);
    if (topic === undefined) throw new TemplateError(`${resource.logicalId} names a topic that is not here: ${arn}`);
    topic.policy = PolicyDocument;
  }
  return { ref: resource.logicalId };
};
