import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { ServiceError } from '../types.ts';

export type EncryptionContext = Readonly<Record<string, string>>;

const VERSION = 1;
const HEAD = 1 + 16;
const NONCE = 12;
const TAG = 16;

/** Closes a plaintext under a key; what comes out names the key, as a ciphertext of AWS does. */
export function seal(keyId: string, material: Buffer, plaintext: Buffer, context: EncryptionContext): Buffer {
  const nonce = randomBytes(NONCE);
  const cipher = createCipheriv('aes-256-gcm', material, nonce).setAAD(authenticated(keyId, context));
  const closed = Buffer.concat([cipher.update(plaintext), cipher.final()]);
  const id = Buffer.from(keyId.replaceAll('-', ''), 'hex');
  return Buffer.concat([Buffer.from([VERSION]), id, nonce, closed, cipher.getAuthTag()]);
}

/** The id of the key that closed this. Throws InvalidCiphertextException for what no key of ours has closed. */
export function keyOf(sealed: Buffer): string {
  if (sealed.length < HEAD + NONCE + TAG || sealed[0] !== VERSION) throw invalid();
  const hex = sealed.subarray(1, HEAD).toString('hex');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

/** Opens what {@link seal} closed. Throws InvalidCiphertextException when it was changed or the context is another. */
export function open(sealed: Buffer, material: Buffer, context: EncryptionContext): Buffer {
  const nonce = sealed.subarray(HEAD, HEAD + NONCE);
  try {
    const decipher = createDecipheriv('aes-256-gcm', material, nonce)
      .setAAD(authenticated(keyOf(sealed), context))
      .setAuthTag(sealed.subarray(-TAG));
    return Buffer.concat([decipher.update(sealed.subarray(HEAD + NONCE, -TAG)), decipher.final()]);
  } catch {
    throw invalid();
  }
}

function authenticated(keyId: string, context: EncryptionContext): Buffer {
  const sorted = Object.entries(context).sort(([left], [right]) => (left < right ? -1 : 1));
  return Buffer.from(JSON.stringify([keyId, sorted]));
}

function invalid(): ServiceError {
  return new ServiceError('InvalidCiphertextException', 'The ciphertext is not valid for this key and context.');
}
