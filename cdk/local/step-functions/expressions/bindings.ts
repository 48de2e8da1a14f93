import jsonata from 'jsonata';
import type { Json, JsonObject } from '../json.ts';

/** The reserved variable `$states`. */
interface StatesVariable {
  input: Json;
  context: JsonObject;
  result?: Json;
  errorOutput?: JsonObject;
}

export type Bindings = Record<string, unknown>;

const formatted = jsonata('$fromMillis($moment, $picture, $zone)');

/**
 * What an expression sees: the variables as they were when the state was entered, `$states`, and the time of the
 * runtime's clock in place of the machine's.
 */
export function bindingsFor(variables: JsonObject, states: StatesVariable, now: number): Bindings {
  return {
    ...variables,
    states,
    millis: () => now,
    now: (picture?: string, zone?: string) =>
      picture === undefined
        ? new Date(now).toISOString()
        : formatted.evaluate(undefined, { moment: now, picture, zone }),
  };
}
