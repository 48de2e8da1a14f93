import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { type EndpointService, type ServiceAnswer, type ServiceCall, targetOperation } from '../endpoint/service.ts';
import type { Authorizer } from '../iam/authorizer.ts';
import type { TableSpec } from '../template/blueprint.ts';
import { isObject, type Json, type JsonObject } from '../template/json.ts';
import { type Clock, type Millis, ServiceError, type Timer } from '../types.ts';
import { deployTable } from './deploy-table.ts';
import { createEngineClient, type EngineClient } from './engine-client.ts';
import { type EngineProcess, startEngine } from './engine-process.ts';
import { startExpiry } from './expiry.ts';
import { createIndexLag } from './index-lag.ts';
import { beginExpiry, indexRecords, trimRecords } from './record-indexes.ts';
import { accessesOf, type TableCatalogue } from './table-accesses.ts';
import { writtenItems, writtenTables } from './written-tables.ts';

export interface TablesOptions {
  readonly dataDir: string;
  readonly tables: readonly TableSpec[];
  readonly region: string;
  readonly accountId: string;
  readonly partition: string;
  readonly authorizer: Authorizer;
  readonly clock: Clock;
  /** A DynamoDB-compatible server to use instead of the one that is started here. */
  readonly serverUrl?: string | undefined;
  /** Called before tables are written; what it gives back is called when that is done or has failed. */
  writing(tables: readonly string[]): () => void;
  /** Milliseconds of the machine's time at which the clock showed `moment`. */
  machineTime(moment: Millis): number;
  say(line: string): void;
}

export interface Tables {
  readonly service: EndpointService;
  /** Lets indexes lag by this many milliseconds on the clock; 0 ends it. */
  lagIndexes(lag: Millis): Promise<void>;
  /** For the parts of the local cloud that read streams and show tables. */
  readonly engine: EngineClient;
  /** The engine's process; undefined when the server is another. */
  readonly enginePid: () => number | undefined;
  stop(): Promise<void>;
}

const TARGET = 'DynamoDB_20120810';
const DAY: Millis = 86_400_000;
/** How often records older than a day are removed: "susceptible to trimming at any moment", says AWS. */
const TRIM_EVERY: Millis = 6 * 3_600_000;
/** What the engine writes in its ARNs. */
const ENGINE_ARN = /arn:aws:dynamodb:[^:"]*:0{12}:table\//g;

/** Starts the table engine, makes the stack's tables in it, and serves them with the stack's permissions. */
export async function startTables(options: TablesOptions): Promise<Tables> {
  const { clock, authorizer } = options;
  const folder = join(options.dataDir, 'dynamodb');
  mkdirSync(folder, { recursive: true });
  const file = join(folder, 'tables.db');
  let engineProcess: EngineProcess | undefined;
  if (options.serverUrl === undefined) engineProcess = await startEngine(file, options.say);
  const serverUrl = options.serverUrl ?? '';
  const engine = createEngineClient(engineProcess ?? { url: () => serverUrl, ready: () => Promise.resolve() });
  const indexLag = createIndexLag({ tables: options.tables, engine, clock });
  let trimming: Timer | undefined;
  const endExpiry = startExpiry({
    ...options,
    engine,
    expiring(table) {
      const mark = engineProcess === undefined ? () => undefined : beginExpiry(file, table);
      return async (removed) => {
        mark(removed);
        await indexLag.written(removed.map((item) => ({ table, item })));
      };
    },
  });
  const stop = async (): Promise<void> => {
    endExpiry();
    trimming?.cancel();
    await engineProcess?.stop();
    engine.stop();
  };
  try {
    await Promise.all(options.tables.map((table) => deployTable(engine, table)));
  } catch (error) {
    await stop();
    throw error;
  }

  const trim = (): void => {
    try {
      trimRecords(file, options.machineTime(clock.now() - DAY));
    } catch (error) {
      options.say(`Old stream records could not be removed: ${String(error)}`);
    }
    trimming = clock.at(clock.now() + TRIM_EVERY, trim);
  };
  if (engineProcess !== undefined && existsSync(file)) {
    indexRecords(file);
    trim();
  }

  const prefix = `arn:${options.partition}:dynamodb:${options.region}:${options.accountId}:table/`;
  const byName = new Map(options.tables.map((table) => [table.name, table]));
  const catalogue: TableCatalogue = { find: (name) => byName.get(name), arn: (name) => `${prefix}${name}` };

  const answer = async ({ operation, body, caller }: ServiceCall): Promise<ServiceAnswer> => {
    const { input, sent } = withNames(body, prefix);
    for (const access of accessesOf(operation, input, catalogue)) authorizer.require(caller, access);
    const target = `${TARGET}.${operation}`;
    const writes = writtenItems(operation, input);
    if (writes.length > 0) {
      const done = options.writing(writtenTables(writes));
      try {
        return await engine.forward(target, sent).finally(() => indexLag.written(writes));
      } finally {
        done();
      }
    }
    const instead = indexLag.redirected(input);
    const answered = await engine.forward(target, instead === undefined ? sent : Buffer.from(JSON.stringify(instead)));
    if (!/^(Describe|List|Create|Update|Delete)(Table|TimeToLive|Tags)/.test(operation)) return answered;
    const headers = withoutChecksum(answered.headers);
    return { ...answered, headers, body: answered.body.toString('utf8').replace(ENGINE_ARN, prefix) };
  };

  return {
    service: {
      errorType: 'application/x-amz-json-1.0',
      operation: (request) => targetOperation(request, TARGET),
      answer,
    },
    lagIndexes: indexLag.set,
    engine,
    enginePid: () => engineProcess?.pid(),
    stop,
  };
}

/** Headers for a body that is not the one whose checksum the engine wrote. */
function withoutChecksum({ 'x-amz-crc32': _, ...headers }: Readonly<Record<string, string>>): Record<string, string> {
  return headers;
}

/** The request's input, with plain table names where it has ARNs, and the body to pass on. */
function withNames(body: Buffer, prefix: string): { readonly input: JsonObject; readonly sent: Buffer } {
  const text = body.toString('utf8');
  const hasArns = text.includes(`"${prefix}`);
  const plain = hasArns ? text.replaceAll(new RegExp(`("TableName"\\s*:\\s*)"${prefix}`, 'g'), '$1"') : text;
  let input: Json;
  try {
    input = JSON.parse(plain === '' ? '{}' : plain);
  } catch {
    throw new ServiceError('SerializationException', 'The body of the request is no JSON.');
  }
  if (!isObject(input)) throw new ServiceError('SerializationException', 'The body of the request is no JSON object.');
  return { input, sent: hasArns ? Buffer.from(plain) : body };
}
