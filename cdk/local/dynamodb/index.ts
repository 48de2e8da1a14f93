import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { LocalClock } from '../clock.ts';
import { type EndpointService, type ServiceAnswer, type ServiceCall, targetOperation } from '../endpoint/service.ts';
import type { Authorizer } from '../iam/authorizer.ts';
import type { TableSpec } from '../template/blueprint.ts';
import { isObject, type Json, type JsonObject } from '../template/json.ts';
import { type Millis, ServiceError } from '../types.ts';
import { deployTable } from './deploy-table.ts';
import { startEngineThread } from './engine/thread/engine-thread.ts';
import { createEngineClient, type EngineClient } from './engine-client.ts';
import { startExpiry } from './expiry.ts';
import { accessesOf, type TableCatalogue } from './table-accesses.ts';
import { startTrimming } from './trimming.ts';
import { writtenItems, writtenTables } from './written-tables.ts';

export interface TablesOptions {
  readonly dataDir: string;
  readonly tables: readonly TableSpec[];
  readonly region: string;
  readonly accountId: string;
  readonly partition: string;
  readonly authorizer: Authorizer;
  readonly clock: LocalClock;
  /** Called before tables are written; what it gives back is called when that is done or has failed. */
  writing(tables: readonly string[]): () => void;
  say(line: string): void;
}

/** What all calls since the start consumed, in AWS's units. */
export interface Consumed {
  readonly reads: number;
  readonly writes: number;
}

export interface Tables {
  readonly service: EndpointService;
  /** For the parts of the local cloud that read streams and show tables. */
  readonly engine: EngineClient;
  /** Lets global indexes lag by this many milliseconds on the clock; 0 ends it. */
  lagIndexes(lag: Millis): Promise<void>;
  /** Lets this many writes of items with this partition key (or any) meet another transaction. */
  conflict(times: number, partition?: string): Promise<void>;
  consumed(): Promise<Consumed>;
  /** Ends the engine's thread as a fault would; it is started again. */
  crash(): Promise<void>;
  stop(): Promise<void>;
}

const TARGET = 'DynamoDB_20120810';
const consumed = z.object({ reads: z.number(), writes: z.number() });

/** Starts the table engine, makes the stack's tables in it, and serves them with the stack's permissions. */
export async function startTables(options: TablesOptions): Promise<Tables> {
  const { clock, authorizer, say } = options;
  const folder = join(options.dataDir, 'dynamodb');
  mkdirSync(folder, { recursive: true });
  const prefix = `arn:${options.partition}:dynamodb:${options.region}:${options.accountId}:table/`;
  const thread = await startEngineThread(
    { file: join(folder, 'engine.db'), prefix, clock: clock.shared, older: join(folder, 'tables.db') },
    say,
  );
  const engine = createEngineClient(thread);
  try {
    await Promise.all(options.tables.map((table) => deployTable(engine, table)));
  } catch (error) {
    await thread.stop();
    throw error;
  }
  const endings = [startExpiry({ ...options, engine }), startTrimming({ engine, clock, say })];

  const byName = new Map(options.tables.map((table) => [table.name, table]));
  const catalogue: TableCatalogue = { find: (name) => byName.get(name), arn: (name) => `${prefix}${name}` };

  const answer = async ({ operation, body, caller }: ServiceCall): Promise<ServiceAnswer> => {
    const { input, text } = withNames(body, prefix);
    for (const access of accessesOf(operation, input, catalogue)) authorizer.require(caller, access);
    const writes = writtenItems(operation, input);
    const done = writes.length > 0 ? options.writing(writtenTables(writes)) : () => undefined;
    const answered = await engine.forward(`${TARGET}.${operation}`, text).finally(done);
    return { ...answered, headers: { 'content-type': 'application/x-amz-json-1.0' } };
  };

  return {
    service: {
      errorType: 'application/x-amz-json-1.0',
      operation: (request) => targetOperation(request, TARGET),
      answer,
    },
    engine,
    async lagIndexes(Millis) {
      await engine.call('Local.LagIndexes', { Millis });
    },
    async conflict(Times, Partition) {
      await engine.call('Local.BeginConflicts', { Times, Partition });
    },
    consumed: async () => consumed.parse(await engine.call('Local.Consumed', {})),
    crash: thread.crash,
    async stop() {
      for (const end of endings) end();
      await thread.stop();
    },
  };
}

/** The request's input and text, with plain table names where it has ARNs. */
function withNames(body: Buffer, prefix: string): { readonly input: JsonObject; readonly text: string } {
  const sent = body.toString('utf8');
  const text = sent.includes(`"${prefix}`)
    ? sent.replaceAll(new RegExp(`("TableName"\\s*:\\s*)"${prefix}`, 'g'), '$1"')
    : sent;
  let input: Json;
  try {
    input = JSON.parse(text === '' ? '{}' : text);
  } catch {
    throw new ServiceError('SerializationException', 'The body of the request is no JSON.');
  }
  if (!isObject(input)) throw new ServiceError('SerializationException', 'The body of the request is no JSON object.');
  return { input, text };
}
