import { isExpression } from '../expressions/expression.ts';
import { isJsonObject, type JsonObject } from '../json.ts';
import { invocationProblems } from '../states/invocation.ts';
import { type Diagnostic, problem } from './diagnostic.ts';
import { parseResource } from './resource.ts';

/** Whether a Task's resource can be called, and with what is written down for it. */
export function taskProblems(state: JsonObject, path: string, type: 'STANDARD' | 'EXPRESS'): Diagnostic[] {
  const { Resource: resource, Arguments: given } = state;
  if (typeof resource !== 'string' || !resource.startsWith('arn:')) return [];
  const at = `${path}/Resource`;
  if (type === 'EXPRESS' && resource.endsWith('.waitForTaskToken')) {
    return [problem("Express state machine does not support '.waitForTaskToken' service integration ", at)];
  }
  const parsed = parseResource(resource);
  if (parsed === undefined) {
    const text = `The resource provided ${resource} is not recognized. The value is not a valid resource ARN, or the resource is not available in this region.`;
    return [problem(text, at)];
  }
  if (parsed.kind !== 'invoke' || given === undefined || isExpression(given)) return [];
  return invocationProblems(isJsonObject(given) ? given : {}).map((text) => problem(text, `${path}/Arguments`));
}
