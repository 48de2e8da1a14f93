import { isExpression } from '../expressions/expression.ts';
import { isJsonObject, type JsonObject } from '../json.ts';
import { invocationProblems } from '../states/invocation.ts';
import { type Diagnostic, problem } from './diagnostic.ts';
import { parseResource } from './resource.ts';

/** What an express machine cannot call, in AWS's words to the space. */
const NOT_IN_EXPRESS: readonly (readonly [RegExp, string])[] = [
  [/\.waitForTaskToken$/, "'.waitForTaskToken' service integration "],
  [/\.sync(:2)?$/, "'.sync' service integration"],
  [/^arn:[^:]*:states:[^:]*:[^:]*:activity:/, 'Activity ARN'],
];

/** Whether a Task's resource can be called, and with what is written down for it. */
export function taskProblems(state: JsonObject, path: string, type: 'STANDARD' | 'EXPRESS'): Diagnostic[] {
  const { Resource: resource, Arguments: given } = state;
  if (typeof resource !== 'string' || !resource.startsWith('arn:')) return [];
  const at = `${path}/Resource`;
  const unfit = type === 'EXPRESS' ? NOT_IN_EXPRESS.find(([is]) => is.test(resource)) : undefined;
  if (unfit !== undefined) return [problem(`Express state machine does not support ${unfit[1]}`, at)];
  const parsed = parseResource(resource);
  if (parsed === undefined) {
    const text = `The resource provided ${resource} is not recognized. The value is not a valid resource ARN, or the resource is not available in this region.`;
    return [problem(text, at)];
  }
  if (parsed.kind !== 'invoke' || given === undefined || isExpression(given)) return [];
  return invocationProblems(isJsonObject(given) ? given : {}).map((text) => problem(text, `${path}/Arguments`));
}
