import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { ServiceError } from '../types.ts';

export type EncryptionContext = Readonly<Record<string, string>>;

/** What a ciphertext says of itself: the key that closed it, and which of the key's materials. */
export interface SealedWith {
  readonly keyId: string;
  readonly material: number;
}

const VERSION = 1;
const ID = 16;
const HEAD = 1 + ID + 2;
const NONCE = 12;
const TAG = 16;

/** Closes a plaintext under a key; what comes out names key and material, as a ciphertext of AWS does. */
export function seal(by: SealedWith, secret: Buffer, plaintext: Buffer, context: EncryptionContext): Buffer {
  const nonce = randomBytes(NONCE);
  const cipher = createCipheriv('aes-256-gcm', secret, nonce).setAAD(authenticated(by, context));
  const closed = Buffer.concat([cipher.update(plaintext), cipher.final()]);
  const head = Buffer.alloc(HEAD);
  head[0] = VERSION;
  head.write(by.keyId.replaceAll('-', ''), 1, 'hex');
  head.writeUInt16BE(by.material, 1 + ID);
  return Buffer.concat([head, nonce, closed, cipher.getAuthTag()]);
}

/** What closed this. Throws InvalidCiphertextException for what no key of ours has closed. */
export function sealedWith(sealed: Buffer): SealedWith {
  if (sealed.length < HEAD + NONCE + TAG || sealed[0] !== VERSION) throw invalid();
  const hex = sealed.subarray(1, 1 + ID).toString('hex');
  return {
    keyId: hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5'),
    material: sealed.readUInt16BE(1 + ID),
  };
}

/** Opens what {@link seal} closed. Throws InvalidCiphertextException when it was changed or the context is another. */
export function open(sealed: Buffer, secret: Buffer, context: EncryptionContext): Buffer {
  const nonce = sealed.subarray(HEAD, HEAD + NONCE);
  try {
    const decipher = createDecipheriv('aes-256-gcm', secret, nonce)
      .setAAD(authenticated(sealedWith(sealed), context))
      .setAuthTag(sealed.subarray(-TAG));
    return Buffer.concat([decipher.update(sealed.subarray(HEAD + NONCE, -TAG)), decipher.final()]);
  } catch {
    throw invalid();
  }
}

function authenticated({ keyId, material }: SealedWith, context: EncryptionContext): Buffer {
  const sorted = Object.entries(context).sort(([left], [right]) => (left < right ? -1 : 1));
  return Buffer.from(JSON.stringify([keyId, material, sorted]));
}

export function invalid(): ServiceError {
  return new ServiceError('InvalidCiphertextException', 'The ciphertext is not valid for this key and context.');
}
