import { createHash, randomInt } from 'node:crypto';
import { createServer } from 'node:net';

/**
 * Below what systems give out by themselves, so that no other server and no connection going out takes the port
 * between now and its use; and none that browsers refuse.
 */
const FROM = 20_000;
const BELOW = 32_000;

function isFree(port: number): Promise<boolean> {
  const server = createServer();
  return new Promise((resolve) => {
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}

/** Ports that the files of one worker of one checkout use again and again. */
const OWN = 8;
const owner = createHash('sha256')
  .update(`${import.meta.dirname} ${process.env.VITEST_POOL_ID}`)
  .digest();
const first = FROM + (owner.readUInt32BE() % Math.floor((BELOW - FROM) / OWN)) * OWN;
const own = Array.from({ length: OWN }, (_, at) => first + at);

/** From a port to another one that stands for it while a test has it. */
const CLAIM = 12_000;

/**
 * Claims a port, and says whether that was possible, among tests that run at the same time, in whatever process: between looking and listening a stack is
 * synthesized, and a worker of the same number may look meanwhile. The claim ends with the worker that made it.
 */
function claim(port: number): Promise<boolean> {
  const server = createServer();
  server.unref();
  return new Promise((resolve) => {
    server.once('error', () => resolve(false));
    server.listen(port - CLAIM, '127.0.0.1', () => resolve(true));
  });
}

/**
 * A port of this machine that nobody listens on, each time another one. The address is a part of the stack: with the ports
 * of the file before, what was synthesized for it can be used again.
 */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = own.shift() ?? randomInt(FROM, BELOW);
    if ((await claim(port)) && (await isFree(port))) return port;
  }
}
