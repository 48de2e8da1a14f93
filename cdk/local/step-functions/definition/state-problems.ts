import type { JsonObject } from '../json.ts';
import { type Diagnostic, problem } from './diagnostic.ts';
import { parseResource } from './resource.ts';
import { eachState } from './walk-definition.ts';

/** Fields that only JSONPath states have. */
const JSONPATH_FIELDS = [
  'InputPath',
  'OutputPath',
  'ResultPath',
  'ResultSelector',
  'Parameters',
  'Result',
  'ItemsPath',
  'SecondsPath',
  'TimestampPath',
  'TimeoutSecondsPath',
  'HeartbeatSecondsPath',
  'MaxConcurrencyPath',
  'ToleratedFailureCountPath',
  'ToleratedFailurePercentagePath',
  'ErrorPath',
  'CausePath',
];

/** Fields of a Map that reads from or writes to elsewhere, which the inline Map has not. */
const DISTRIBUTED_FIELDS = ['ItemReader', 'ItemBatcher', 'ResultWriter', 'Iterator'];

/** What asl-validator does not know: the query language, and which resources there are. */
export function stateProblems(machine: JsonObject, type: 'STANDARD' | 'EXPRESS'): Diagnostic[] {
  const found: Diagnostic[] = [];
  const whole = machine.QueryLanguage ?? 'JSONPath';
  eachState(machine, (state, path) => {
    const language = state.QueryLanguage ?? whole;
    if (language === 'JSONPath' && whole === 'JSONata') {
      found.push(problem("'QueryLanguage' can not be 'JSONPath' if set to 'JSONata' for whole state machine", path));
      return;
    }
    if (language !== 'JSONata') {
      found.push(problem("The query language JSONPath is not supported here: set 'QueryLanguage' to 'JSONata'", path));
      return;
    }
    for (const field of JSONPATH_FIELDS) {
      if (field in state)
        found.push(
          problem(`The field '${field}' is not supported when 'QueryLanguage' is 'JSONata'`, `${path}/${field}`),
        );
    }
    if (state.Type === 'Map') found.push(...mapProblems(state, path));
    if (state.Type === 'Task') found.push(...taskProblems(state, path, type));
  });
  return found;
}

function mapProblems(state: JsonObject, path: string): Diagnostic[] {
  const found = DISTRIBUTED_FIELDS.filter((field) => field in state).map((field) =>
    problem(
      `The field '${field}' is not supported here: only inline Maps with an ItemProcessor are`,
      `${path}/${field}`,
    ),
  );
  const processor = state.ItemProcessor;
  const distributed = JSON.stringify(processor ?? null).includes('"Mode":"DISTRIBUTED"');
  return distributed
    ? [...found, problem('The Map mode DISTRIBUTED is not supported here', `${path}/ItemProcessor/ProcessorConfig`)]
    : found;
}

function taskProblems(state: JsonObject, path: string, type: 'STANDARD' | 'EXPRESS'): Diagnostic[] {
  const resource = state.Resource;
  if (typeof resource !== 'string') return [];
  const at = `${path}/Resource`;
  if (type === 'EXPRESS' && resource.endsWith('.waitForTaskToken')) {
    return [problem("Express state machine does not support '.waitForTaskToken' service integration ", at)];
  }
  if (parseResource(resource) !== undefined) return [];
  return [
    problem(
      `The resource provided ${resource} is not recognized. The value is not a valid resource ARN, or the resource is not available in this region.`,
      at,
    ),
  ];
}
