import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { type MailServer, startMailServer } from '../fake/mail-server.ts';
import { command, descendants, isAlive, publicly } from './command.ts';
import { openToOthers } from './file-modes.ts';
import { freePort } from './free-port.ts';
import { serviceOf, variablesOf, wordsOf } from './unit-file.ts';

const ROOT = new URL('../../', import.meta.url).pathname;
interface Account {
  readonly uid: number | undefined;
  readonly gid: number | undefined;
}
/** What an account that may do nothing has; tests that do not run as root run all as themselves. */
const OWN: Account = { uid: undefined, gid: undefined };
const NOBODY: Account = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : OWN;

let folder: string;
let mail: MailServer;
let parties: string;
const begun = new Set<ChildProcess>();

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'jieli-unit-'));
  // the other account passes through, and sees nothing else of it
  chmodSync(folder, 0o711);
  mail = await startMailServer();
  parties = join(folder, 'our parties.json');
  const hub = { id: 'hub', type: 'hub', name: '江城应急协作中心' };
  writeFileSync(parties, JSON.stringify({ parties: [hub], members: [] }));
});
afterAll(async () => {
  for (const child of begun) child.kill('SIGKILL');
  await mail.stop();
  rmSync(folder, { recursive: true, force: true });
});

interface Run {
  readonly words: readonly string[];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  readonly umask?: string;
  readonly account?: Account;
}

/** Runs a command line as a supervisor does: nothing of this process's environment, output to the supervisor. */
function run({ words, cwd, env, umask = '022', account = OWN }: Run): ChildProcess {
  const args = ['-c', `umask ${umask}; exec "$0" "$@"`, ...words];
  const child = spawn('/bin/sh', args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'], ...account });
  begun.add(child);
  return child;
}

async function ready(child: ChildProcess): Promise<void> {
  let complaints = '';
  child.stderr?.on('data', (chunk: Buffer) => {
    complaints += chunk.toString();
  });
  if (!child.stdout) throw new Error('no output');
  for await (const line of createInterface({ input: child.stdout })) {
    if (!line.startsWith('Jieli is ready')) continue;
    child.stdout.resume();
    return;
  }
  throw new Error(`it ended before it was ready: ${complaints}`);
}

/** Ends a process by SIGTERM to it alone, and sees that all it started ends, its port and lock are free. */
async function stop(child: ChildProcess, port: string, dataDir: string): Promise<unknown> {
  const started = descendants(z.number().parse(child.pid));
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  const [code] = await ended;
  begun.delete(child);
  await expect.poll(() => started.filter(isAlive)).toEqual([]);
  await expect(fetch(`http://localhost:${port}`)).rejects.toThrow();
  expect(existsSync(join(dataDir, 'lock'))).toBe(false);
  return code;
}

describe('what npm run service writes', () => {
  const unitsIn = async () => {
    const units = join(folder, 'units');
    const dataDir = join(folder, 'data of jieli');
    const backups = join(folder, 'backups');
    const settings = join(folder, 'jieli.env');
    const given = ['--data', dataDir, '--variables', settings, '--parties', parties, '--backups', backups];
    const said = await command({ PORT: '3000', JIELI_DATA: dataDir }, 'service', units, ...given);
    return { units, dataDir, backups, settings, said };
  };

  it('runs as written: account, umask, command, stop; and its backup', async () => {
    const { units, dataDir, backups, settings, said } = await unitsIn();
    const port = String(await freePort());
    // the file of settings, filled in
    const template = readFileSync(join(units, 'jieli.env'), 'utf8');
    const filled = { ...publicly(mail.url), PORT: port };
    expect(Object.keys(variablesOf(template)).toSorted()).toEqual(Object.keys(filled).toSorted());
    // not everybody has an address to post alarms to
    expect(variablesOf(template.replaceAll(/^#(?=\w+=)/gm, ''))).toHaveProperty('JIELI_ALARM_URL');
    writeFileSync(
      settings,
      Object.entries(filled)
        .map((pair) => pair.join('='))
        .join('\n'),
    );
    // as the lines say that it prints
    for (const made of [dataDir, backups]) {
      mkdirSync(made, { mode: 0o700 });
      if (NOBODY.uid !== undefined && NOBODY.gid !== undefined) chownSync(made, NOBODY.uid, NOBODY.gid);
      expect(said).toContain(made);
    }
    const service = serviceOf(readFileSync(join(units, 'jieli.service'), 'utf8'));
    const backup = serviceOf(readFileSync(join(units, 'jieli-backup.service'), 'utf8'));
    for (const each of [service, backup]) {
      expect(each).toMatchObject({ User: 'jieli', UMask: '0077', EnvironmentFile: settings });
      expect(wordsOf(each.ReadWritePaths ?? '')).toContain(dataDir);
    }
    expect(service).toMatchObject({ Restart: 'on-failure', RestartPreventExitStatus: '78', KillMode: 'mixed' });
    expect(wordsOf(backup.ReadWritePaths ?? '')).toContain(backups);
    const [, data] = /^(JIELI_DATA=.*)$/.exec(wordsOf(service.Environment ?? '')[0] ?? '') ?? [];
    expect(data).toBe(`JIELI_DATA=${dataDir}`);

    const env = { ...variablesOf(`${data}`), ...variablesOf(readFileSync(settings, 'utf8')) };
    const as = { cwd: z.string().parse(service.WorkingDirectory), env, umask: service.UMask ?? '', account: NOBODY };
    const child = run({ ...as, words: wordsOf(service.ExecStart ?? '') });
    await ready(child);
    expect((await fetch(`http://localhost:${port}/`)).status).toBe(200);

    const backedUp = run({ ...as, words: wordsOf(backup.ExecStart ?? '') });
    expect(await once(backedUp, 'exit')).toEqual([0, null]);
    expect(readdirSync(backups)).toEqual([expect.stringMatching(/^jieli-.*\.tar\.gz$/)]);
    expect([...openToOthers(dataDir), ...openToOthers(backups)]).toEqual([]);

    const within = Number(service.TimeoutStopSec);
    const stopping = performance.now();
    expect(await stop(child, port, dataDir)).toBe(0);
    expect((performance.now() - stopping) / 1_000).toBeLessThan(within);
  });

  it('ends with the code that is not tried again when the settings are not right', async () => {
    const units = join(folder, 'units');
    const service = serviceOf(readFileSync(join(units, 'jieli.service'), 'utf8'));
    const env = { JIELI_DATA: join(folder, 'data of jieli'), ...publicly(mail.url), JIELI_MAIL_FROM: 'hub' };
    const child = run({ words: wordsOf(service.ExecStart ?? ''), cwd: ROOT, env });
    const [code] = await once(child, 'exit');
    begun.delete(child);
    expect(String(code)).toBe(service.RestartPreventExitStatus);
  });

  it('overwrites nothing', async () => {
    await expect(unitsIn()).rejects.toThrow('nothing is overwritten');
  });
});

describe('the container recipe', () => {
  const recipe = readFileSync(join(ROOT, 'cdk/Containerfile'), 'utf8');
  const copied = [...recipe.matchAll(/^COPY (.+) \S+$/gm)].flatMap(([, names = '']) => names.split(' '));

  it('starts with what it copies alone, as an account that may write its data only, and ends at SIGTERM', async () => {
    const image = join(folder, 'image');
    mkdirSync(image);
    for (const name of copied) cpSync(join(ROOT, name), join(image, name), { recursive: true });
    symlinkSync(join(ROOT, 'node_modules'), join(image, 'node_modules'));
    const words = z.array(z.string()).parse(JSON.parse(/^CMD (\[.*\])$/m.exec(recipe)?.[1] ?? ''));
    expect(words.at(-1)).toBe('/etc/jieli/parties.json');
    expect(recipe).toMatch(/^STOPSIGNAL SIGTERM$/m);
    expect(recipe).toMatch(/^USER node$/m);

    const port = String(await freePort());
    const dataDir = join(folder, 'volume');
    const env = { ...publicly(mail.url), PORT: port, JIELI_DATA: dataDir, JIELI_LISTEN: '0.0.0.0' };
    const child = run({ words: [...words.slice(0, -1), parties], cwd: image, env });
    await ready(child);
    expect(statSync(dataDir).mode & 0o777).toBe(0o700);
    expect(await stop(child, port, dataDir)).toBe(0);
  });
});

describe('npm start', () => {
  it('ends with all that it has started at a SIGTERM to npm alone, as a supervisor sends it', async () => {
    const port = String(await freePort());
    const dataDir = join(folder, 'by-npm');
    const env = { PATH: z.string().parse(process.env.PATH), HOME: folder, PORT: port, JIELI_DATA: dataDir };
    const child = run({ words: ['npm', 'start', '--', '--empty'], cwd: ROOT, env });
    await ready(child);
    await stop(child, port, dataDir);
  });
});
