import { setTimeout as sleep } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import type { Answer } from '../engine.ts';
import type { FromThread, ThreadStart, ToThread } from './messages.ts';

/** The engine in a thread of this process, running for as long as nobody stops it. */
export interface EngineThread {
  /** Does a call; many at a time are committed together. Never rejects: what cannot be done is answered with an error. */
  call(target: string, body: string): Promise<Answer>;
  /** Ends the thread as a fault would, for tests. */
  crash(): Promise<void>;
  stop(): Promise<void>;
}

/** Calls that can be made again without harm when it is not known whether they were done. */
const repeatable =
  /\.(GetItem|BatchGetItem|Query|Scan|TransactGetItems|Describe\w+|List\w+|GetShardIterator|GetRecords)$/;

/** Characters of all calls that wait for their answers: more are refused as too many at once. */
const MOST_WAITING = 256 * 1024 * 1024;
/** Megabytes that the thread's objects may take; beside them the file's pages. */
const MEMORY = 512;
/** How long calls wait for a thread that has ended and is started again. */
const PATIENCE_MS = 5_000;

interface Waiting {
  readonly target: string;
  readonly body: string;
  readonly since: number;
  /** Whether the thread that runs now has been given it. */
  isSent: boolean;
  done(answer: Answer): void;
}

const errorAnswer = (status: number, code: string, message: string): Answer => ({
  status,
  body: JSON.stringify({ __type: `com.amazonaws.dynamodb.v20120810#${code}`, message }),
});
const unanswered = (): Answer => errorAnswer(500, 'InternalServerError', 'The table engine did not answer.');

/** Starts the engine; resolves when it takes calls. A thread that ends is said, and is started again. */
export async function startEngineThread(start: ThreadStart, say: (line: string) => void): Promise<EngineThread> {
  const waiting = new Map<number, Waiting>();
  let characters = 0;
  let lastId = 0;
  let stopping = false;
  let failures = 0;
  let isReady = true;
  let current: { worker: Worker; begun: Promise<void>; ended: Promise<void> };

  const answer = (id: number, given: Answer): void => {
    const call = waiting.get(id);
    if (call === undefined) return;
    waiting.delete(id);
    characters -= call.body.length;
    call.done(given);
  };

  const hear = (message: FromThread): void => {
    if ('answers' in message) for (const { id, status, body } of message.answers) answer(id, { status, body });
    else for (const line of message.begun) say(line);
  };

  const run = (): typeof current => {
    const worker = new Worker(new URL('./main.ts', import.meta.url), {
      name: 'tables',
      workerData: start,
      execArgv: [],
      resourceLimits: { maxOldGenerationSizeMb: MEMORY },
    });
    const begun = Promise.withResolvers<void>();
    let complaint = '';
    worker.on('message', (message: FromThread) => {
      if ('begun' in message) begun.resolve();
      hear(message);
    });
    worker.on('error', (error) => {
      complaint = error instanceof Error ? error.message : String(error);
    });
    const ended = new Promise<void>((resolve) => {
      worker.once('exit', (code) => {
        begun.reject(new Error(`The table engine could not be started: ${complaint || code}`));
        resolve();
      });
    });
    begun.promise.then(
      () => {
        failures = 0;
        void ended.then(() => restart(complaint));
      },
      () => undefined,
    );
    return { worker, begun: begun.promise, ended };
  };

  /** Calls of an engine that has ended: what only reads is asked again, of the rest nobody knows whether it was done. */
  const restart = (complaint: string): void => {
    isReady = false;
    for (const [id, call] of [...waiting]) {
      if (stopping || (call.isSent && !repeatable.test(call.target))) answer(id, unanswered());
      call.isSent = false;
    }
    if (stopping) return;
    say(`The table engine ended and is started again. ${complaint}`.trim());
    void begin();
  };

  const begin = async (): Promise<void> => {
    for (;;) {
      current = run();
      try {
        await current.begun;
        break;
      } catch (error) {
        await current.ended;
        failures += 1;
        if (stopping) return;
        say(String(error));
        for (const [id, { since }] of [...waiting]) {
          if (performance.now() - since > PATIENCE_MS) answer(id, unanswered());
        }
        await sleep(Math.min(5_000, failures * 100));
      }
    }
    isReady = true;
    for (const [id, call] of waiting) send(id, call);
  };

  const post = (message: ToThread): void => current.worker.postMessage(message);
  const send = (id: number, call: Waiting): void => {
    if (!isReady) return;
    call.isSent = true;
    post({ id, target: call.target, body: call.body });
  };

  current = run();
  await current.begun;
  return {
    call(target, body) {
      if (stopping) return Promise.resolve(unanswered());
      if (characters + body.length > MOST_WAITING) {
        return Promise.resolve(errorAnswer(400, 'ThrottlingException', 'Too many calls wait for the table engine.'));
      }
      return new Promise((done) => {
        lastId += 1;
        const call: Waiting = { target, body, since: performance.now(), isSent: false, done };
        waiting.set(lastId, call);
        characters += body.length;
        send(lastId, call);
      });
    },
    async crash() {
      await current.worker.terminate();
    },
    async stop() {
      stopping = true;
      if (isReady) post({ stop: true });
      else await current.worker.terminate();
      await current.ended;
    },
  };
}
