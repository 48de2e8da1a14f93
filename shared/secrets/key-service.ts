import {
  DecryptCommand,
  DescribeKeyCommand,
  GenerateDataKeyWithoutPlaintextCommand,
  KMSClient,
} from '@aws-sdk/client-kms';
import { classified } from '../aws/classified.ts';

/** What wraps data keys, so that they can lie in the table, and unwraps them. */
export interface KeyService {
  /** a new data key as it may be stored: nobody has seen it open */
  generate(id: string): Promise<Uint8Array>;
  /** the data key's 32 bytes */
  unwrap(id: string, wrapped: Uint8Array): Promise<Uint8Array>;
}

/** The permissions of the functions name it: the key opens nothing else. */
export const DATA_KEY_PURPOSE = 'jieli-personal-data';

/** What KMS binds into a wrapped key. */
function encryptionContext(id: string): Record<string, string> {
  return { purpose: DATA_KEY_PURPOSE, dataKey: id };
}

async function call<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw classified(error);
  }
}

/** Whether a key can be used now and is to be kept. Cost: a call of KMS. @param client where a test has its own */
export async function isKeyWell(keyId: string, client: KMSClient = new KMSClient({})): Promise<boolean> {
  const { KeyMetadata } = await call(() => client.send(new DescribeKeyCommand({ KeyId: keyId })));
  return KeyMetadata?.KeyState === 'Enabled';
}

/** Data keys under a symmetric key in KMS. Each call is one request to KMS; callers keep what they get. */
export function kmsKeyService(keyId: string): KeyService {
  const client = new KMSClient({});
  return {
    async generate(id) {
      const { CiphertextBlob } = await call(() =>
        client.send(
          new GenerateDataKeyWithoutPlaintextCommand({
            KeyId: keyId,
            KeySpec: 'AES_256',
            EncryptionContext: encryptionContext(id),
          }),
        ),
      );
      if (!CiphertextBlob) throw new Error('KMS gave no data key');
      return CiphertextBlob;
    },
    async unwrap(id, wrapped) {
      const { Plaintext } = await call(() =>
        client.send(
          new DecryptCommand({ KeyId: keyId, CiphertextBlob: wrapped, EncryptionContext: encryptionContext(id) }),
        ),
      );
      if (!Plaintext) throw new Error('KMS gave no key');
      return Plaintext;
    },
  };
}
