import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdtempSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freePort } from './free-port.ts';

const ROOT = new URL('../../', import.meta.url).pathname;
const parts = ['package.json', 'package-lock.json', 'tsconfig.json', 'cdk', 'functions', 'shared', 'workflows'];

let project: string;
let stack: ChildProcess;
let url: string;
const said: string[] = [];
let wake = (): void => undefined;

/** The next line that has this in it, of those that nobody has waited for yet. */
async function hear(part: string): Promise<string> {
  for (;;) {
    const at = said.findIndex((line) => line.includes(part));
    if (at >= 0) return said.splice(0, at + 1).at(-1) ?? '';
    if (stack.exitCode !== null) throw new Error(`it ended: ${said.join('\n')}`);
    await new Promise<void>((resolve) => {
      wake = resolve;
    });
  }
}

/** Writes a source anew, as editors do that put another file in its place. */
function edit(name: string, change: (text: string) => string): void {
  const path = join(project, name);
  writeFileSync(`${path}~`, change(readFileSync(path, 'utf8')));
  renameSync(`${path}~`, path);
}

const home = async () => (await fetch(`${url}/?lang=zh`)).text();

beforeAll(async () => {
  project = mkdtempSync(join(tmpdir(), 'jieli-dev-'));
  for (const name of parts) cpSync(join(ROOT, name), join(project, name), { recursive: true });
  symlinkSync(join(ROOT, 'node_modules'), join(project, 'node_modules'));
  const port = String(await freePort());
  url = `http://localhost:${port}`;
  stack = spawn(process.execPath, ['cdk/cli/start.ts', '--watch', '--empty'], {
    cwd: project,
    env: { PATH: process.env.PATH, HOME: project, PORT: port, JIELI_DATA: join(project, '.jieli') },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  for (const output of [stack.stdout, stack.stderr]) {
    if (!output) throw new Error('no output');
    createInterface({ input: output }).on('line', (line) => {
      said.push(line);
      wake();
    });
  }
  stack.once('exit', () => wake());
  await hear('Sources are watched');
});
afterAll(async () => {
  stack.kill('SIGTERM');
  if (stack.exitCode === null && stack.signalCode === null) await once(stack, 'exit');
  rmSync(project, { recursive: true, force: true });
});

describe('npm run dev', () => {
  it('shows a changed word after bundling the one function that has it', async () => {
    expect(await home()).toContain('不用注册');
    edit('functions/site/texts/home.ts', (text) => text.replace('不用注册', '无需注册'));
    expect(await hear('functions/site/texts/home.ts')).toContain(': replaced site (');
    expect(await home()).toContain('无需注册');
    edit('functions/site/texts/home.ts', (text) => text.replace('无需注册', '免注册'));
    expect(await hear('functions/site/texts/home.ts')).toContain(': replaced site (');
    expect(await home()).toContain('免注册');
  });

  it('bundles every function that has the changed source, and no other', async () => {
    edit('functions/console/texts/frame.ts', (text) => `${text}\n`);
    expect(await hear('functions/console/texts/frame.ts')).toContain(': replaced console (');
    edit('functions/web/page.tsx', (text) => `${text}\n`);
    expect(await hear('functions/web/page.tsx')).toContain(': replaced site, console (');
  });

  it('says what does not compile and where, goes on with what it has, and takes what mends it', async () => {
    edit('functions/site/texts/home.ts', (text) => text.replace('const zh = {', 'const zh = {{'));
    expect(await hear('does not compile')).toContain('functions/site/texts/home.ts: site as before');
    expect(await hear('functions/site/texts/home.ts:')).toMatch(/home\.ts:\d+:\d+: ERROR/);
    expect(await home()).toContain('免注册');
    edit('functions/site/texts/home.ts', (text) => text.replace('const zh = {{', 'const zh = {'));
    expect(await hear('functions/site/texts/home.ts')).toContain(': replaced site (');
  });

  it('says that the stack needs a start when its template is another one, and nothing when it is not', async () => {
    edit('cdk/constructs/alarms.ts', (text) => `${text}// a remark\n`);
    edit('cdk/constructs/alarms.ts', (text) => text.replace('minutes(5)', 'minutes(6)'));
    expect(await hear('another one')).toContain('cdk/constructs/alarms.ts');
    edit('cdk/local/index.ts', (text) => `${text}// a remark\n`);
    expect(await hear('cdk/local/index.ts')).toContain('is a part of what runs the stack');
    expect(said).toEqual([]);
  });
});
