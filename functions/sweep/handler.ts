import { SFNClient } from '@aws-sdk/client-sfn';
import type { PartyId } from '../../shared/domain/ids.ts';
import { kmsKeyService } from '../../shared/secrets/key-service.ts';
import { everyHub } from '../../shared/store/hub-tree.ts';
import { startWalk } from '../../shared/store/jobs.ts';
import { countAllFigures } from '../../shared/store/programmes.ts';
import { listRechecks } from '../../shared/store/recheck.ts';
import { isBroughtAlong } from '../../shared/store/rekeying.ts';
import { openTable } from '../../shared/store/table.ts';
import { parseEnv } from '../env/parse-env.ts';
import { beginDaily } from './daily.ts';
import { SweepEnv, SweepEvent } from './env.ts';
import { answerDeployment, deploymentIn } from './first-key.ts';
import { sweepJobs } from './jobs.ts';
import { lookAtKeys } from './keys-well.ts';
import { tellOverdue } from './overdue.ts';
import { renewDataKey } from './renew-data-key.ts';
import { type Marks, type Sweep, sweepCases } from './sweep.ts';

const env = parseEnv(SweepEnv);
const service = kmsKeyService(env.DATA_KEY_ID);
const table = openTable({ name: env.TABLE_NAME, shards: env.INDEX_SHARDS }, service);
const sweep: Sweep = { table, sfn: new SFNClient({}), machines: env.MACHINE_ARNS, jobsMachine: env.JOBS_MACHINE_ARN };

/** The marks of this environment's last sweep: a read less a hub. */
const marks: Marks = new Map();

/** Every hub, also the one that new cases come to before the parties are entered. */
async function hubs(): Promise<PartyId[]> {
  return [...new Set([env.HUB_ID, ...(await everyHub(table))])];
}

/** What lags, what is overdue, and what a release before found by its own fold. Of what fails the run is told when the rest is done. */
async function lags(): Promise<number> {
  const every = await hubs();
  const [cases, ...others] = await Promise.allSettled([
    sweepCases(sweep, every, marks),
    sweepJobs(sweep),
    listRechecks(table).then((asked) => asked.length > 0 && startWalk(table, 'look-through')),
    tellOverdue({ table, hubs: every, keptDays: env.KEPT_DAYS }),
    lookAtKeys([env.DATA_KEY_ID, env.MAC_KEY_ID]),
    countAllFigures(table),
    isBroughtAlong(table).then((isDone) => !isDone && startWalk(table, 'bring-along')),
  ]);
  for (const each of [cases, ...others]) if (each.status === 'rejected') throw each.reason;
  return cases.status === 'fulfilled' ? cases.value : 0;
}

/**
 * What is asked for by `SweepEvent`, and the first data key when the stack is made; gives how many cases were asked for again, or
 * how many jobs begun. Throws a ZodError for any other event.
 */
export const handler = async (event: unknown): Promise<number> => {
  const deployment = deploymentIn(event);
  if (deployment) {
    await answerDeployment(deployment, () => renewDataKey(table, service));
    return 0;
  }
  const { sweep: part } = SweepEvent.parse(event);
  return part === 'lags' ? lags() : beginDaily(table, () => renewDataKey(table, service));
};
