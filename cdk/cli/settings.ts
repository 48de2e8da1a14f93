import { resolve } from 'node:path';
import * as z from 'zod';

/** The exit code for what only a person can mend (EX_CONFIG of sysexits.h): trying again is of no use. */
export const MISTAKEN = 78;

/** Ends the command with a message for the person who typed it. */
export function fail(message: string, code = 1): never {
  console.error(message);
  process.exit(code);
}

function readNumber(name: string, least: number, most: number, such: number): number | undefined {
  const text = process.env[name] || undefined;
  const read = z.coerce.number().int().min(least).max(most).optional().safeParse(text);
  if (read.success) return read.data;
  return fail(
    `${name}=${text} is not right. It must be: a number from ${least} to ${most}, such as ${such}.`,
    MISTAKEN,
  );
}

/** Which local stack a command acts on: that of `PORT` and `JIELI_DATA`. */
export const settings = {
  port: readNumber('PORT', 1, 65_535, 3000) ?? 3000,
  /** how many threads all functions of a stack may have; left out, by cores and free memory */
  threads: readNumber('JIELI_THREADS', 2, 1_000, 8),
  dataDir: resolve(process.env.JIELI_DATA || '.jieli'),
};

export const baseUrl = `http://localhost:${settings.port}`;
