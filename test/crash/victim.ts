import { spawn } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The whole stack as a process of its own, with whatever it starts, to be killed. */
export interface Victim {
  /**
   * Starts it. `ready` gives how many milliseconds that took, or undefined when it was killed before.
   * Throws what it said when it ended by itself.
   */
  start(): { readonly ready: Promise<number | undefined> };
  /** Kills all of its processes at once, as a power cut does; resolves when none is left. */
  killAll(): Promise<void>;
  /** Ends it as Ctrl-C does; resolves when no process is left. */
  stop(): Promise<void>;
}

const turn = () => new Promise<void>((resolve) => setTimeout(resolve, 10));

/** A process and all that it has started, as far as they run: what has ended but was not fetched yet does not. */
function familyOf(pid: number): number[] {
  const all = readdirSync('/proc').flatMap((entry) => {
    if (!/^\d+$/.test(entry)) return [];
    try {
      const stat = readFileSync(`/proc/${entry}/stat`, 'utf8');
      const [state, parent] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      return state === 'Z' ? [] : [{ pid: Number(entry), parent: Number(parent) }];
    } catch {
      return [];
    }
  });
  const childrenOf = (parent: number): number[] =>
    all.filter((each) => each.parent === parent).flatMap((each) => [each.pid, ...childrenOf(each.pid)]);
  return all.some((each) => each.pid === pid) ? [pid, ...childrenOf(pid)] : [];
}

/** Sends a signal; false when the process was gone. */
function signal(pid: number, name: 'SIGKILL' | 'SIGTERM' | 0): boolean {
  try {
    return process.kill(pid, name);
  } catch {
    return false;
  }
}

function runs(pid: number): boolean {
  try {
    return signal(pid, 0) && !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}

/** `npm start -- --empty` with a port and a data folder; temporary files stay in `folder`. */
export function victim(folder: string, dataDir: string, port: number): Victim {
  const temporary = join(folder, 'tmp');
  mkdirSync(temporary, { recursive: true });
  let running: { readonly pid: number; readonly ended: Promise<void> } | undefined;
  let killing = false;

  const end = async (name: 'SIGKILL' | 'SIGTERM', whom: 'all' | 'parent'): Promise<void> => {
    if (!running) return;
    const { pid, ended } = running;
    const family = familyOf(pid);
    killing = true;
    for (const each of whom === 'all' ? family : [pid]) signal(each, name);
    await ended;
    while (family.some(runs)) await turn();
    running = undefined;
  };

  return {
    start() {
      const begun = performance.now();
      const child = spawn(process.execPath, [join(import.meta.dirname, '../../cdk/cli/start.ts'), '--empty'], {
        stdio: ['ignore', 'pipe', 'pipe'],
        env: { ...process.env, PORT: String(port), JIELI_DATA: dataDir, TMPDIR: temporary },
      });
      const { pid } = child;
      if (pid === undefined) throw new Error('the stack could not be started');
      killing = false;
      let said = '';
      const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
      running = { pid, ended };
      const ready = new Promise<number | undefined>((resolve, reject) => {
        const hear = (chunk: Buffer) => {
          said = `${said}${chunk}`.slice(-20_000);
          if (said.includes('Jieli is ready')) resolve(performance.now() - begun);
        };
        child.stdout.on('data', hear);
        child.stderr.on('data', hear);
        void ended.then(() => {
          if (killing) resolve(undefined);
          else reject(new Error(`the stack ended by itself: ${said}`));
        });
      });
      return { ready };
    },
    killAll: () => end('SIGKILL', 'all'),
    stop: () => end('SIGTERM', 'parent'),
  };
}
