import { S3Client } from '@aws-sdk/client-s3';
import { SFNClient } from '@aws-sdk/client-sfn';
import type { PartyId } from '../../shared/domain/ids.ts';
import { kmsKeyService } from '../../shared/secrets/key-service.ts';
import { everyHub } from '../../shared/store/hub-tree.ts';
import { openTable } from '../../shared/store/table.ts';
import { parseEnv } from '../env/parse-env.ts';
import { anchorRest } from './anchor-rest.ts';
import { SweepEnv, SweepEvent } from './env.ts';
import { eraseDue } from './erase-due.ts';
import { eraseReasons } from './erase-reasons.ts';
import { answerDeployment, deploymentIn } from './first-key.ts';
import { lookThrough } from './look-through.ts';
import { renewDataKey } from './renew-data-key.ts';
import { type Marks, sweepCases } from './sweep.ts';

const env = parseEnv(SweepEnv);
const machines = { need: env.NEED_MACHINE_ARN, grant: env.GRANT_MACHINE_ARN, insurance: env.INSURANCE_MACHINE_ARN };
const service = kmsKeyService(env.DATA_KEY_ID);
const table = openTable(env.TABLE_NAME, service);
const anchorage = { s3: new S3Client({}), bucket: env.ANCHOR_BUCKET };
const sweep = { table, sfn: new SFNClient({}), machines };

/** The marks of this environment's last sweep: a read less a hub. */
const marks: Marks = new Map();

/** Every hub, also the one that new cases come to before the parties are entered. */
async function hubs(): Promise<PartyId[]> {
  return [...new Set([env.HUB_ID, ...(await everyHub(table))])];
}

async function lags(): Promise<number> {
  const nudged = await sweepCases(sweep, await hubs(), marks);
  await lookThrough(table);
  return nudged;
}

async function erase(): Promise<number> {
  return eraseDue({ table, hubs: await hubs(), keptDays: env.KEPT_DAYS });
}

/**
 * What is asked for by `SweepEvent`, and the first data key when the stack is made; gives how many cases it changed. Throws
 * a ZodError for any other event.
 */
export const handler = async (event: unknown): Promise<number> => {
  const deployment = deploymentIn(event);
  if (deployment) {
    await answerDeployment(deployment, () => renewDataKey(table, service));
    return 0;
  }
  const { sweep: part } = SweepEvent.parse(event);
  if (part === 'lags') return lags();
  await renewDataKey(table, service);
  await anchorRest(table, anchorage);
  await eraseReasons(table, env.KEPT_DAYS);
  return erase();
};
