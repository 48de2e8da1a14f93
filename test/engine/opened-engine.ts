import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as z from 'zod';
import { type Engine, openEngine } from '../../cdk/local/dynamodb/engine/engine.ts';

const Value = z.record(z.string(), z.json());
const ItemShape = z.record(z.string(), Value);
const Units = z.object({ CapacityUnits: z.number() });

/** What answers of the engine may hold, for tests to look at. */
const Output = z.object({
  Item: ItemShape.optional(),
  Attributes: ItemShape.optional(),
  Items: z.array(ItemShape).optional(),
  Count: z.number().optional(),
  ScannedCount: z.number().optional(),
  LastEvaluatedKey: ItemShape.optional(),
  Responses: z.json().optional(),
  ConsumedCapacity: z.union([Units.loose(), z.array(Units.loose())]).optional(),
  CancellationReasons: z.array(z.object({ Code: z.string() }).loose()).optional(),
  Table: z.object({ LatestStreamArn: z.string().optional(), ItemCount: z.number() }).loose().optional(),
  Records: z.array(z.json()).optional(),
  NextShardIterator: z.string().optional(),
  ShardIterator: z.string().optional(),
  StreamDescription: z
    .object({ Shards: z.array(z.object({ ShardId: z.string() }).loose()) })
    .loose()
    .optional(),
  ContinuousBackupsDescription: z.json().optional(),
  Next: ItemShape.optional(),
  Removed: z.number().optional(),
});
export type Output = z.output<typeof Output>;

/** The engine in this thread, on a file of its own. */
export interface OpenedEngine {
  readonly engine: Engine;
  readonly file: string;
  /** Calls an operation. Throws the name of the error when it is refused. */
  call(operation: string, input: object): Output;
  /** Closes the file and opens it again. */
  reopen(): void;
  stop(): void;
}

/** A refusal of the engine. */
export class Refused extends Error {
  readonly answer: Output;
  constructor(text: string, answer: Output) {
    super(text);
    this.answer = answer;
  }
}

/** `DynamoDB_20120810.` stands before operations that name no other API. */
export function openedEngine(): OpenedEngine {
  const folder = mkdtempSync(join(tmpdir(), 'jieli-tables-'));
  const file = join(folder, 'engine.db');
  const prefix = 'arn:aws:dynamodb:us-east-1:000000000000:table/';
  const open = () => openEngine({ file, prefix, older: undefined });
  let engine = open();
  return {
    get engine() {
      return engine;
    },
    file,
    call(operation, input) {
      const target = operation.includes('.') ? operation : `DynamoDB_20120810.${operation}`;
      const [answer] = engine.answer([{ target, body: JSON.stringify(input) }]);
      const body: unknown = JSON.parse(answer?.body || '{}');
      const output = Output.parse(body);
      if (answer?.status === 200) return output;
      const { __type, message } = z.object({ __type: z.string(), message: z.string() }).parse(body);
      throw new Refused(`${__type.split('#')[1]}: ${message}`, output);
    },
    reopen() {
      engine.close();
      engine = open();
    },
    stop() {
      engine.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
