import { randomBytes } from 'node:crypto';
import type { Authorizer } from '../iam/authorizer.ts';
import type { KeySpec } from '../template/blueprint.ts';
import { ServiceError } from '../types.ts';
import { inputs, parse } from './inputs.ts';
import { type KeyMaterials, type Material, materialId } from './key-material.ts';
import type { KeyUse } from './key-use.ts';
import type { Operations } from './operations.ts';

/** A key is rotated on demand at most this often. */
const MOST_ROTATIONS = 25;

/** What one asks about keys, and rotating them. */
export function keyOperations(
  keys: readonly KeySpec[],
  { find, use }: KeyUse,
  materials: KeyMaterials,
  authorizer: Authorizer,
): Operations {
  const isMac = (key: KeySpec): boolean => key.spec !== 'SYMMETRIC_DEFAULT';
  const rotatable = (key: KeySpec): KeySpec => {
    if (!isMac(key)) return key;
    throw new ServiceError(
      'UnsupportedOperationException',
      `${key.arn} is no symmetric encryption key: it is not rotated.`,
    );
  };
  const rotations = (key: KeySpec): readonly Material[] => {
    materials.current(key);
    return materials.all(key).filter(({ by }) => by !== 'first');
  };

  return {
    async GenerateRandom(input, caller) {
      const { NumberOfBytes } = parse(inputs.GenerateRandom, input);
      authorizer.require(caller, { action: 'kms:GenerateRandom', resource: '*' });
      return { Plaintext: randomBytes(NumberOfBytes).toString('base64') };
    },
    async ListKeys(input, caller) {
      parse(inputs.ListKeys, input);
      authorizer.require(caller, { action: 'kms:ListKeys', resource: '*' });
      return { Keys: keys.map(({ id, arn }) => ({ KeyId: id, KeyArn: arn })), Truncated: false };
    },
    async ListAliases(input, caller) {
      const { KeyId } = parse(inputs.ListAliases, input);
      authorizer.require(caller, { action: 'kms:ListAliases', resource: '*' });
      const of = KeyId === undefined ? keys : [find(KeyId).key];
      const Aliases = of.flatMap(({ id, arn, aliases }) =>
        aliases.map((alias) => ({ AliasName: alias, AliasArn: arn.replace(/key\/.*/, alias), TargetKeyId: id })),
      );
      return { Aliases, Truncated: false };
    },
    async DescribeKey(input, caller) {
      const { key, alias } = find(parse(inputs.named, input).KeyId);
      // Of a disabled key too it can be asked what it is.
      const context = alias === undefined ? {} : { 'kms:RequestAlias': alias };
      authorizer.require(caller, { action: 'kms:DescribeKey', resource: key.arn, context });
      return {
        KeyMetadata: {
          KeyId: key.id,
          Arn: key.arn,
          CreationDate: (materials.all(key)[0]?.from ?? 0) / 1_000,
          Enabled: key.enabled,
          KeyState: key.enabled ? 'Enabled' : 'Disabled',
          KeySpec: key.spec,
          KeyUsage: isMac(key) ? 'GENERATE_VERIFY_MAC' : 'ENCRYPT_DECRYPT',
          KeyManager: 'CUSTOMER',
          Origin: 'AWS_KMS',
          MultiRegion: false,
          ...(isMac(key)
            ? { MacAlgorithms: [key.spec.replace('HMAC_', 'HMAC_SHA_')] }
            : {
                EncryptionAlgorithms: ['SYMMETRIC_DEFAULT'],
                CurrentKeyMaterialId: materialId(key, materials.current(key)),
              }),
        },
      };
    },
    async RotateKeyOnDemand(input, caller) {
      const key = rotatable(await use(caller, 'RotateKeyOnDemand', parse(inputs.named, input).KeyId));
      if (rotations(key).filter(({ by }) => by === 'ON_DEMAND').length >= MOST_ROTATIONS) {
        throw new ServiceError('LimitExceededException', `${key.arn} was rotated on demand ${MOST_ROTATIONS} times.`);
      }
      materials.rotate(key);
      return { KeyId: key.id };
    },
    async GetKeyRotationStatus(input, caller) {
      const key = rotatable(await use(caller, 'GetKeyRotationStatus', parse(inputs.named, input).KeyId));
      materials.current(key);
      const next = materials.nextRotation(key);
      return {
        KeyId: key.arn,
        KeyRotationEnabled: next !== undefined,
        ...(next !== undefined && { RotationPeriodInDays: key.rotationDays, NextRotationDate: next / 1_000 }),
      };
    },
    async ListKeyRotations(input, caller) {
      const key = rotatable(await use(caller, 'ListKeyRotations', parse(inputs.named, input).KeyId));
      const Rotations = rotations(key).map((material) => ({
        KeyId: key.arn,
        KeyMaterialId: materialId(key, material),
        RotationDate: material.from / 1_000,
        RotationType: material.by,
      }));
      return { Rotations, Truncated: false };
    },
  };
}
