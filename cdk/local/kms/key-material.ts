import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { writePrivate } from '../data-folder/secrets.ts';
import type { KeySpec } from '../template/blueprint.ts';

const stored = z.record(z.string(), z.base64());

const bytes: Readonly<Record<KeySpec['spec'], number>> = {
  SYMMETRIC_DEFAULT: 32,
  HMAC_224: 28,
  HMAC_256: 32,
  HMAC_384: 48,
  HMAC_512: 64,
};

/**
 * The secret bytes of each key by its id, made at the first start and kept in the data folder, readable by its owner
 * alone. A key that the stack no longer has is kept: what it has closed could not be opened again.
 */
export function readKeyMaterial(dataDir: string, keys: readonly KeySpec[]): ReadonlyMap<string, Buffer> {
  const path = join(dataDir, 'kms-keys.json');
  const existing = existsSync(path) ? stored.parse(JSON.parse(readFileSync(path, 'utf8'))) : {};
  const missing = keys.filter((key) => existing[key.id] === undefined);
  const all = { ...existing };
  for (const key of missing) all[key.id] = randomBytes(bytes[key.spec]).toString('base64');
  if (missing.length > 0) writePrivate(path, JSON.stringify(all));
  return new Map(Object.entries(all).map(([id, material]) => [id, Buffer.from(material, 'base64')]));
}
