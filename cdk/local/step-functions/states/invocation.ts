import { isJsonObject, type Json } from '../json.ts';
import { StateError } from '../running/state-error.ts';

const FIELDS = new Set(['FunctionName', 'Payload', 'InvocationType', 'Qualifier', 'ClientContext', 'LogType']);

interface Invocation {
  readonly functionName: string;
  readonly payload: Json;
  readonly asynchronous: boolean;
}

/** Reads the arguments of `lambda:invoke`. Throws {@link StateError} States.Runtime, as AWS does, when they cannot be used. */
export function invocationOf(given: Json): Invocation {
  const wrong: string[] = [];
  const fields = isJsonObject(given) ? given : {};
  const { FunctionName: name, Qualifier: qualifier, InvocationType: type = 'RequestResponse' } = fields;
  if (typeof name !== 'string') wrong.push("The field 'FunctionName' is required but was missing");
  for (const field of Object.keys(fields))
    if (!FIELDS.has(field)) wrong.push(`The field '${field}' is not supported by Step Functions`);
  if (type !== 'RequestResponse' && type !== 'Event')
    wrong.push("The value of the field 'InvocationType' has an invalid format");
  if (wrong.length > 0 || typeof name !== 'string') {
    throw new StateError(
      'States.Runtime',
      `The Arguments '${JSON.stringify(given)}' could not be used to start the Task: [${wrong.join(', ')}]`,
    );
  }
  return {
    functionName: typeof qualifier === 'string' ? `${name}:${qualifier}` : name,
    payload: fields.Payload ?? {},
    asynchronous: type === 'Event',
  };
}
