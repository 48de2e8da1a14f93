import { Worker } from 'node:worker_threads';
import { environmentOf, type Surroundings } from './environment.ts';
import type { FunctionDefinition } from './function-definition.ts';
import type { LogEntry } from './log-store.ts';
import type { RunMessage, WorkerMessage, WorkerStart } from './runtime/messages.ts';

/** What a worker needs of the deployment around it. */
export interface WorkerHost extends Surroundings {
  /** The offset of the clock that `Date` in there follows. */
  readonly clock: SharedArrayBuffer;
  /** The workers' runtime as one file. */
  readonly runtimeFile: string;
  log(functionName: string, entry: LogEntry): void;
  /** Hears each line too: as text, and, where it went to standard output past the console, what it says. */
  heard?(functionName: string, text: string, written: unknown): void;
  now(): number;
}

/** Why a worker ended: its exit code, and whether its heap was full. */
export interface WorkerEnd {
  readonly code: number;
  readonly heapExhausted: boolean;
}

/** A thread with the runtime in it. What it logs goes to the host; the rest is for `listen`. */
export interface WorkerThread {
  readonly worker: Worker;
  /** Who is told of messages and of the end; replaces who was told before. */
  listen(heard: (message: Exclude<WorkerMessage, { type: 'log' }>) => void, ended: (end: WorkerEnd) => void): void;
  send(message: RunMessage): void;
}

/** What a message of the log says: JSON objects are kept as such. */
function messageOf(text: string): unknown {
  if (!text.startsWith('{')) return text;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** Starts a thread for the function with the environment, memory and clock that are its own. */
export function startWorkerThread(fn: FunctionDefinition, host: WorkerHost, logStream: string): WorkerThread {
  const workerData: WorkerStart = { clock: host.clock, codeDir: fn.codeDir, handler: fn.handler };
  const worker = new Worker(host.runtimeFile, {
    name: fn.name,
    workerData,
    env: environmentOf(fn, host, logStream),
    argv: [],
    execArgv: [],
    stdin: false,
    stdout: true,
    stderr: true,
    // What Lambda's Node is started with: 90 % of the memory for the old and 5 % for each new space.
    resourceLimits: {
      maxOldGenerationSizeMb: Math.floor(fn.memoryMb * 0.9),
      maxYoungGenerationSizeMb: Math.max(16, Math.floor(fn.memoryMb * 0.15)),
    },
  });
  let hear: Parameters<WorkerThread['listen']>[0] = () => undefined;
  let end: Parameters<WorkerThread['listen']>[1] = () => undefined;
  let heapExhausted = false;
  worker.on('error', (error) => {
    heapExhausted = 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY';
  });
  worker.on('exit', (code) => end({ code, heapExhausted }));
  worker.on('message', (message: WorkerMessage) => {
    if (message.type !== 'log') return hear(message);
    const { type: _, message: text, plain, ...entry } = message;
    const said = messageOf(text);
    host.log(fn.name, { ...entry, message: said });
    host.heard?.(fn.name, text, plain === true ? said : undefined);
  });
  return {
    worker,
    listen(heard, ended) {
      hear = heard;
      end = ended;
    },
    send: (message) => worker.postMessage(message),
  };
}
