import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import { openEngine } from '../../cdk/local/dynamodb/engine/engine.ts';
import { startEngineThread } from '../../cdk/local/dynamodb/engine/thread/engine-thread.ts';

/** What an engine answered. */
export interface Answer {
  readonly status: number;
  readonly body: unknown;
}

/** An engine that can be asked. */
export interface Asked {
  call(target: string, input: unknown): Promise<Answer>;
  stop(): void | Promise<void>;
}

const prefix = 'arn:aws:dynamodb:us-east-1:000000000000:table/';

/** Our own engine, on a new file. */
export function ours(): Asked {
  const folder = mkdtempSync(join(tmpdir(), 'compare-'));
  const engine = openEngine({ file: join(folder, 'engine.db'), prefix, older: undefined });
  return {
    call: async (target, input) => {
      const [answer] = engine.answer([{ target, body: JSON.stringify(input) }]);
      if (answer === undefined) throw new Error('the engine gave no answer');
      return { status: answer.status, body: JSON.parse(answer.body) };
    },
    stop: () => {
      engine.close();
      rmSync(folder, { recursive: true });
    },
  };
}

/** Our own engine in its thread, on a new file, as the local cloud has it. */
export async function oursInThread(): Promise<Asked> {
  const folder = mkdtempSync(join(tmpdir(), 'compare-'));
  const start = { file: join(folder, 'engine.db'), prefix, clock: undefined, older: undefined };
  const thread = await startEngineThread(start, console.error);
  return {
    call: async (target, input) => {
      const { status, body } = await thread.call(target, JSON.stringify(input));
      return { status, body: JSON.parse(body) };
    },
    stop: async () => {
      await thread.stop();
      rmSync(folder, { recursive: true });
    },
  };
}

const PORT = 18_765;
const signed =
  'AWS4-HMAC-SHA256 Credential=local/20200101/us-east-1/dynamodb/aws4_request, SignedHeaders=host;x-amz-date, Signature=0';

/**
 * Without these, dynoxide reads all records of a stream with every write; the local cloud gave them to it while it had
 * a dynoxide, so that a measurement must too.
 */
function indexRecords(file: string): void {
  const database = new DatabaseSync(file);
  database.exec(`PRAGMA busy_timeout = 5000;
    CREATE INDEX local_records_of_shard ON _stream_records (table_name, shard_id, CAST(sequence_number AS INTEGER));
    CREATE INDEX local_records_of_table ON _stream_records (table_name, CAST(sequence_number AS INTEGER))`);
  database.close();
}

/** A dynoxide, started from its program on a new file; resolves when it answers. */
export async function theirs(program: string): Promise<Asked> {
  const folder = mkdtempSync(join(tmpdir(), 'compare-'));
  const file = join(folder, 'tables.db');
  const child = spawn(program, ['serve', '--host', '127.0.0.1', '--port', String(PORT), '--db-path', file], {
    stdio: 'ignore',
  });
  const call = async (target: string, input: unknown): Promise<Answer> => {
    const response = await fetch(`http://127.0.0.1:${PORT}`, {
      method: 'POST',
      headers: {
        'content-type': 'application/x-amz-json-1.0',
        'x-amz-target': target,
        'x-amz-date': '20200101T000000Z',
        authorization: signed,
      },
      body: JSON.stringify(input),
    });
    return { status: response.status, body: await response.json() };
  };
  const until = performance.now() + 10_000;
  for (;;) {
    try {
      await call('DynamoDB_20120810.ListTables', {});
      break;
    } catch (error) {
      if (performance.now() > until) throw error;
      await sleep(50);
    }
  }
  indexRecords(file);
  return {
    call,
    stop: () => {
      child.kill();
      rmSync(folder, { recursive: true });
    },
  };
}
