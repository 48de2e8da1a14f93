import { createHash, randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { writePrivate } from '../data-folder/secrets.ts';
import type { KeySpec } from '../template/blueprint.ts';
import type { Clock, Millis } from '../types.ts';

/** What a key encrypted with from one moment until it was rotated; what it closed opens with it for ever. */
export interface Material {
  /** Which of its key's materials it is, from 0. */
  readonly number: number;
  readonly secret: Buffer;
  readonly from: Millis;
  /** How it came to be; `first` is no rotation. */
  readonly by: 'first' | 'AUTOMATIC' | 'ON_DEMAND';
}

export interface KeyMaterials {
  /** What the key works with now: rotated first if its time has come. */
  current(key: KeySpec): Material;
  /** One of the key's materials; undefined when it never had so many. */
  find(key: KeySpec, number: number): Material | undefined;
  /** All of them, the oldest first. */
  all(key: KeySpec): readonly Material[];
  rotate(key: KeySpec): void;
  /** When the next automatic rotation is due; undefined when the key is not rotated by itself. */
  nextRotation(key: KeySpec): Millis | undefined;
}

const Entry = z.object({ secret: z.base64(), from: z.number(), by: z.enum(['first', 'AUTOMATIC', 'ON_DEMAND']) });
// One text a key is what was written before keys could be rotated.
const Stored = z.record(
  z.string(),
  z.union([z.array(Entry), z.base64().transform((secret) => [{ secret, from: 0, by: 'first' as const }])]),
);

const bytes: Readonly<Record<KeySpec['spec'], number>> = {
  SYMMETRIC_DEFAULT: 32,
  HMAC_224: 28,
  HMAC_256: 32,
  HMAC_384: 48,
  HMAC_512: 64,
};
const DAY = 86_400_000;

/** What KMS calls a material in its answers: it tells nothing of the secret. */
export function materialId(key: KeySpec, { number }: Material): string {
  return createHash('sha256').update(`${key.arn}/${number}`).digest('hex');
}

/**
 * The secret bytes of each key, made at the first start and kept in the data folder, readable by its owner alone.
 * What a key that the stack no longer has is kept too: what it has closed could not be opened again.
 */
export function readKeyMaterials(dataDir: string, keys: readonly KeySpec[], clock: Pick<Clock, 'now'>): KeyMaterials {
  const path = join(dataDir, 'kms-keys.json');
  const stored: Record<string, z.output<typeof Entry>[]> = existsSync(path)
    ? Stored.parse(JSON.parse(readFileSync(path, 'utf8')))
    : {};
  const add = (key: KeySpec, from: Millis, by: Material['by']): void => {
    const secret = randomBytes(bytes[key.spec]).toString('base64');
    stored[key.id] = [...(stored[key.id] ?? []), { secret, from, by }];
  };
  const missing = keys.filter((key) => stored[key.id] === undefined);
  for (const key of missing) add(key, clock.now(), 'first');
  if (missing.length > 0) writePrivate(path, JSON.stringify(stored));

  const materials = new Map<string, readonly Material[]>();
  const all = (key: KeySpec): readonly Material[] => {
    const known = materials.get(key.id);
    if (known !== undefined) return known;
    const read = (stored[key.id] ?? []).map(({ secret, ...rest }, number) => ({
      ...rest,
      number,
      secret: Buffer.from(secret, 'base64'),
    }));
    materials.set(key.id, read);
    return read;
  };
  const nextRotation = (key: KeySpec): Millis | undefined => {
    if (key.rotationDays === undefined || !key.enabled) return undefined;
    // Rotating on demand leaves the schedule as it is.
    return (all(key).findLast(({ by }) => by !== 'ON_DEMAND')?.from ?? clock.now()) + key.rotationDays * DAY;
  };
  const rotateAt = (key: KeySpec, from: Millis, by: Material['by']): void => {
    add(key, from, by);
    materials.delete(key.id);
    writePrivate(path, JSON.stringify(stored));
  };
  return {
    current(key) {
      for (let due = nextRotation(key); due !== undefined && due <= clock.now(); due = nextRotation(key)) {
        rotateAt(key, due, 'AUTOMATIC');
      }
      const last = all(key).at(-1);
      if (last === undefined) throw new Error(`${key.arn} has no material.`);
      return last;
    },
    find: (key, number) => all(key)[number],
    all,
    rotate: (key) => rotateAt(key, clock.now(), 'ON_DEMAND'),
    nextRotation,
  };
}
