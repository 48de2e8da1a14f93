import { z } from 'zod';
import { boolean, document, ignored, numeric, read } from '../properties.ts';
import { nameOf, type Reader } from '../resource.ts';
import { TemplateError } from '../template-error.ts';

const retention = z
  .strictObject({
    Mode: z.enum(['COMPLIANCE', 'GOVERNANCE']),
    Days: numeric.optional(),
    Years: numeric.optional(),
  })
  .refine(({ Days, Years }) => (Days === undefined) !== (Years === undefined), 'a retention has either Days or Years');

/** Rules that remove what is old; what else a rule can do is not done here. */
const lifecycleRule = z.strictObject({
  Id: z.string().optional(),
  Prefix: z.string().default(''),
  Status: z.enum(['Enabled', 'Disabled']),
  ExpirationInDays: numeric,
});

const bucketProperties = z.strictObject({
  BucketName: z.string().optional(),
  VersioningConfiguration: z.strictObject({ Status: z.enum(['Enabled', 'Suspended']) }).optional(),
  ObjectLockEnabled: boolean.default(false),
  ObjectLockConfiguration: z
    .strictObject({
      ObjectLockEnabled: z.literal('Enabled'),
      Rule: z.strictObject({ DefaultRetention: retention }).optional(),
    })
    .optional(),
  LifecycleConfiguration: z.strictObject({ Rules: z.array(lifecycleRule) }).optional(),
  PublicAccessBlockConfiguration: ignored,
  BucketEncryption: ignored,
  OwnershipControls: ignored,
  Tags: ignored,
});

const DAY = 86_400_000;

export const readBucket: Reader = (resource, into) => {
  const properties = read(resource, bucketProperties);
  const lock = properties.ObjectLockConfiguration;
  if (lock && !properties.ObjectLockEnabled) {
    throw new TemplateError(`${resource.logicalId}: ObjectLockConfiguration needs ObjectLockEnabled.`);
  }
  if (properties.ObjectLockEnabled && properties.VersioningConfiguration?.Status === 'Suspended') {
    throw new TemplateError(`${resource.logicalId}: a bucket with Object Lock keeps versions.`);
  }
  const versioned = properties.ObjectLockEnabled || properties.VersioningConfiguration?.Status === 'Enabled';
  const rules = (properties.LifecycleConfiguration?.Rules ?? []).filter(({ Status }) => Status === 'Enabled');
  if (versioned && rules.length > 0) {
    throw new TemplateError(`${resource.logicalId}: here only a bucket without versions removes what is old.`);
  }
  const name = nameOf(resource, properties.BucketName, 63).toLowerCase();
  const arn = `arn:${resource.partition}:s3:::${name}`;
  const rule = lock?.Rule?.DefaultRetention;
  into.buckets.push({
    logicalId: resource.logicalId,
    name,
    arn,
    versioned,
    expires: rules.map(({ Prefix, ExpirationInDays }) => ({ prefix: Prefix, millis: ExpirationInDays * DAY })),
    objectLock: properties.ObjectLockEnabled,
    retention: rule && { mode: rule.Mode, millis: ((rule.Days ?? 0) + (rule.Years ?? 0) * 365) * DAY },
  });
  const suffix = resource.partition === 'aws-cn' ? 'amazonaws.com.cn' : 'amazonaws.com';
  const domain = `${name}.s3.${resource.region}.${suffix}`;
  return {
    ref: name,
    attributes: { Arn: arn, DomainName: `${name}.s3.${suffix}`, RegionalDomainName: domain },
  };
};

const policyProperties = z.strictObject({ Bucket: z.string(), PolicyDocument: document });

export const readBucketPolicy: Reader = (resource, into) => {
  const { Bucket, PolicyDocument } = read(resource, policyProperties);
  const bucket = into.buckets.find(({ name }) => name === Bucket);
  if (bucket === undefined) throw new TemplateError(`${resource.logicalId} names a bucket that is not here: ${Bucket}`);
  bucket.policy = PolicyDocument;
  return { ref: resource.logicalId };
};
