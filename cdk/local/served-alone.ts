import { once } from 'node:events';
import type { Server } from 'node:http';
import { parseArgs } from 'node:util';

/** Ends the process with a message for the person who started it. */
export function fail(error: unknown, code = 1): never {
  console.error(error instanceof Error ? error.message : String(error));
  process.exit(code);
}

/** What was asked of a service that is started alone, by name. Ends the process with its usage where that cannot be read. */
export function asked<D extends Readonly<Record<string, string>>>(
  usage: string,
  defaults: D,
  ...others: readonly string[]
): Readonly<Record<string, string | undefined>> & { readonly [name in keyof D]: string } {
  const options = Object.fromEntries([
    ...others.map((name) => [name, { type: 'string' as const }]),
    ...Object.entries(defaults).map(([name, value]) => [name, { type: 'string' as const, default: value }]),
  ]);
  try {
    return { ...defaults, ...parseArgs({ options }).values };
  } catch (error) {
    return fail(`${error instanceof Error ? error.message : error}\n${usage}`, 2);
  }
}

/**
 * Listens, says where, and goes on until the process is told to stop.
 * @param begin what begins once the port is taken
 * @param stop what is to be stopped with it, last
 */
export async function serveUntilStopped(
  server: Server,
  { host, port }: { readonly host: string; readonly port: string },
  { said, begin, stop }: { readonly said: (url: string) => string; begin?(): Promise<void>; stop(): Promise<void> },
): Promise<void> {
  await once(server.listen(Number(port), host), 'listening');
  await begin?.();
  const end = async (): Promise<void> => {
    server.close();
    server.closeAllConnections();
    await stop();
    process.exit(0);
  };
  process.once('SIGTERM', end);
  process.once('SIGINT', end);
  const address = server.address();
  console.log(said(`http://${host}:${typeof address === 'object' && address !== null ? address.port : port}`));
}
