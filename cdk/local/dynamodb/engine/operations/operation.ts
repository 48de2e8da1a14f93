import { type Input, isInput } from '../requests/index.ts';
import type { Store } from '../storage/store.ts';
import type { Conflicts } from './conflicts.ts';
import type { Capacity } from './consumed.ts';

export { type Input, isInput };

/** What operations work on. */
export interface Context {
  readonly store: Store;
  readonly names: Names;
  readonly conflicts: Conflicts;
  readonly consumed: Capacity;
}

/** How things are called outside. */
export interface Names {
  readonly region: string;
  /** The ARN of a table. */
  table(name: string): string;
  /** The ARN of a table's stream. */
  stream(tableName: string, label: string): string;
}

export interface Operation {
  /** Whether it may write. */
  writes(context: Context): boolean;
  /** Does it; gives the answer as JSON text. Throws EngineError before it has written anything. */
  run(context: Context, input: Input): string;
}

/** An operation that changes nothing. */
export const reading = (run: Operation['run']): Operation => ({ writes: () => false, run });
/** An operation that may change something. */
export const writing = (run: Operation['run']): Operation => ({ writes: () => true, run });

/** The names of an installation: `prefix` is `arn:partition:dynamodb:region:account:table/`. */
export function namesOf(prefix: string): Names {
  const [, , , region = ''] = prefix.split(':');
  return {
    region,
    table: (name) => `${prefix}${name}`,
    stream: (tableName, label) => `${prefix}${tableName}/stream/${label}`,
  };
}
