import { FlattenedEncrypt, flattenedDecrypt } from 'jose';

/** A data key: 256 bits for AES-GCM, and the name by which sealed texts say that it is theirs. */
export interface DataKey {
  readonly id: string;
  readonly key: Uint8Array;
}

/** What was sealed: the id of the data key, and nonce, text and tag in one run of bytes. */
export interface Sealed {
  readonly key: string;
  readonly box: Uint8Array;
}

const NONCE = 12;
const TAG = 16;
const header = (id: string) => ({ alg: 'dir', enc: 'A256GCM', kid: id });

function base64url(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64url');
}

/**
 * Seals a text as a JSON Web Encryption (RFC 7516) of which only the bytes are kept: the header is known from the key's
 * id, so that a seal costs some forty bytes. `place` is bound in: elsewhere the seal does not open.
 */
export async function seal({ id, key }: DataKey, place: string, text: string): Promise<Sealed> {
  const { iv, ciphertext, tag } = await new FlattenedEncrypt(Buffer.from(text))
    .setProtectedHeader(header(id))
    .setAdditionalAuthenticatedData(Buffer.from(place))
    .encrypt(key);
  const parts = [iv ?? '', ciphertext, tag ?? ''].map((part) => Buffer.from(part, 'base64url'));
  return { key: id, box: Buffer.concat(parts) };
}

/**
 * Opens what {@link seal} sealed.
 * @throws whatever jose throws when key or place is another, or a byte was changed
 */
export async function unseal({ id, key }: DataKey, place: string, box: Uint8Array): Promise<string> {
  const jwe = {
    protected: base64url(Buffer.from(JSON.stringify(header(id)))),
    aad: base64url(Buffer.from(place)),
    iv: base64url(box.subarray(0, NONCE)),
    ciphertext: base64url(box.subarray(NONCE, -TAG)),
    tag: base64url(box.subarray(-TAG)),
  };
  const { plaintext } = await flattenedDecrypt(jwe, key, {
    keyManagementAlgorithms: ['dir'],
    contentEncryptionAlgorithms: ['A256GCM'],
  });
  return Buffer.from(plaintext).toString('utf8');
}
