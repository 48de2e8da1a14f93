import { S3Client } from '@aws-sdk/client-s3';
import { kmsKeyService } from '../../shared/secrets/key-service.ts';
import { openTable } from '../../shared/store/table.ts';
import { parseEnv } from '../env/parse-env.ts';
import { incomingFiles } from '../incoming/incoming.ts';
import { behindGateway } from '../web/behind-gateway.ts';
import { createSite } from './app.tsx';
import { SiteEnv } from './env.ts';

const env = parseEnv(SiteEnv);
const hub = {
  table: openTable({ name: env.TABLE_NAME, shards: env.INDEX_SHARDS }, kmsKeyService(env.DATA_KEY_ID)),
  macKeyId: env.MAC_KEY_ID,
  hub: env.HUB_ID,
  insurer: env.INSURER_ID,
};

export const handler = behindGateway(
  createSite({
    hub,
    incoming: incomingFiles({ s3: new S3Client({}), bucket: env.INCOMING_BUCKET, url: env.INCOMING_URL }),
    publicUrl: env.PUBLIC_URL,
    trustedProxies: env.TRUSTED_PROXIES,
  }),
);
