import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fail, settings } from './settings.ts';
import { snapshotFolder } from './snapshot-folder.ts';

/** How long a running stack may take to come to rest and copy itself. */
const PATIENCE_SECONDS = 120;

const { dataDir } = settings;
const to = resolve(process.argv[2] ?? fail('Usage: npm run backup -- FILE.tar.gz'));
if (existsSync(to)) fail(`${to} is there already; a backup overwrites nothing.`);
if (!existsSync(join(dataDir, 'clock.json'))) fail(`${dataDir} is no data folder of a stack.`);

function runningProcess(): number | undefined {
  try {
    const pid = Number(readFileSync(join(dataDir, 'lock'), 'utf8').split(' ')[0]);
    process.kill(pid, 0);
    return pid;
  } catch {
    return undefined;
  }
}

async function snapshotOfRunning(pid: number): Promise<string> {
  const folder = snapshotFolder(dataDir);
  rmSync(folder.begun, { recursive: true, force: true });
  rmSync(folder.done, { recursive: true, force: true });
  process.kill(pid, 'SIGUSR2');
  for (let tries = 0; !existsSync(folder.done); tries++) {
    if (tries > PATIENCE_SECONDS * 10) fail('The running stack made no snapshot; its output says why.');
    await wait(100);
  }
  return folder.done;
}

const pid = runningProcess();
const from = pid === undefined ? dataDir : await snapshotOfRunning(pid);
execFileSync('tar', ['-czf', to, '--exclude=./lock', '--exclude=./assembly', '-C', from, '.']);
if (pid !== undefined) rmSync(from, { recursive: true });
console.log(
  `${to} holds everything: cases, workflows and what they wait for, mail, keys. Keep it where only you can read it.`,
);
