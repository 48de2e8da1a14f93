import { type ChildProcess, spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/** The database engine, running for as long as nobody stops it. */
export interface EngineProcess {
  /** Where it answers now. It answers elsewhere after it was started again. */
  url(): string;
  /** Resolves when it answers; at once if it does. */
  ready(): Promise<void>;
  pid(): number | undefined;
  stop(): Promise<void>;
}

/** The engine's program, an optional dependency; throws with what to do where there is none. */
function program(): string {
  const require = createRequire(import.meta.url);
  try {
    return require.resolve(`@dynoxide/${process.platform}-${process.arch}/dynoxide`);
  } catch {
    throw new Error(
      `There is no dynoxide for ${process.platform} on ${process.arch}. Run any DynamoDB-compatible server ` +
        'and name it in AWS_ENDPOINT_URL_DYNAMODB.',
    );
  }
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise<void>((resolve) => server.close(() => resolve()));
  return typeof address === 'object' && address !== null ? address.port : 0;
}

/**
 * Kills the engine when this process is gone, however it went: the shell reads from a pipe that only we hold open, and
 * the read ends with us.
 */
function guard(pid: number): ChildProcess {
  return spawn('/bin/sh', ['-c', 'read -r _; kill -9 "$0"', String(pid)], {
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
  });
}

/**
 * Starts dynoxide on a file of data and watches it: if it ends, that is said and it is started again. Resolves when it
 * answers for the first time.
 */
export async function startEngine(file: string, say: (line: string) => void): Promise<EngineProcess> {
  const path = program();
  let current:
    | { child: ChildProcess; guardian: ChildProcess | undefined; ended: Promise<void>; url: string }
    | undefined;
  let stopping = false;
  let ready: Promise<void>;
  let failures = 0;

  const run = async (): Promise<void> => {
    const port = await freePort();
    const child = spawn(path, ['serve', '--host', '127.0.0.1', '--port', String(port), '--db-path', file], {
      stdio: ['ignore', 'ignore', 'pipe'],
      // Ctrl-C in a terminal goes to the whole group: whoever stops this process stops the engine when nobody needs it
      detached: true,
    });
    let complaint = '';
    child.stderr?.on('data', (chunk: Buffer) => {
      complaint = `${complaint}${chunk.toString()}`.slice(-2_000);
    });
    const ended = new Promise<void>((resolve) => {
      child.once('close', () => resolve());
      child.once('error', (error) => {
        complaint = error.message;
        resolve();
      });
    });
    const guardian = child.pid === undefined ? undefined : guard(child.pid);
    guardian?.stdin?.on('error', () => undefined);
    const here = { child, guardian, ended, url: `http://127.0.0.1:${port}` };
    current = here;
    void ended.then(() => {
      if (guardian !== undefined) release(guardian);
      if (stopping) return;
      say(`The table engine ended (${child.exitCode ?? child.signalCode}) and is started again. ${complaint.trim()}`);
      // What fails again and again is given time; the first time nobody has to wait.
      ready = sleep(Math.min(5_000, failures * 100)).then(() => (stopping ? undefined : run()));
      failures += 1;
    });
    while (!stopping && child.pid !== undefined && child.exitCode === null && child.signalCode === null) {
      if (await answers(here.url)) {
        failures = 0;
        return;
      }
      await sleep(10);
    }
    await ended;
    // `ended` above has put the next start in place of this one.
    if (!stopping) await ready;
  };

  ready = run();
  await ready;
  return {
    url: () => current?.url ?? '',
    ready: () => ready,
    pid: () => current?.child.pid,
    async stop() {
      stopping = true;
      if (current === undefined) return;
      const { child, guardian, ended } = current;
      child.kill('SIGTERM');
      const insist = setTimeout(() => child.kill('SIGKILL'), 2_000);
      await ended;
      clearTimeout(insist);
      if (guardian !== undefined) release(guardian);
    },
  };
}

/** Ends the guardian first, so that it cannot kill another process that has got the engine's number since. */
function release(guardian: ChildProcess): void {
  guardian.kill('SIGKILL');
  guardian.stdin?.destroy();
}

async function answers(url: string): Promise<boolean> {
  try {
    await fetch(url, { signal: AbortSignal.timeout(1_000) });
    return true;
  } catch {
    return false;
  }
}
