import { closeSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Millis } from '../types.ts';

/** The offset that `file` holds in milliseconds, undefined if there is none. Throws if the file is not what was written here. */
export function readOffset(file: string): Millis | undefined {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
  const stored: unknown = JSON.parse(text);
  const offset = typeof stored === 'object' && stored !== null && 'offset' in stored ? stored.offset : undefined;
  if (typeof offset !== 'number' || !Number.isSafeInteger(offset)) {
    throw new Error(`${file} does not hold a clock's offset`);
  }
  return offset;
}

/**
 * Puts the offset into `file` by renaming a complete new file over it, so that a kill leaves the old or the new one.
 * With `flush` it also waits for the disk: then it outlives a power cut, which costs milliseconds.
 */
export function writeOffset(file: string, offset: Millis, flush: boolean): void {
  mkdirSync(dirname(file), { recursive: true });
  const draft = `${file}.new`;
  const descriptor = openSync(draft, 'w');
  try {
    writeSync(descriptor, `${JSON.stringify({ offset })}\n`);
    if (flush) fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
  renameSync(draft, file);
}
