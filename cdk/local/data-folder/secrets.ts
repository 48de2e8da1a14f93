import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  closeSync,
  existsSync,
  fsyncSync,
  openSync,
  readFileSync,
  renameSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';

/** The secrets of a data folder. */
export interface Secrets {
  /** What the credentials of roles are derived from. */
  readonly credentials: Buffer;
  /** What a script shows to move the clock or to ask for a token. */
  readonly controlKey: string;
}

/** Where scripts find the key of the control endpoints. Only the owner may read it. */
export function controlKeyPath(dataDir: string): string {
  return join(dataDir, 'control-key');
}

/** Where the secret is that every start makes first: by it a data folder is known, however young and whoever is served. */
function credentialsPath(dataDir: string): string {
  return join(dataDir, 'credentials-secret');
}

/** Whether a start has used this folder before. */
export function isDataFolder(dataDir: string): boolean {
  return existsSync(credentialsPath(dataDir));
}

/** Reads a data folder's secrets and makes those that it lacks, readable by the owner alone. */
export function readSecrets(dataDir: string): Secrets {
  return {
    credentials: Buffer.from(readOrMake(credentialsPath(dataDir)), 'base64url'),
    controlKey: readOrMake(controlKeyPath(dataDir)),
  };
}

function readOrMake(path: string): string {
  try {
    return readFileSync(path, 'utf8').trim();
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
  }
  const made = randomBytes(48).toString('base64url');
  writePrivate(path, made);
  return made;
}

/** Writes a file that only its owner may read, in one step: it is there with all its content, or as it was, after a power cut too. */
export function writePrivate(path: string, content: string): void {
  const temporary = `${path}.${process.pid}.new`;
  writeFileSync(temporary, content, { mode: 0o600, flush: true });
  chmodSync(temporary, 0o600);
  renameSync(temporary, path);
  const folder = openSync(dirname(path), 'r');
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}
