import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';
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

/** Longer than any offset's text: what is written over another covers all of it. */
const LENGTH = 48;

function writeTo(file: string, flags: 'w' | 'r+', text: string, flush: boolean): void {
  const descriptor = openSync(file, flags);
  try {
    writeSync(descriptor, text, 0);
    if (flush) fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

/**
 * Puts the offset into `file`. A kill leaves the old or the new one: it is one small write, which no signal divides. With
 * `flush` it also outlives a power cut: a complete new file is renamed over the old one, which costs milliseconds.
 */
export function writeOffset(file: string, offset: Millis, flush: boolean): void {
  const text = `${JSON.stringify({ offset }).padEnd(LENGTH)}\n`;
  if (!flush && existsSync(file)) {
    writeTo(file, 'r+', text, false);
    return;
  }
  mkdirSync(dirname(file), { recursive: true });
  const draft = `${file}.new`;
  writeTo(draft, 'w', text, flush);
  renameSync(draft, file);
}
