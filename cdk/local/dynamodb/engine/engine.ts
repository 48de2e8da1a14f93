import { EngineError } from './engine-error.ts';
import { takeOver } from './older/take-over.ts';
import { createConflicts } from './operations/conflicts.ts';
import { operations } from './operations/index.ts';
import { type Context, type Input, isInput, namesOf } from './operations/operation.ts';
import { checkRequest } from './requests/index.ts';
import { openFile } from './storage/schema.ts';
import { createStore } from './storage/store.ts';

/** A call: `DynamoDB_20120810.PutItem` and its body. */
export interface Request {
  readonly target: string;
  readonly body: string;
}

/** The status of HTTP and the body, both as AWS's. */
export interface Answer {
  readonly status: number;
  readonly body: string;
}

export interface EngineOptions {
  readonly file: string;
  /** What ARNs of tables begin with: `arn:aws:dynamodb:region:account:table/`. */
  readonly prefix: string;
  /** The file of an engine of 0.1.0 whose tables are taken over, if it is there. */
  readonly older: string | undefined;
}

/** DynamoDB on a file. */
export interface Engine {
  /** What there is to say of its beginning. */
  readonly said: readonly string[];
  /**
   * Does calls one after another and commits them together; gives their answers when that is on disk. Calls that fail by
   * themselves leave the others alone, and so does a disk that is full: what only reads is answered.
   */
  answer(requests: readonly Request[]): readonly Answer[];
  close(): void;
}

/** Opens the file, or makes it. `Date` is its clock. */
export function openEngine({ file, prefix, older }: EngineOptions): Engine {
  const database = openFile(file);
  const store = createStore(database, Date.now);
  const context: Context = {
    store,
    names: namesOf(prefix),
    conflicts: createConflicts(),
    consumed: { reads: 0, writes: 0 },
  };
  // who let indexes lag is gone
  database.exec('BEGIN IMMEDIATE');
  store.indexRows.lag(0);
  database.exec('COMMIT');

  const run = ({ target, body }: Request): Answer => {
    const operation = Object.hasOwn(operations, target) ? operations[target] : undefined;
    if (operation === undefined) return failure(new EngineError('UnknownOperationException', ''));
    const before = store.changes();
    try {
      const [, checked] = /^DynamoDB_20120810\.(\w+)$/.exec(target) ?? [];
      const read = readInput(body);
      const input = checked === undefined ? read : checkRequest(checked, read);
      if (operation.writes(context) && !database.isTransaction) database.exec('BEGIN IMMEDIATE');
      return { status: 200, body: operation.run(context, input) };
    } catch (error) {
      // a refusal after a part was written would leave that part
      if (!(error instanceof EngineError) || store.changes() !== before) throw error;
      return failure(error);
    }
  };

  const together = (requests: readonly Request[]): readonly Answer[] => {
    try {
      const answers = requests.map(run);
      if (database.isTransaction) {
        store.catalogue.keepContents();
        database.exec('COMMIT');
      }
      return answers;
    } catch (error) {
      if (database.isTransaction) database.exec('ROLLBACK');
      store.catalogue.reload();
      throw error;
    }
  };

  const alone = (request: Request): Answer => {
    try {
      return together([request])[0] ?? failure(undefined);
    } catch (error) {
      return failure(error);
    }
  };

  return {
    said: older === undefined ? [] : takeOver(store, older),
    answer(requests) {
      try {
        return together(requests);
      } catch (error) {
        return requests.length === 1 ? [failure(error)] : requests.map(alone);
      }
    },
    close: () => database.close(),
  };
}

function readInput(body: string): Input {
  let input: unknown;
  try {
    input = JSON.parse(body === '' ? '{}' : body);
  } catch {
    throw new EngineError('SerializationException', 'The body of the request is no JSON.');
  }
  if (isInput(input)) return input;
  throw new EngineError('SerializationException', 'The body of the request is no JSON object.');
}

/** Where AWS says that an error comes from. */
const homes: Readonly<Record<string, string>> = {
  ValidationException: 'com.amazon.coral.validate',
  SerializationException: 'com.amazon.coral.service',
  UnknownOperationException: 'com.amazon.coral.service',
};

function failure(error: unknown): Answer {
  if (error instanceof EngineError) {
    const __type = `${homes[error.code] ?? 'com.amazonaws.dynamodb.v20120810'}#${error.code}`;
    return { status: 400, body: JSON.stringify({ __type, message: error.message, ...error.fields }) };
  }
  const __type = 'com.amazonaws.dynamodb.v20120810#InternalServerError';
  const message = `The table engine could not do this: ${error instanceof Error ? error.message : String(error)}`;
  return { status: 500, body: JSON.stringify({ __type, message }) };
}
