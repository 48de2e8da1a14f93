import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Caller } from '../iam/caller.ts';
import { ServiceError } from '../types.ts';
import { inputs, parse } from './inputs.ts';
import type { KeyMaterials } from './key-material.ts';
import type { KeyUse } from './key-use.ts';
import type { Operations } from './operations.ts';

const digests: Readonly<Record<string, string>> = {
  HMAC_SHA_224: 'sha224',
  HMAC_SHA_256: 'sha256',
  HMAC_SHA_384: 'sha384',
  HMAC_SHA_512: 'sha512',
};

/** Message authentication codes of HMAC keys. */
export function macOperations({ use }: KeyUse, materials: KeyMaterials): Operations {
  const forMac = async (caller: Caller, operation: string, reference: string, algorithm: string) => {
    const key = await use(caller, operation, reference, { 'kms:MacAlgorithm': algorithm });
    const digest = digests[algorithm];
    if (digest === undefined || algorithm !== key.spec.replace('HMAC_', 'HMAC_SHA_')) {
      throw new ServiceError('InvalidKeyUsageException', `${algorithm} cannot be used with ${key.arn}.`);
    }
    const { secret } = materials.current(key);
    return { key, mac: (message: Buffer) => createHmac(digest, secret).update(message).digest() };
  };

  return {
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
  };
}
