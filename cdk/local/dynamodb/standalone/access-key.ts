import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { writePrivate } from '../../data-folder/secrets.ts';
import type { AccessKey } from './http-server.ts';

const keyFile = z.object({ accessKeyId: z.string(), secretAccessKey: z.string() });

/**
 * The key of the standalone tables: that of `AWS_ACCESS_KEY_ID` and `AWS_SECRET_ACCESS_KEY`, else one that is made for
 * the folder and lies there for its owner alone.
 */
export function accessKeyFor(folder: string, environment: Readonly<Record<string, string | undefined>>): AccessKey {
  const { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey } = environment;
  if (accessKeyId && secretAccessKey) return { accessKeyId, secretAccessKey };
  const path = join(folder, 'access-key.json');
  try {
    return keyFile.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
  }
  const made = {
    accessKeyId: `LOCAL${randomBytes(8).toString('hex').toUpperCase()}`,
    secretAccessKey: randomBytes(30).toString('base64url'),
  };
  writePrivate(path, JSON.stringify(made));
  return made;
}
