import { createHmac } from 'node:crypto';
import { deriveKey } from './derive-key.ts';

/**
 * What an organization is found by, each as a keyed hash of 132 bits: telephones and mail addresses are among it, and nobody who reads
 * the table alone can try them.
 */
export async function organizationHashes(macKeyId: string, all: readonly string[]): Promise<string[]> {
  const key = await deriveKey(macKeyId, 'lookup');
  return all.map((one) => createHmac('sha256', key).update(`organization ${one}`).digest('base64url').slice(0, 22));
}
