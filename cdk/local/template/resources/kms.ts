import { z } from 'zod';
import { boolean, document, ignored, read } from '../properties.ts';
import { arnOf, type Reader, uuidOf } from '../resource.ts';
import { TemplateError } from '../template-error.ts';

const specs = ['SYMMETRIC_DEFAULT', 'HMAC_224', 'HMAC_256', 'HMAC_384', 'HMAC_512'] as const;
const keyProperties = z.strictObject({
  KeySpec: z.enum(specs).default('SYMMETRIC_DEFAULT'),
  KeyUsage: z.enum(['ENCRYPT_DECRYPT', 'GENERATE_VERIFY_MAC']).default('ENCRYPT_DECRYPT'),
  KeyPolicy: document.optional(),
  Enabled: boolean.default(true),
  MultiRegion: z.literal(false).optional(),
  Origin: z.literal('AWS_KMS').optional(),
  // A rotated key still opens what it closed: callers see no difference.
  EnableKeyRotation: ignored,
  RotationPeriodInDays: ignored,
  PendingWindowInDays: ignored,
  BypassPolicyLockoutSafetyCheck: ignored,
  Description: ignored,
  Tags: ignored,
});

export const readKey: Reader = (resource, into) => {
  const properties = read(resource, keyProperties);
  if (properties.KeySpec.startsWith('HMAC') !== (properties.KeyUsage === 'GENERATE_VERIFY_MAC')) {
    throw new TemplateError(
      `${resource.logicalId}: a ${properties.KeySpec} key cannot be used for ${properties.KeyUsage}.`,
    );
  }
  const id = uuidOf(resource);
  const arn = arnOf(resource, 'kms', `key/${id}`);
  into.keys.push({
    logicalId: resource.logicalId,
    id,
    arn,
    spec: properties.KeySpec,
    enabled: properties.Enabled,
    policy: properties.KeyPolicy,
    aliases: [],
  });
  return { ref: id, attributes: { Arn: arn, KeyId: id } };
};

const aliasProperties = z.strictObject({ AliasName: z.string().startsWith('alias/'), TargetKeyId: z.string() });

export const readKeyAlias: Reader = (resource, into) => {
  const { AliasName, TargetKeyId } = read(resource, aliasProperties);
  const key = into.keys.find((each) => each.id === TargetKeyId || each.arn === TargetKeyId);
  if (key === undefined) throw new TemplateError(`${resource.logicalId} names a key that is not here: ${TargetKeyId}`);
  key.aliases.push(AliasName);
  return { ref: AliasName };
};
