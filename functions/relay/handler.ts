import { S3Client } from '@aws-sdk/client-s3';
import { SFNClient } from '@aws-sdk/client-sfn';
import type { DynamoDBStreamEvent } from 'aws-lambda';
import { openTable } from '../../shared/store/table.ts';
import type { Anchorage } from '../anchors/add-anchor.ts';
import { parseEnv } from '../env/parse-env.ts';
import { anchorBatch } from './anchor.ts';
import { RelayEnv } from './env.ts';
import { type Relay, relayBatch } from './relay.ts';

const env = parseEnv(RelayEnv);
const relay: Relay = {
  table: openTable({ name: env.TABLE_NAME, shards: env.INDEX_SHARDS }),
  sfn: new SFNClient({}),
  machines: env.MACHINE_ARNS,
  jobsMachine: env.JOBS_MACHINE_ARN,
};
const anchorage: Anchorage = { s3: new S3Client({}), bucket: env.ANCHOR_BUCKET };

export const handler = async (batch: DynamoDBStreamEvent) => {
  // neither waits for the other, and what of either failed is given again
  const [relayed, anchored] = await Promise.all([relayBatch(relay, batch), anchorBatch(anchorage, batch)]);
  return anchored.batchItemFailures.length > 0 ? anchored : relayed;
};
