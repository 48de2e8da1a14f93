/** What every state may have, and what a kind of state may have besides, in JSONata. */
const ANY = ['Type', 'Comment', 'QueryLanguage'];
const FLOW = ['Next', 'End', 'Assign', 'Output'];
const HANDLERS = ['Retry', 'Catch'];

interface StateFields {
  readonly required: readonly string[];
  readonly allowed: ReadonlySet<string>;
}

function fields(required: readonly string[], optional: readonly string[]): StateFields {
  return { required, allowed: new Set([...ANY, ...required, ...optional]) };
}

/** The fields of each kind of state, as the States language lists them. */
export const STATE_FIELDS: Readonly<Record<string, StateFields>> = {
  Task: fields(['Resource'], [...FLOW, ...HANDLERS, 'Arguments', 'TimeoutSeconds', 'HeartbeatSeconds']),
  Parallel: fields(['Branches'], [...FLOW, ...HANDLERS, 'Arguments']),
  Map: fields(
    ['ItemProcessor'],
    [
      ...FLOW,
      ...HANDLERS,
      'Items',
      'ItemSelector',
      'MaxConcurrency',
      'ToleratedFailureCount',
      'ToleratedFailurePercentage',
      'Label',
    ],
  ),
  Choice: fields(['Choices'], ['Default', 'Assign', 'Output']),
  Wait: fields([], [...FLOW, 'Seconds', 'Timestamp']),
  Pass: fields([], FLOW),
  Succeed: fields([], ['Output']),
  Fail: fields([], ['Error', 'Cause']),
};

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
]);

/** Fields of a Map that reads from or writes to elsewhere, which the inline Map has not. */
export const DISTRIBUTED_FIELDS: ReadonlySet<string> = new Set([
  'ItemReader',
  'ItemBatcher',
  'ResultWriter',
  'Iterator',
]);
