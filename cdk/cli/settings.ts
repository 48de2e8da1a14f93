import { resolve } from 'node:path';
import * as z from 'zod';

/** The exit code for what only a person can mend (EX_CONFIG of sysexits.h): trying again is of no use. */
export const MISTAKEN = 78;

/** Ends the command with a message for the person who typed it. */
export function fail(message: string, code = 1): never {
  console.error(message);
  process.exit(code);
}

function readPort(text: string | undefined): number {
  const read = z.coerce
    .number()
    .int()
    .min(1)
    .max(65_535)
    .safeParse(text || 3000);
  if (read.success) return read.data;
  return fail(`PORT=${text} is not right. It must be: a number from 1 to 65535, such as 3000.`, MISTAKEN);
}

/** Which local stack a command acts on: that of `PORT` and `JIELI_DATA`. */
export const settings = {
  port: readPort(process.env.PORT),
  dataDir: resolve(process.env.JIELI_DATA || '.jieli'),
};

export const baseUrl = `http://localhost:${settings.port}`;
