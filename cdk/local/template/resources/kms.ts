import { z } from 'zod';
import type { JsonObject } from '../json.ts';
import { boolean, document, ignored, numeric, read } from '../properties.ts';
import { arnOf, type Declared, type Reader, uuidOf } from '../resource.ts';
import { TemplateError } from '../template-error.ts';

const specs = ['SYMMETRIC_DEFAULT', 'HMAC_224', 'HMAC_256', 'HMAC_384', 'HMAC_512'] as const;
const keyProperties = z.strictObject({
  KeySpec: z.enum(specs).default('SYMMETRIC_DEFAULT'),
  KeyUsage: z.enum(['ENCRYPT_DECRYPT', 'GENERATE_VERIFY_MAC']).default('ENCRYPT_DECRYPT'),
  KeyPolicy: document.optional(),
  Enabled: boolean.default(true),
  MultiRegion: z.literal(false).optional(),
  Origin: z.literal('AWS_KMS').optional(),
  EnableKeyRotation: boolean.default(false),
  RotationPeriodInDays: numeric.pipe(z.number().min(90).max(2_560)).default(365),
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
  if (properties.EnableKeyRotation && properties.KeySpec !== 'SYMMETRIC_DEFAULT') {
    throw new TemplateError(`${resource.logicalId}: a ${properties.KeySpec} key is not rotated by itself.`);
  }
  const id = uuidOf(resource);
  const arn = arnOf(resource, 'kms', `key/${id}`);
  into.keys.push({
    logicalId: resource.logicalId,
    id,
    arn,
    spec: properties.KeySpec,
    enabled: properties.Enabled,
    rotationDays: properties.EnableKeyRotation ? properties.RotationPeriodInDays : undefined,
    policy: properties.KeyPolicy ?? ownedBy(resource),
    aliases: [],
  });
  return { ref: id, attributes: { Arn: arn, KeyId: id } };
};

/** The policy of a key without one: the account's own policies decide. */
function ownedBy({ partition, accountId }: Declared): JsonObject {
  const Principal = { AWS: `arn:${partition}:iam::${accountId}:root` };
  return { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal, Action: 'kms:*', Resource: '*' }] };
}

const aliasProperties = z.strictObject({ AliasName: z.string().startsWith('alias/'), TargetKeyId: z.string() });

export const readKeyAlias: Reader = (resource, into) => {
  const { AliasName, TargetKeyId } = read(resource, aliasProperties);
  const key = into.keys.find((each) => each.id === TargetKeyId || each.arn === TargetKeyId);
  if (key === undefined) throw new TemplateError(`${resource.logicalId} names a key that is not here: ${TargetKeyId}`);
  key.aliases.push(AliasName);
  return { ref: AliasName };
};
