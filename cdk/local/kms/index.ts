import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { jsonService } from '../endpoint/json-service.ts';
import type { EndpointService } from '../endpoint/service.ts';
import type { Authorizer } from '../iam/authorizer.ts';
import type { Caller } from '../iam/caller.ts';
import type { KeySpec } from '../template/blueprint.ts';
import { ServiceError } from '../types.ts';
import { inputs, parse } from './inputs.ts';
import { readKeyMaterial } from './key-material.ts';
import { type EncryptionContext, keyOf, open, seal } from './sealed.ts';

export interface KmsOptions {
  readonly dataDir: string;
  readonly keys: readonly KeySpec[];
  readonly authorizer: Authorizer;
}

const digests: Readonly<Record<string, string>> = {
  HMAC_SHA_224: 'sha224',
  HMAC_SHA_256: 'sha256',
  HMAC_SHA_384: 'sha384',
  HMAC_SHA_512: 'sha512',
};
/** KMS encrypts at most this many bytes itself. */
const MOST_PLAINTEXT = 4_096;

/** The key service: HMAC and symmetric keys of the stack, with key policies and permissions as on AWS. */
export function createKms({ dataDir, keys, authorizer }: KmsOptions): EndpointService {
  const material = readKeyMaterial(dataDir, keys);

  const find = (reference: string): { key: KeySpec; alias: string | undefined } => {
    const alias = /(?:^|:)(alias\/.+)$/.exec(reference)?.[1];
    const id = /(?:^|:key\/)([^/:]+)$/.exec(reference)?.[1];
    const key = keys.find((each) => (alias === undefined ? each.id === id : each.aliases.includes(alias)));
    if (key === undefined) throw new ServiceError('NotFoundException', `Key '${reference}' does not exist`);
    return { key, alias };
  };

  const use = async (
    caller: Caller,
    operation: string,
    reference: string,
    extra: Readonly<Record<string, string | readonly string[]>> = {},
  ): Promise<{ readonly key: KeySpec; readonly secret: Buffer }> => {
    const { key, alias } = find(reference);
    await authorizer.require(caller, {
      action: `kms:${operation}`,
      resource: key.arn,
      context: { ...extra, ...(alias !== undefined && { 'kms:RequestAlias': alias }) },
    });
    if (!key.enabled) throw new ServiceError('DisabledException', `${key.arn} is disabled.`);
    const secret = material.get(key.id);
    if (secret === undefined) throw new ServiceError('KMSInternalException', `${key.arn} has no material.`, 500);
    return { key, secret };
  };

  const forMac = async (caller: Caller, operation: string, reference: string, algorithm: string) => {
    const used = await use(caller, operation, reference, { 'kms:MacAlgorithm': algorithm });
    const digest = digests[algorithm];
    if (digest === undefined || algorithm !== used.key.spec.replace('HMAC_', 'HMAC_SHA_')) {
      throw new ServiceError('InvalidKeyUsageException', `${algorithm} cannot be used with ${used.key.arn}.`);
    }
    return { ...used, mac: (message: Buffer) => createHmac(digest, used.secret).update(message).digest() };
  };

  const forData = async (caller: Caller, operation: string, reference: string, given: EncryptionContext) => {
    const entries = Object.entries(given).map(([name, value]) => [`kms:EncryptionContext:${name}`, value] as const);
    const used = await use(caller, operation, reference, {
      ...Object.fromEntries(entries),
      ...(entries.length > 0 && { 'kms:EncryptionContextKeys': Object.keys(given) }),
    });
    if (used.key.spec !== 'SYMMETRIC_DEFAULT') {
      throw new ServiceError('InvalidKeyUsageException', `${used.key.arn} key usage is GENERATE_VERIFY_MAC.`);
    }
    return used;
  };

  const dataKey = async (operation: string, input: unknown, caller: Caller) => {
    const { KeyId, KeySpec: size, NumberOfBytes, EncryptionContext } = parse(inputs.GenerateDataKey, input);
    const { key, secret } = await forData(caller, operation, KeyId, EncryptionContext);
    const plaintext = randomBytes(NumberOfBytes ?? (size === 'AES_128' ? 16 : 32));
    return { key, plaintext, sealed: seal(key.id, secret, plaintext, EncryptionContext).toString('base64') };
  };

  const operations: Readonly<Record<string, (input: unknown, caller: Caller) => Promise<unknown>>> = {
    async GenerateMac(input, caller) {
      const { KeyId, Message, MacAlgorithm } = parse(inputs.GenerateMac, input);
      const { key, mac } = await forMac(caller, 'GenerateMac', KeyId, MacAlgorithm);
      return { KeyId: key.arn, Mac: mac(Message).toString('base64'), MacAlgorithm };
    },
    async VerifyMac(input, caller) {
      const { KeyId, Message, MacAlgorithm, Mac } = parse(inputs.VerifyMac, input);
      const { key, mac } = await forMac(caller, 'VerifyMac', KeyId, MacAlgorithm);
      const expected = mac(Message);
      if (expected.length !== Mac.length || !timingSafeEqual(expected, Mac)) {
        throw new ServiceError('KMSInvalidMacException', 'The MAC is not valid for this message and key.');
      }
      return { KeyId: key.arn, MacValid: true, MacAlgorithm };
    },
    async Encrypt(input, caller) {
      const { KeyId, Plaintext, EncryptionContext } = parse(inputs.Encrypt, input);
      const { key, secret } = await forData(caller, 'Encrypt', KeyId, EncryptionContext);
      if (Plaintext.length === 0 || Plaintext.length > MOST_PLAINTEXT) {
        throw new ServiceError('ValidationException', `A plaintext has 1 to ${MOST_PLAINTEXT} bytes.`);
      }
      const sealed = seal(key.id, secret, Plaintext, EncryptionContext);
      return { KeyId: key.arn, CiphertextBlob: sealed.toString('base64'), EncryptionAlgorithm: 'SYMMETRIC_DEFAULT' };
    },
    async Decrypt(input, caller) {
      const { KeyId, CiphertextBlob, EncryptionContext } = parse(inputs.Decrypt, input);
      const id = keyOf(CiphertextBlob);
      if (KeyId !== undefined && find(KeyId).key.id !== id) {
        throw new ServiceError(
          'IncorrectKeyException',
          'The key ID in the request does not identify a CMK that can perform this operation.',
        );
      }
      const { key, secret } = await forData(caller, 'Decrypt', id, EncryptionContext);
      const plaintext = open(CiphertextBlob, secret, EncryptionContext);
      return { KeyId: key.arn, Plaintext: plaintext.toString('base64'), EncryptionAlgorithm: 'SYMMETRIC_DEFAULT' };
    },
    async GenerateDataKey(input, caller) {
      const { key, plaintext, sealed } = await dataKey('GenerateDataKey', input, caller);
      return { KeyId: key.arn, CiphertextBlob: sealed, Plaintext: plaintext.toString('base64') };
    },
    async GenerateDataKeyWithoutPlaintext(input, caller) {
      const { key, sealed } = await dataKey('GenerateDataKeyWithoutPlaintext', input, caller);
      return { KeyId: key.arn, CiphertextBlob: sealed };
    },
    async GenerateRandom(input, caller) {
      const { NumberOfBytes } = parse(inputs.GenerateRandom, input);
      await authorizer.require(caller, { action: 'kms:GenerateRandom', resource: '*' });
      return { Plaintext: randomBytes(NumberOfBytes).toString('base64') };
    },
    async DescribeKey(input, caller) {
      const { KeyId } = parse(inputs.DescribeKey, input);
      const { key } = await use(caller, 'DescribeKey', KeyId);
      const isMac = key.spec !== 'SYMMETRIC_DEFAULT';
      return {
        KeyMetadata: {
          KeyId: key.id,
          Arn: key.arn,
          Enabled: key.enabled,
          KeyState: key.enabled ? 'Enabled' : 'Disabled',
          KeySpec: key.spec,
          KeyUsage: isMac ? 'GENERATE_VERIFY_MAC' : 'ENCRYPT_DECRYPT',
          KeyManager: 'CUSTOMER',
          Origin: 'AWS_KMS',
          MultiRegion: false,
        },
      };
    },
  };

  return jsonService({
    target: 'TrentService',
    version: '1.1',
    async call(operation, input, caller) {
      const work = operations[operation];
      if (work === undefined) {
        throw new ServiceError('UnknownOperationException', `The local cloud does not have kms:${operation}.`);
      }
      return work(input, caller);
    },
  });
}
