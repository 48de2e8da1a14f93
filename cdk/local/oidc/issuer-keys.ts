import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { calculateJwkThumbprint, exportJWK, generateKeyPair, type JWK } from 'jose';

/** What the issuer signs with. */
export interface IssuerKeys {
  /** An RSA key with its private part, `kid` and `alg`: API Gateway takes no other kind. */
  readonly signing: JWK;
  /** For the signatures of cookies. */
  readonly cookies: readonly string[];
}

const isKeys = (value: unknown): value is IssuerKeys =>
  typeof value === 'object' &&
  value !== null &&
  'signing' in value &&
  'cookies' in value &&
  Array.isArray(value.cookies);

function readKeys(file: string): IssuerKeys | undefined {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
  const stored: unknown = JSON.parse(text);
  if (!isKeys(stored)) throw new Error(`${file} does not hold an issuer's keys`);
  return stored;
}

/** The keys of the data folder, made at the first start and readable by its owner only. */
export async function loadIssuerKeys(folder: string): Promise<IssuerKeys> {
  const file = join(folder, 'keys.json');
  const stored = readKeys(file);
  if (stored !== undefined) return stored;
  const { privateKey } = await generateKeyPair('RS256', { extractable: true });
  const jwk = await exportJWK(privateKey);
  const signing = { ...jwk, kid: await calculateJwkThumbprint(jwk), alg: 'RS256', use: 'sig' };
  const keys: IssuerKeys = { signing, cookies: [randomBytes(32).toString('base64url')] };
  mkdirSync(folder, { recursive: true });
  writeFileSync(`${file}.new`, JSON.stringify(keys), { mode: 0o600 });
  renameSync(`${file}.new`, file);
  return keys;
}

/** What others need to check its signatures. */
export function publicPartOf({ kty, n, e, kid, alg, use }: JWK): JWK {
  return JSON.parse(JSON.stringify({ kty, n, e, kid, alg, use }));
}
