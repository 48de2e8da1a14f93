import { isJsonObject, type Json, type JsonObject } from '../json.ts';
import type { Payload } from '../payload.ts';
import { StateError } from '../running/state-error.ts';

const FIELDS = new Set(['FunctionName', 'Payload', 'InvocationType', 'Qualifier']);

/** What AWS would pass on to Lambda, and nothing here does. */
const NOT_HERE = new Set(['ClientContext', 'LogType']);

interface Invocation {
  readonly functionName: string;
  readonly payload: Json;
  readonly asynchronous: boolean;
}

/** What is wrong with the arguments' fields, in AWS's words: said when they are written down, and when they are made. */
export function invocationProblems(given: JsonObject): string[] {
  return [
    ...(given.FunctionName === undefined ? ["The field 'FunctionName' is required but was missing"] : []),
    ...Object.keys(given)
      .filter((field) => !FIELDS.has(field))
      .map((field) => `The field '${field}' is not supported ${NOT_HERE.has(field) ? 'here' : 'by Step Functions'}`),
  ];
}

/** Reads the arguments of `lambda:invoke`. Throws {@link StateError} States.Runtime, as AWS does, when they cannot be used. */
export function invocationOf({ value, text }: Payload): Invocation {
  const fields = isJsonObject(value) ? value : {};
  const { FunctionName: name, Qualifier: qualifier, InvocationType: type = 'RequestResponse' } = fields;
  const wrong = invocationProblems(fields);
  if (name !== undefined && typeof name !== 'string')
    wrong.push("The value of the field 'FunctionName' has an invalid format");
  if (type !== 'RequestResponse' && type !== 'Event')
    wrong.push("The value of the field 'InvocationType' has an invalid format");
  if (wrong.length > 0 || typeof name !== 'string') {
    throw new StateError(`The Arguments '${text}' could not be used to start the Task: [${wrong.join(', ')}]`);
  }
  return {
    functionName: typeof qualifier === 'string' ? `${name}:${qualifier}` : name,
    // Null is a payload like any other; only one that is not there is an empty object.
    payload: fields.Payload === undefined ? {} : fields.Payload,
    asynchronous: type === 'Event',
  };
}
