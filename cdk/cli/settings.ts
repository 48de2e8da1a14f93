import { resolve } from 'node:path';

/** Which local stack a command acts on: that of `PORT` and `JIELI_DATA`. */
export const settings = {
  port: Number(process.env.PORT ?? 3000),
  dataDir: resolve(process.env.JIELI_DATA ?? '.jieli'),
};

export const baseUrl = `http://localhost:${settings.port}`;

/** Ends the command with a message for the person who typed it. */
export function fail(message: string): never {
  console.error(message);
  process.exit(1);
}
