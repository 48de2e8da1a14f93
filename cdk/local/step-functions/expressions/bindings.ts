import jsonata from 'jsonata';
import type { Json, JsonObject } from '../json.ts';
import { type LongNumbers, NO_LONG_NUMBERS } from '../payload.ts';

/** The reserved variable `$states`. */
interface StatesVariable {
  input: Json;
  context: JsonObject;
  result?: Json;
  errorOutput?: JsonObject;
}

export interface Bindings {
  readonly names: Readonly<Record<string, unknown>>;
  /** Of all that the names stand for: what an expression hands on of it keeps its digits. */
  readonly longs: LongNumbers;
}

const formatted = jsonata('$fromMillis($moment, $picture, $zone)');

/**
 * What an expression sees: the variables as they were when the state was entered, `$states`, and the time of the
 * runtime's clock in place of the machine's.
 */
export function bindingsFor(
  variables: JsonObject,
  states: StatesVariable,
  now: number,
  longs = NO_LONG_NUMBERS,
): Bindings {
  const names = {
    ...variables,
    states,
    millis: () => now,
    now: (picture?: string, zone?: string) =>
      picture === undefined
        ? new Date(now).toISOString()
        : formatted.evaluate(undefined, { moment: now, picture, zone }),
  };
  return { names, longs };
}
