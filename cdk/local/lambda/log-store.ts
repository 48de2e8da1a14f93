import { appendFileSync, mkdirSync, renameSync, statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Millis } from '../types.ts';

/** A line of a function's log. What the function wrote as a JSON object is an object here too. */
export interface LogEntry {
  /** ISO 8601, on the local clock. */
  readonly time: string;
  readonly requestId?: string;
  readonly level: string;
  readonly message: unknown;
}

export interface LogQuery {
  /** How many entries at most, the newest; 100 unless told. */
  readonly limit?: number;
  /** Only those of this invocation. */
  readonly requestId?: string;
  /** Only those from one moment to another, in milliseconds. */
  readonly from?: Millis;
  readonly to?: Millis;
  /** Only those with this text somewhere in them. */
  readonly text?: string;
}

export interface LogStore {
  append(functionName: string, entry: LogEntry): void;
  /** The entries of a function, oldest first. */
  read(functionName: string, query?: LogQuery): Promise<readonly LogEntry[]>;
  /** Writes what is still in memory. */
  flush(): void;
}

/** So many lines of a function wait at most while they cannot be written. */
const MOST_WAITING = 1_000;

const isEntry = (value: unknown): value is LogEntry =>
  typeof value === 'object' && value !== null && 'time' in value && 'level' in value && 'message' in value;

function parse(line: string): LogEntry | undefined {
  try {
    const entry: unknown = JSON.parse(line);
    return isEntry(entry) ? entry : undefined;
  } catch {
    // Nothing, or the last line of a process that was killed while it wrote.
    return undefined;
  }
}

/** Whether an entry is asked for. */
function isWanted(entry: LogEntry, { requestId, from, to }: LogQuery): boolean {
  const at = Date.parse(entry.time);
  if (at < (from ?? -Infinity) || at > (to ?? Infinity)) return false;
  return requestId === undefined || entry.requestId === requestId;
}

const readLines = async (file: string): Promise<readonly string[]> =>
  (await readFile(file, 'utf8').catch(() => '')).split('\n');

/**
 * Keeps logs as one JSON line an entry, a file a function, in `folder`. A file that passes `maxBytes` becomes the old
 * one and replaces the older: no function's log takes more than twice that.
 */
export function createLogStore({ folder, maxBytes = 4_000_000 }: { folder: string; maxBytes?: number }): LogStore {
  const pending = new Map<string, string[]>();
  const sizes = new Map<string, number>();
  let scheduled = false;
  let refused = false;
  mkdirSync(folder, { recursive: true });
  const current = (name: string): string => join(folder, `${name}.jsonl`);
  const previous = (name: string): string => join(folder, `${name}.1.jsonl`);

  const write = (name: string, lines: readonly string[]): void => {
    // The first write after a start, or after one that failed, begins a line of its own, whatever there is of the last one.
    const text = `${sizes.has(name) ? '' : '\n'}${lines.join('')}`;
    const bytes = Buffer.byteLength(text);
    const before = sizes.get(name) ?? statSync(current(name), { throwIfNoEntry: false })?.size ?? 0;
    const rotate = before > 0 && before + bytes > maxBytes;
    if (rotate) renameSync(current(name), previous(name));
    appendFileSync(current(name), text);
    sizes.set(name, (rotate ? 0 : before) + bytes);
  };

  /** What a full disk does not take waits in memory for the next time, as much of it as is worth that. */
  const flush = (): void => {
    scheduled = false;
    for (const [name, lines] of pending) {
      try {
        write(name, lines);
        pending.delete(name);
        refused = false;
      } catch (error) {
        sizes.delete(name);
        lines.splice(0, Math.max(0, lines.length - MOST_WAITING));
        if (!refused) console.error(`Logs cannot be written, only the newest are kept: ${String(error)}`);
        refused = true;
      }
    }
  };

  return {
    flush,
    append(functionName, entry) {
      const lines = pending.get(functionName) ?? [];
      lines.push(`${JSON.stringify(entry)}\n`);
      pending.set(functionName, lines);
      if (scheduled) return;
      scheduled = true;
      setImmediate(flush);
    },
    async read(functionName, query = {}) {
      const { limit = 100, text = '' } = query;
      flush();
      const entries: LogEntry[] = [];
      for (const file of [current(functionName), previous(functionName)]) {
        const lines = await readLines(file);
        for (let index = lines.length - 1; index >= 0 && entries.length < limit; index -= 1) {
          const line = lines[index] ?? '';
          const entry = line.includes(text) ? parse(line) : undefined;
          if (entry !== undefined && isWanted(entry, query)) entries.push(entry);
        }
      }
      return entries.reverse();
    },
  };
}
