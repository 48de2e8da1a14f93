import { createHash } from 'node:crypto';
import { EngineError, invalid } from '../engine-error.ts';
import { type RecordRow, type Stream, sequenceFrom, sequenceText } from '../storage/streams.ts';
import { type Context, type Input, type Operation, reading } from './operation.ts';

/** Milliseconds after which an iterator is no longer good. */
const ITERATOR_LASTS = 15 * 60_000;
const MOST_RECORDS = 1_000;
const MOST_BYTES = 1_048_576;
const MOST_STREAMS = 100;

const text = (input: Input, name: string): string => {
  const value = input[name];
  return typeof value === 'string' ? value : '';
};
const count = (input: Input, name: string, most: number): number => {
  const value = input[name] ?? most;
  if (typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= most) return value;
  throw invalid(
    `1 validation error detected: Value '${value}' at '${name.charAt(0).toLowerCase()}${name.slice(1)}' failed to satisfy constraint: Member must have value less than or equal to ${most}`,
  );
};
const arnOf = ({ names }: Context, { tableName, label }: Stream): string => names.stream(tableName, label);

function streamAsked(context: Context, input: Input): Stream {
  const arn = text(input, 'StreamArn');
  const found = context.store.streams.list().find((each) => arnOf(context, each) === arn);
  if (found !== undefined) return found;
  throw new EngineError('ResourceNotFoundException', `Requested resource not found: Stream: ${arn} not found`);
}

function shardAsked(context: Context, input: Input): Stream {
  const stream = streamAsked(context, input);
  if (stream.shard === text(input, 'ShardId')) return stream;
  const what = `Shard: ${text(input, 'ShardId')} in Stream: ${text(input, 'StreamArn')} not found`;
  throw new EngineError('ResourceNotFoundException', `Requested resource not found: ${what}`);
}

function listStreams(context: Context, input: Input): string {
  const table = text(input, 'TableName');
  const after = text(input, 'ExclusiveStartStreamArn');
  const limit = count(input, 'Limit', MOST_STREAMS);
  const all = context.store.streams
    .list()
    .filter(({ tableName }) => table === '' || tableName === table || context.names.table(tableName) === table)
    .map((stream) => ({ StreamArn: arnOf(context, stream), TableName: stream.tableName, StreamLabel: stream.label }));
  const from = after === '' ? 0 : all.findIndex(({ StreamArn }) => StreamArn === after) + 1;
  const Streams = all.slice(from, from + limit);
  const isMore = from + limit < all.length;
  return JSON.stringify({ Streams, ...(isMore && { LastEvaluatedStreamArn: Streams.at(-1)?.StreamArn }) });
}

function describeStream(context: Context, input: Input): string {
  const stream = streamAsked(context, input);
  const { streams } = context.store;
  const StartingSequenceNumber = sequenceText(stream, streams.oldest(stream.id) ?? stream.last + 1);
  const isAfter = text(input, 'ExclusiveStartShardId') === stream.shard;
  const shard = {
    ShardId: stream.shard,
    SequenceNumberRange: {
      StartingSequenceNumber,
      ...(stream.ended !== undefined && { EndingSequenceNumber: sequenceText(stream, stream.last) }),
    },
  };
  return JSON.stringify({
    StreamDescription: {
      StreamArn: arnOf(context, stream),
      StreamLabel: stream.label,
      StreamStatus: stream.ended === undefined ? 'ENABLED' : 'DISABLED',
      StreamViewType: stream.view,
      CreationRequestDateTime: stream.begun / 1_000,
      TableName: stream.tableName,
      KeySchema: stream.keySchema,
      Shards: isAfter ? [] : [shard],
    },
  });
}

const iteratorAt = (context: Context, { id }: Stream, after: number): string =>
  Buffer.from(JSON.stringify([id, after, context.store.now()])).toString('base64url');

function getShardIterator(context: Context, input: Input): string {
  const stream = shardAsked(context, input);
  const oldest = context.store.streams.oldest(stream.id) ?? stream.last + 1;
  const answer = (after: number): string => JSON.stringify({ ShardIterator: iteratorAt(context, stream, after) });
  const type = text(input, 'ShardIteratorType');
  if (type === 'TRIM_HORIZON') return answer(oldest - 1);
  if (type === 'LATEST') return answer(stream.last);
  if (type !== 'AT_SEQUENCE_NUMBER' && type !== 'AFTER_SEQUENCE_NUMBER') {
    throw invalid(
      `1 validation error detected: Value '${type}' at 'shardIteratorType' failed to satisfy constraint: Member must satisfy enum value set: [AFTER_SEQUENCE_NUMBER, LATEST, AT_SEQUENCE_NUMBER, TRIM_HORIZON]`,
    );
  }
  const asked = text(input, 'SequenceNumber');
  const number = sequenceFrom(asked);
  if (number === undefined || number > stream.last) {
    throw invalid(`Invalid SequenceNumber: ${asked} for ShardId: ${stream.shard}`);
  }
  if (number < oldest) {
    throw new EngineError(
      'TrimmedDataAccessException',
      'The operation attempted to read past the oldest stream record in a shard.',
    );
  }
  return answer(type === 'AT_SEQUENCE_NUMBER' ? number - 1 : number);
}

function readIterator(context: Context, input: Input): { stream: Stream; after: number } {
  const wrong = (): EngineError => invalid('Invalid ShardIterator');
  let parts: unknown;
  try {
    parts = JSON.parse(Buffer.from(text(input, 'ShardIterator'), 'base64url').toString('utf8'));
  } catch {
    throw wrong();
  }
  const [id, after, at]: unknown[] = Array.isArray(parts) ? parts : [];
  const stream = context.store.streams.list().find((each) => each.id === id);
  if (stream === undefined || typeof after !== 'number' || typeof at !== 'number') throw wrong();
  if (context.store.now() - at > ITERATOR_LASTS) {
    throw new EngineError('ExpiredIteratorException', 'The shard iterator has expired.');
  }
  return { stream, after };
}

function getRecords(context: Context, input: Input): string {
  const { stream, after } = readIterator(context, input);
  const limit = count(input, 'Limit', MOST_RECORDS);
  const oldest = context.store.streams.oldest(stream.id);
  if (oldest !== undefined && after + 1 < oldest) {
    throw new EngineError(
      'TrimmedDataAccessException',
      'The operation attempted to read past the oldest stream record in a shard.',
    );
  }
  const texts: string[] = [];
  let bytes = 0;
  let last = after;
  for (const record of context.store.streams.read(stream.id, after, limit)) {
    bytes += record.size;
    if (texts.length > 0 && bytes > MOST_BYTES) break;
    texts.push(recordText(context, stream, record));
    last = record.number;
  }
  const isOver = stream.ended !== undefined && last >= stream.last;
  const next = isOver ? '' : `,"NextShardIterator":"${iteratorAt(context, stream, last)}"`;
  return `{"Records":[${texts.join(',')}]${next}}`;
}

function recordText({ names }: Context, stream: Stream, record: RecordRow): string {
  const number = sequenceText(stream, record.number);
  const id = createHash('md5').update(`${stream.shard}/${number}`).digest('hex');
  const images =
    (record.newImage === undefined ? '' : `,"NewImage":${record.newImage}`) +
    (record.oldImage === undefined ? '' : `,"OldImage":${record.oldImage}`);
  const dynamodb = `{"ApproximateCreationDateTime":${Math.floor(record.at / 1_000)},"Keys":${record.keys}${images},"SequenceNumber":"${number}","SizeBytes":${record.size},"StreamViewType":"${stream.view}"}`;
  const identity = record.identity === undefined ? '' : `,"userIdentity":${record.identity}`;
  return `{"awsRegion":"${names.region}","dynamodb":${dynamodb},"eventID":"${id}","eventName":"${record.event}","eventSource":"aws:dynamodb","eventVersion":"1.1"${identity}}`;
}

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_Operations_Amazon_DynamoDB_Streams.html */
export const streamOperations: Readonly<Record<string, Operation>> = {
  ListStreams: reading(listStreams),
  DescribeStream: reading(describeStream),
  GetShardIterator: reading(getShardIterator),
  GetRecords: reading(getRecords),
};
