import { GenerateMacCommand, KMSClient } from '@aws-sdk/client-kms';
import { classified } from '../aws/classified.ts';

/** What a derived key is for; a key for one purpose is of no use for another. */
export type Purpose = 'private-link' | 'lookup' | 'session' | 'limit' | 'letter' | 'calendar' | 'file';

const derived = new Map<string, Promise<Buffer>>();
let client: KMSClient | undefined;

async function generate(keyId: string, purpose: Purpose): Promise<Buffer> {
  client ??= new KMSClient({});
  const Message = Buffer.from(`jieli ${purpose} 1`);
  try {
    const { Mac } = await client.send(new GenerateMacCommand({ KeyId: keyId, MacAlgorithm: 'HMAC_SHA_256', Message }));
    if (!Mac) throw new Error('KMS gave no MAC');
    return Buffer.from(Mac);
  } catch (error) {
    throw classified(error);
  }
}

/**
 * The 32-byte key for a purpose, derived by KMS from a key that never leaves it: one call a cold start, and no secret
 * in an environment variable or in the table.
 * @throws Throttled, Retryable
 */
export function deriveKey(keyId: string, purpose: Purpose): Promise<Buffer> {
  const name = `${keyId} ${purpose}`;
  const known = derived.get(name);
  if (known) return known;
  const key = generate(keyId, purpose);
  derived.set(name, key);
  key.catch(() => derived.delete(name));
  return key;
}
