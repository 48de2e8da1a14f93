import { invalid } from '../engine-error.ts';
import { type Input, isInput } from './check-shape.ts';
import { checkExpressions } from './expression-rules.ts';

const listOf = (json: unknown): readonly unknown[] => (Array.isArray(json) ? json : []);
const isGiven = (json: unknown): boolean => json !== undefined && json !== null;

function onlyOld({ ReturnValues }: Input): void {
  if (isGiven(ReturnValues) && ReturnValues !== 'ALL_OLD' && ReturnValues !== 'NONE') {
    throw invalid('ReturnValues can only be ALL_OLD or NONE');
  }
}

const projecting = (input: Input): void => checkExpressions(input, ['ProjectionExpression'], ['AttributesToGet']);
const conditional = (input: Input): void => checkExpressions(input, ['ConditionExpression'], ['Expected']);

function query(input: Input): void {
  checkExpressions(
    input,
    ['ProjectionExpression', 'FilterExpression', 'KeyConditionExpression'],
    ['AttributesToGet', 'QueryFilter', 'ConditionalOperator', 'KeyConditions'],
  );
  const { Limit } = input;
  if (typeof Limit === 'number' && Limit < 1) {
    throw invalid(
      "1 validation error detected: Value at 'Limit' failed to satisfy constraint: Member must have value greater than or equal to 1",
    );
  }
  if (!isGiven(input.KeyConditions) && !isGiven(input.KeyConditionExpression)) {
    throw invalid('Either the KeyConditions or KeyConditionExpression parameter must be specified in the request.');
  }
}

function scan(input: Input): void {
  checkExpressions(
    input,
    ['ProjectionExpression', 'FilterExpression'],
    ['AttributesToGet', 'ScanFilter', 'ConditionalOperator'],
  );
  const { Segment, TotalSegments } = input;
  const missing = (absent: string, given: string) =>
    invalid(`The ${absent} parameter is required but was not present in the request when ${given} is present`);
  if (isGiven(Segment) && !isGiven(TotalSegments)) throw missing('TotalSegments', 'Segment parameter');
  if (!isGiven(Segment) && isGiven(TotalSegments)) throw missing('Segment', 'parameter TotalSegments');
  if (typeof Segment === 'number' && typeof TotalSegments === 'number' && Segment >= TotalSegments) {
    throw invalid(
      `The Segment parameter is zero-based and must be less than parameter TotalSegments: Segment: ${Segment} is not less than TotalSegments: ${TotalSegments}`,
    );
  }
}

/** How many keys a BatchGetItem and writes a BatchWriteItem may have. */
const MOST_KEYS = 100;
const MOST_WRITES = 25;

function requestsOf({ RequestItems }: Input, operation: string): readonly (readonly [string, unknown])[] {
  const requests = isInput(RequestItems) ? Object.entries(RequestItems) : [];
  if (requests.length === 0) throw invalid(`The requestItems parameter is required for ${operation}`);
  return requests;
}

function batchGet(input: Input): void {
  let count = 0;
  for (const [table, request] of requestsOf(input, 'BatchGetItem')) {
    if (!isInput(request)) continue;
    const keys = listOf(request.Keys);
    if (keys.length > MOST_KEYS) {
      throw invalid(
        `1 validation error detected: Value at 'RequestItems.${table}.member.Keys' failed to satisfy constraint: Member must have length less than or equal to ${MOST_KEYS}`,
      );
    }
    count += keys.length;
    projecting(request);
  }
  if (count > MOST_KEYS) throw invalid('Too many items requested for the BatchGetItem call');
}

function batchWrite(input: Input): void {
  const requests = requestsOf(input, 'BatchWriteItem');
  const lists = requests.map(([, each]) => listOf(each));
  if (lists.some(({ length }) => length === 0 || length > MOST_WRITES)) {
    const shown = requests.map(([table, each]) => `${table}=[${listOf(each).map(writeShown).join(', ')}]`).join(', ');
    throw invalid(
      `1 validation error detected: Value '{${shown}}' at 'requestItems' failed to satisfy constraint: Map value must satisfy constraint: [Member must have length less than or equal to ${MOST_WRITES}, Member must have length greater than or equal to 1]`,
    );
  }
  if (lists.flat().length > MOST_WRITES) throw invalid('Too many items requested for the BatchWriteItem call');
  for (const request of lists.flat()) {
    const { PutRequest, DeleteRequest } = isInput(request) ? request : {};
    if (isGiven(PutRequest) !== isGiven(DeleteRequest)) continue;
    throw invalid(
      'Supplied AttributeValue has more than one datatypes set, must contain exactly one of the supported datatypes',
    );
  }
}

const writeShown = (request: unknown): string => {
  const { PutRequest, DeleteRequest } = isInput(request) ? request : {};
  const shown = (json: unknown): string => (isGiven(json) ? JSON.stringify(json) : 'null');
  return `WriteRequest(putRequest=${shown(PutRequest)}, deleteRequest=${shown(DeleteRequest)})`;
};

function transactWrite({ TransactItems }: Input): void {
  for (const item of listOf(TransactItems)) {
    const parts = isInput(item) ? Object.values(item).filter(isInput) : [];
    const [part] = parts;
    if (part === undefined || parts.length > 1) {
      throw invalid('TransactItems can only contain one of Check, Put, Update or Delete');
    }
    checkExpressions(part, ['UpdateExpression', 'ConditionExpression'], []);
  }
}

/** What must hold between the fields of requests about items. Each throws in AWS's words. */
export const itemRules: Readonly<Record<string, (input: Input) => void>> = {
  GetItem: projecting,
  PutItem: (input) => {
    conditional(input);
    onlyOld(input);
  },
  DeleteItem: (input) => {
    conditional(input);
    onlyOld(input);
  },
  UpdateItem: (input) =>
    checkExpressions(input, ['UpdateExpression', 'ConditionExpression'], ['AttributeUpdates', 'Expected']),
  Query: query,
  Scan: scan,
  BatchGetItem: batchGet,
  BatchWriteItem: batchWrite,
  TransactWriteItems: transactWrite,
};
