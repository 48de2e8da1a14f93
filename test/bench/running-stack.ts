import { spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import * as z from 'zod';
import { controlKeyPath } from '../../cdk/local/data-folder/secrets.ts';
import { freePort } from '../e2e/free-port.ts';

/** What `npm start` runs, in a process of its own as for a user. */
export interface RunningStack {
  readonly url: string;
  /** milliseconds from the command to the line that says it is ready */
  readonly readyAfter: number;
  token(person: string): Promise<string>;
  /** Waits until the stack has done everything that is to be done now. */
  settle(): Promise<void>;
  /** resident bytes of the process and all its children */
  memory(): number;
  /** processor time in milliseconds that they have used since they began */
  processorTime(): number;
  stop(): Promise<void>;
}

const ROOT = dirname(dirname(import.meta.dirname));
/** Linux counts processor time in hundredths of a second. */
const TICK = 10;
const PAGE = 4096;

/** A process and its children, and theirs; from Linux's own list, none elsewhere. */
function family(pid: number): number[] {
  const children = new Map<number, number[]>();
  for (const entry of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    try {
      const parent = Number(statOf(Number(entry))[1]);
      children.set(parent, [...(children.get(parent) ?? []), Number(entry)]);
    } catch {
      // it has ended meanwhile
    }
  }
  const all = [pid];
  for (const one of all) all.push(...(children.get(one) ?? []));
  return all;
}

/** The fields of /proc/PID/stat behind the name, which may have spaces: state, parent and so on. */
function statOf(pid: number): string[] {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
}

/** What this process uses for tables of its own is not the stack's. */
function withoutAws(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !name.startsWith('AWS_')));
}

const Token = z.object({ token: z.string() });

/** Starts the stack with a data folder and waits until it says that it is ready. Throws when it ends before. */
export async function startRunningStack(dataDir: string, { demo }: { demo: boolean }): Promise<RunningStack> {
  const port = await freePort();
  const began = performance.now();
  const child = spawn(process.execPath, ['cdk/cli/start.ts', ...(demo ? [] : ['--empty'])], {
    cwd: ROOT,
    env: { ...withoutAws(process.env), PORT: String(port), JIELI_DATA: dataDir },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  // a part that fails leaves no stack behind
  process.once('exit', () => child.kill('SIGKILL'));
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  let said = '';
  const ready = new Promise<void>((resolve) => {
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk) => {
        said += chunk;
        if (said.includes('Jieli is ready')) resolve();
      });
    }
  });
  await Promise.race([
    ready,
    ended.then(() => {
      throw new Error(`the stack ended before it was ready:\n${said}`);
    }),
  ]);
  const readyAfter = performance.now() - began;
  const url = `http://localhost:${port}`;
  const pids = () => family(child.pid ?? 0);
  const control = async (path: string, body: object): Promise<unknown> => {
    const response = await fetch(`${url}/_aws/${path}`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${readFileSync(controlKeyPath(dataDir), 'utf8').trim()}`,
        'content-type': 'application/json',
      },
      body: JSON.stringify(body),
    });
    return response.json();
  };
  return {
    url,
    readyAfter,
    token: async (person) => Token.parse(await control('token', { sub: person })).token,
    settle: async () => void (await control('clock', { by: 0 })),
    memory: () =>
      pids().reduce(
        (sum, pid) => sum + Number(readFileSync(join('/proc', String(pid), 'statm'), 'utf8').split(' ')[1]) * PAGE,
        0,
      ),
    processorTime: () =>
      pids().reduce((sum, pid) => sum + (Number(statOf(pid)[11]) + Number(statOf(pid)[12])) * TICK, 0),
    async stop() {
      child.kill('SIGTERM');
      await ended;
    },
  };
}
