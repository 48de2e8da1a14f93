import { SFNClient } from '@aws-sdk/client-sfn';
import { openTable } from '../../shared/store/table.ts';
import { parseEnv } from '../env/parse-env.ts';
import { SweepEnv } from './env.ts';
import { sweepCases } from './sweep.ts';

const env = parseEnv(SweepEnv);
const machines = { need: env.NEED_MACHINE_ARN, grant: env.GRANT_MACHINE_ARN, insurance: env.INSURANCE_MACHINE_ARN };
const sweep = { table: openTable(env.TABLE_NAME), sfn: new SFNClient({}), hub: env.HUB_ID, machines };

export const handler = () => sweepCases(sweep);
