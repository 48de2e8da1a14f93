/** What every state may have, and what a kind of state may have besides, in JSONata. */
const ANY = ['Type', 'Comment', 'QueryLanguage'];
const FLOW = ['Next', 'End', 'Assign', 'Output'];
const HANDLERS = ['Retry', 'Catch'];

export interface Fields {
  readonly required: readonly string[];
  readonly allowed: ReadonlySet<string>;
}

function state(required: readonly string[], optional: readonly string[]): Fields {
  return fields(required, [...ANY, ...optional]);
}

function fields(required: readonly string[], optional: readonly string[]): Fields {
  return { required, allowed: new Set([...required, ...optional]) };
}

/** The fields of each kind of state, as the States language lists them. */
export const STATE_FIELDS: Readonly<Record<string, Fields>> = {
  Task: state(['Resource'], [...FLOW, ...HANDLERS, 'Arguments', 'TimeoutSeconds', 'HeartbeatSeconds']),
  Parallel: state(['Branches'], [...FLOW, ...HANDLERS, 'Arguments']),
  Map: state(
    [],
    [
      ...FLOW,
      ...HANDLERS,
      'ItemProcessor',
      'Items',
      'ItemSelector',
      'MaxConcurrency',
      'ToleratedFailureCount',
      'ToleratedFailurePercentage',
      'Label',
    ],
  ),
  Choice: state(['Choices'], ['Default', 'Assign', 'Output']),
  Wait: state([], [...FLOW, 'Seconds', 'Timestamp']),
  Pass: state([], FLOW),
  Succeed: state([], ['Output']),
  Fail: state([], ['Error', 'Cause']),
};

const OUTCOME = ['Assign', 'Output', 'Comment'];

/** What a Choice's rules, retriers and catchers have. */
export const RULE_FIELDS: Readonly<Record<string, Fields>> = {
  Choices: fields(['Next'], ['Condition', ...OUTCOME]),
  Retry: fields(
    ['ErrorEquals'],
    ['IntervalSeconds', 'MaxAttempts', 'BackoffRate', 'MaxDelaySeconds', 'JitterStrategy', 'Comment'],
  ),
  Catch: fields(['ErrorEquals', 'Next'], OUTCOME),
};

/** What a state machine has, and the machines inside a Map or Parallel. */
export const SCOPE_FIELDS = {
  machine: fields(['States', 'StartAt'], ['Comment', 'QueryLanguage', 'TimeoutSeconds', 'Version']),
  inner: fields(['States', 'StartAt'], ['Comment', 'ProcessorConfig']),
};

/** What the configuration of an inline Map's processor has. */
export const PROCESSOR_FIELDS = fields([], ['Mode']);

/** Fields that only JSONata states have. */
export const JSONATA_FIELDS: ReadonlySet<string> = new Set(['Arguments', 'Items', 'Output']);

/** Fields that only JSONPath states have. */
export const JSONPATH_FIELDS: ReadonlySet<string> = new Set([
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
  'Variable',
  'And',
  'Or',
  'Not',
]);

/** Fields of a Map that reads from or writes to elsewhere, which the inline Map has not. */
export const DISTRIBUTED_FIELDS: ReadonlySet<string> = new Set([
  'ItemReader',
  'ItemBatcher',
  'ResultWriter',
  'Iterator',
]);
