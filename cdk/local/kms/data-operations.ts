import { randomBytes } from 'node:crypto';
import type { Caller } from '../iam/caller.ts';
import type { KeySpec } from '../template/blueprint.ts';
import { ServiceError } from '../types.ts';
import { inputs, parse } from './inputs.ts';
import { type KeyMaterials, materialId } from './key-material.ts';
import type { KeyUse } from './key-use.ts';
import type { Operations } from './operations.ts';
import { type EncryptionContext, invalid, open, seal, sealedWith } from './sealed.ts';

const EncryptionAlgorithm = 'SYMMETRIC_DEFAULT';

/**
 * Encryption under symmetric keys, each with the context that policies see as `kms:EncryptionContext:…`.
 * https://docs.aws.amazon.com/kms/latest/developerguide/encrypt_context.html
 */
export function dataOperations({ find, use, useClosed }: KeyUse, materials: KeyMaterials): Operations {
  const conditions = (given: EncryptionContext, more: Readonly<Record<string, string>> = {}) => ({
    ...Object.fromEntries(Object.entries(given).map(([name, value]) => [`kms:EncryptionContext:${name}`, value])),
    ...(Object.keys(given).length > 0 && { 'kms:EncryptionContextKeys': Object.keys(given) }),
    'kms:EncryptionAlgorithm': EncryptionAlgorithm,
    ...more,
  });

  const symmetric = (key: KeySpec, operation: string): KeySpec => {
    if (key.spec === 'SYMMETRIC_DEFAULT') return key;
    throw new ServiceError(
      'InvalidKeyUsageException',
      `${key.arn} key usage is GENERATE_VERIFY_MAC which is not valid for ${operation}.`,
    );
  };

  const close = (key: KeySpec, plaintext: Buffer, context: EncryptionContext) => {
    const material = materials.current(key);
    const sealed = seal({ keyId: key.id, material: material.number }, material.secret, plaintext, context);
    return { CiphertextBlob: sealed.toString('base64'), KeyMaterialId: materialId(key, material) };
  };

  const reopen = async (
    caller: Caller,
    operation: 'Decrypt' | 'ReEncryptFrom',
    blob: Buffer,
    context: EncryptionContext,
    expected: string | undefined,
    more: Readonly<Record<string, string>> = {},
  ) => {
    const by = sealedWith(blob);
    if (expected !== undefined && find(expected).key.id !== by.keyId) {
      throw new ServiceError(
        'IncorrectKeyException',
        'The key ID in the request does not identify a CMK that can perform this operation.',
      );
    }
    const given = conditions(context, more);
    const found =
      expected === undefined
        ? await useClosed(caller, operation, by.keyId, given)
        : await use(caller, operation, expected, given);
    const key = symmetric(found, operation);
    const material = materials.find(key, by.material);
    if (material === undefined) throw invalid();
    return { key, material, plaintext: open(blob, material.secret, context) };
  };

  const dataKey = async (operation: string, input: unknown, caller: Caller) => {
    const { KeyId, KeySpec: size, NumberOfBytes, EncryptionContext } = parse(inputs.GenerateDataKey, input);
    const key = symmetric(await use(caller, operation, KeyId, conditions(EncryptionContext)), operation);
    const plaintext = randomBytes(NumberOfBytes ?? (size === 'AES_128' ? 16 : 32));
    return { plaintext, answer: { KeyId: key.arn, ...close(key, plaintext, EncryptionContext) } };
  };

  return {
    async Encrypt(input, caller) {
      const { KeyId, Plaintext, EncryptionContext } = parse(inputs.Encrypt, input);
      const key = symmetric(await use(caller, 'Encrypt', KeyId, conditions(EncryptionContext)), 'Encrypt');
      const { CiphertextBlob } = close(key, Plaintext, EncryptionContext);
      return { KeyId: key.arn, CiphertextBlob, EncryptionAlgorithm };
    },
    async Decrypt(input, caller) {
      const { KeyId, CiphertextBlob, EncryptionContext } = parse(inputs.Decrypt, input);
      const { key, material, plaintext } = await reopen(caller, 'Decrypt', CiphertextBlob, EncryptionContext, KeyId);
      return {
        KeyId: key.arn,
        Plaintext: plaintext.toString('base64'),
        EncryptionAlgorithm,
        KeyMaterialId: materialId(key, material),
      };
    },
    async ReEncrypt(input, caller) {
      const asked = parse(inputs.ReEncrypt, input);
      const { CiphertextBlob, SourceKeyId, SourceEncryptionContext, DestinationEncryptionContext } = asked;
      const isSameKey = find(asked.DestinationKeyId).key.id === sealedWith(CiphertextBlob).keyId;
      const more = { 'kms:ReEncryptOnSameKey': String(isSameKey) };
      const source = await reopen(caller, 'ReEncryptFrom', CiphertextBlob, SourceEncryptionContext, SourceKeyId, more);
      const given = conditions(DestinationEncryptionContext, more);
      const key = symmetric(await use(caller, 'ReEncryptTo', asked.DestinationKeyId, given), 'ReEncrypt');
      const closed = close(key, source.plaintext, DestinationEncryptionContext);
      return {
        CiphertextBlob: closed.CiphertextBlob,
        SourceKeyId: source.key.arn,
        KeyId: key.arn,
        SourceEncryptionAlgorithm: EncryptionAlgorithm,
        DestinationEncryptionAlgorithm: EncryptionAlgorithm,
        SourceKeyMaterialId: materialId(source.key, source.material),
        DestinationKeyMaterialId: closed.KeyMaterialId,
      };
    },
    async GenerateDataKey(input, caller) {
      const { plaintext, answer } = await dataKey('GenerateDataKey', input, caller);
      return { ...answer, Plaintext: plaintext.toString('base64') };
    },
    async GenerateDataKeyWithoutPlaintext(input, caller) {
      return (await dataKey('GenerateDataKeyWithoutPlaintext', input, caller)).answer;
    },
  };
}
