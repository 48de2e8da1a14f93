import type { CallRecorder } from './call-history.ts';
import type { FunctionDefinition } from './function-definition.ts';
import type { Pool } from './pool.ts';
import { noSuchFunction, throttled } from './refusals.ts';

/** A function that is set up. */
export interface Deployed {
  readonly definition: FunctionDefinition;
  readonly pool: Pool;
  readonly calls: CallRecorder;
  inFlight: number;
}

/** The deployed functions by name. */
export interface FunctionTable {
  set(fn: Deployed): void;
  get(name: string): Deployed | undefined;
  all(): readonly Deployed[];
  /** By name, ARN, partial ARN, each with `:$LATEST` or without; throws ResourceNotFoundException. */
  find(functionName: string): Deployed;
  /** Counts a call in until the returned function is called; throws TooManyRequestsException if there is no room. */
  enter(fn: Deployed): () => void;
}

/** What an account gets without asking: https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
export const ACCOUNT_CONCURRENCY = 1_000;

/** An empty table for one account in one region. */
export function createFunctionTable(region: string, accountId: string): FunctionTable {
  const functions = new Map<string, Deployed>();
  const all = (): readonly Deployed[] => [...functions.values()];

  const roomFor = ({ definition, inFlight }: Deployed): number => {
    if (definition.reservedConcurrency !== undefined) return definition.reservedConcurrency - inFlight;
    return all().reduce(
      (room, other) => room - (other.definition.reservedConcurrency ?? other.inFlight),
      ACCOUNT_CONCURRENCY,
    );
  };

  return {
    set: (fn) => void functions.set(fn.definition.name, fn),
    get: (name) => functions.get(name),
    all,
    find(functionName) {
      const parts = functionName.split(':');
      const at = parts.lastIndexOf('function');
      const [name = '', qualifier = '$LATEST'] = parts.slice(at + 1);
      const found = functions.get(name);
      const arn = found?.definition.arn ?? `arn:aws:lambda:${region}:${accountId}:function:${name}`;
      // Of what comes before the name, as much as was given must be so.
      const given = at < 0 ? '' : parts.slice(0, at + 2).join(':');
      if (found === undefined || !arn.endsWith(given)) throw noSuchFunction(given.startsWith('arn:') ? given : arn);
      if (qualifier !== '$LATEST') throw noSuchFunction(`${arn}:${qualifier}`);
      return found;
    },
    enter(fn) {
      if (roomFor(fn) <= 0) {
        fn.calls.throttled();
        throw throttled(fn.definition.reservedConcurrency === undefined ? 'account' : 'function');
      }
      fn.inFlight += 1;
      return () => {
        fn.inFlight -= 1;
      };
    },
  };
}
