import { SFNClient } from '@aws-sdk/client-sfn';
import type { DynamoDBStreamEvent } from 'aws-lambda';
import { openTable } from '../../shared/store/table.ts';
import { parseEnv } from '../env/parse-env.ts';
import { eachEvent } from '../stream/each-event.ts';
import { RelayEnv } from './env.ts';
import { type Relay, relayEvent } from './relay.ts';

const env = parseEnv(RelayEnv);
const machines = { need: env.NEED_MACHINE_ARN, grant: env.GRANT_MACHINE_ARN, insurance: env.INSURANCE_MACHINE_ARN };
const relay: Relay = { table: openTable(env.TABLE_NAME), sfn: new SFNClient({}), machines };

export const handler = (batch: DynamoDBStreamEvent) => eachEvent(batch, (event) => relayEvent(relay, event));
