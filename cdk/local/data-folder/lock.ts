import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Another process works with the data folder. */
export class DataFolderInUse extends Error {
  override readonly name = 'DataFolderInUse';
}

/**
 * Takes a data folder for this process, creating it if need be, and gives back how to let go of it. A lock whose
 * process is gone (killed, or the machine restarted) is taken over. Throws {@link DataFolderInUse}.
 */
export function lockDataFolder(folder: string): () => void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const path = join(folder, 'lock');
  const own = `${path}.${process.pid}`;
  writeFileSync(own, identity(process.pid));
  try {
    for (let attempt = 0; attempt < 5; attempt += 1) {
      try {
        // A link appears at once with its content: two starts cannot both see no lock, nor half of one.
        linkSync(own, path);
        const release = (): void => {
          process.off('exit', release);
          rmSync(path, { force: true });
        };
        // also where the process ends before anybody could let go
        process.on('exit', release);
        return release;
      } catch {
        const holder = read(path);
        if (holder !== undefined && isAlive(holder)) {
          throw new DataFolderInUse(`${folder} is in use by process ${holder.split(' ')[0]}.`);
        }
        rmSync(path, { force: true });
      }
    }
    throw new DataFolderInUse(`${folder} cannot be locked: others keep taking it.`);
  } finally {
    rmSync(own, { force: true });
  }
}

function read(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}

/** Number and start time of a process, so that another process with the same number is not taken for it. */
function identity(pid: number): string {
  return `${pid} ${startOf(pid) ?? 'unknown'}`;
}

function startOf(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name in brackets may hold spaces; the start time is the 20th field after it.
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
  } catch {
    return undefined;
  }
}

function isAlive(holder: string): boolean {
  const [pid = '', start] = holder.split(' ');
  try {
    process.kill(Number(pid), 0);
  } catch {
    return false;
  }
  return start === 'unknown' || startOf(Number(pid)) === undefined || startOf(Number(pid)) === start;
}
