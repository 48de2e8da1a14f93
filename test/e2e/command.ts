import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import * as z from 'zod';

/** Which stack a command acts on, as its environment says. */
export interface Settings {
  readonly PORT: string;
  readonly JIELI_DATA: string;
  readonly [variable: string]: string;
}

/** What makes a start one with a public URL; nothing answers at its issuer. */
export function publicly(smtpUrl: string) {
  return {
    JIELI_PUBLIC_URL: 'https://hub.example.org',
    JIELI_OIDC_ISSUER: 'https://sign-in.example.org',
    JIELI_OIDC_CLIENT_ID: 'jieli',
    JIELI_SMTP_URL: smtpUrl,
    JIELI_MAIL_FROM: 'hub@example.org',
    JIELI_ALARM_EMAIL: 'admin@example.org',
  };
}

const run = promisify(execFile);
const ROOT = new URL('../../', import.meta.url).pathname;
const { PATH, HOME, JIELI_ASSEMBLIES, NODE_COMPILE_CACHE } = process.env;
const environment = (settings: Settings) => ({ PATH, HOME, JIELI_ASSEMBLIES, NODE_COMPILE_CACHE, ...settings });

/** Runs a command of `cdk/cli` to its end. @returns its output; @throws when it fails */
export async function command(settings: Settings, name: string, ...args: string[]): Promise<string> {
  const path = `cdk/cli/${name}.ts`;
  const { stdout } = await run(process.execPath, [path, ...args], { cwd: ROOT, env: environment(settings) });
  return stdout.trim();
}

export interface StartedStack {
  readonly child: ChildProcess;
  /** what it said on its error output */
  complaints(): string;
}

/** `npm start -- --empty`, in a process group of its own as in a terminal, with the umask that most systems begin with. */
export async function startCommand(settings: Settings, ...args: string[]): Promise<StartedStack> {
  const wide = ['-c', 'umask 022; exec "$0" "$@"', process.execPath];
  const child = spawn('/bin/sh', [...wide, 'cdk/cli/start.ts', '--empty', ...args], {
    cwd: ROOT,
    env: environment(settings),
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let complaints = '';
  child.stderr.on('data', (chunk: Buffer) => {
    complaints += chunk.toString();
  });
  for await (const line of createInterface({ input: child.stdout })) {
    if (line.startsWith(`Jieli is ready: http://localhost:${settings.PORT}`)) {
      child.stdout.resume();
      return { child, complaints: () => complaints };
    }
  }
  throw new Error(`the stack ended before it was ready: ${complaints}`);
}

/** The processes that a process has started, and those that these have. */
export function descendants(pid: number): number[] {
  const parents = readdirSync('/proc').flatMap((name) => {
    if (!/^\d+$/.test(name)) return [];
    try {
      // the name in parentheses may itself have spaces
      const [, parent] = readFileSync(`/proc/${name}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
      return [{ pid: Number(name), parent: Number(parent) }];
    } catch {
      return [];
    }
  });
  const children = parents.filter(({ parent }) => parent === pid).map((each) => each.pid);
  return children.flatMap((child) => [child, ...descendants(child)]);
}

/** Whether a process still runs. What has ended but was not fetched by its parent yet does not. */
export function isAlive(pid: number): boolean {
  try {
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}

/** Ctrl-C, as a terminal sends it: to the process and all that it has started. @returns the exit code */
export async function ctrlC(child: ChildProcess): Promise<number | null> {
  const ended = once(child, 'exit');
  process.kill(-z.number().parse(child.pid), 'SIGINT');
  const [code] = z
    .tuple([z.number().nullable()])
    .rest(z.unknown())
    .parse(await ended);
  return code;
}
