import { spawn } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The whole stack as a process of its own, in a process group with its database engine, to be killed. */
export interface Victim {
  /**
   * Starts it. `ready` gives how many milliseconds that took, or undefined when it was killed before.
   * Throws what it said when it ended by itself.
   */
  start(): { readonly ready: Promise<number | undefined> };
  /** Kills every process of the group at once, as a power cut does; resolves when none is left. */
  killAll(): Promise<void>;
  /** Kills the database engine alone; false when there is none just now. */
  killEngine(): boolean;
  /** Ends it as Ctrl-C does; resolves when no process is left. */
  stop(): Promise<void>;
}

const turn = () => new Promise<void>((resolve) => setTimeout(resolve, 10));

/** The processes of a group that run, by their names. What has ended but was not fetched yet does not run. */
function processesOf(group: number): { readonly pid: number; readonly name: string }[] {
  return readdirSync('/proc').flatMap((entry) => {
    if (!/^\d+$/.test(entry)) return [];
    try {
      const stat = readFileSync(`/proc/${entry}/stat`, 'utf8');
      const [state, , itsGroup] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      const name = stat.slice(stat.indexOf('(') + 1, stat.lastIndexOf(')'));
      return state !== 'Z' && Number(itsGroup) === group ? [{ pid: Number(entry), name }] : [];
    } catch {
      return [];
    }
  });
}

/** `npm start -- --empty` with a port and a data folder; temporary files stay in `folder`. */
export function victim(folder: string, dataDir: string, port: number): Victim {
  const temporary = join(folder, 'tmp');
  mkdirSync(temporary, { recursive: true });
  let running: { readonly pid: number; readonly ended: Promise<void> } | undefined;
  let killing = false;

  const gone = async (pid: number): Promise<void> => {
    while (processesOf(pid).length > 0) await turn();
  };

  const end = async (signal: 'SIGKILL' | 'SIGTERM'): Promise<void> => {
    if (!running) return;
    const { pid, ended } = running;
    killing = true;
    process.kill(signal === 'SIGKILL' ? -pid : pid, signal);
    await ended;
    await gone(pid);
    running = undefined;
  };

  return {
    start() {
      const begun = performance.now();
      const child = spawn(process.execPath, [join(import.meta.dirname, '../../cdk/cli/start.ts'), '--empty'], {
        detached: true,
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
    killAll: () => end('SIGKILL'),
    killEngine() {
      const engine = running && processesOf(running.pid).find(({ name }) => name === 'dynoxide');
      if (!engine) return false;
      process.kill(engine.pid, 'SIGKILL');
      return true;
    },
    stop: () => end('SIGTERM'),
  };
}
