import { S3Client } from '@aws-sdk/client-s3';
import { JobInput, type JobOutput } from '../../shared/domain/jobs/job.ts';
import { workOn } from '../../shared/jobs/work.ts';
import { kmsKeyService } from '../../shared/secrets/key-service.ts';
import { openTable } from '../../shared/store/table.ts';
import { parseEnv } from '../env/parse-env.ts';
import { JobsEnv } from './env.ts';
import { worksOf } from './works.ts';

const env = parseEnv(JobsEnv);
const works = worksOf({
  hub: {
    table: openTable({ name: env.TABLE_NAME, shards: env.INDEX_SHARDS }, kmsKeyService(env.DATA_KEY_ID)),
    macKeyId: env.MAC_KEY_ID,
    hub: env.HUB_ID,
    insurer: env.INSURER_ID,
  },
  anchorage: { s3: new S3Client({}), bucket: env.ANCHOR_BUCKET },
  keptDays: env.KEPT_DAYS,
});

export const handler = async (input: unknown): Promise<JobOutput> => {
  const { job, last } = JobInput.parse(input);
  return { job, more: await workOn(works, job, last) };
};
