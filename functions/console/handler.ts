import { S3Client } from '@aws-sdk/client-s3';
import { kmsKeyService } from '../../shared/secrets/key-service.ts';
import { openTable } from '../../shared/store/table.ts';
import { parseEnv } from '../env/parse-env.ts';
import { incomingFiles } from '../incoming/incoming.ts';
import { behindGateway } from '../web/behind-gateway.ts';
import { createConsole } from './app.ts';
import { ConsoleEnv } from './env.ts';
import { createIssuer } from './sign-in/issuer.ts';

const env = parseEnv(ConsoleEnv);

export const handler = behindGateway(
  createConsole(
    {
      hub: {
        table: openTable({ name: env.TABLE_NAME, shards: env.INDEX_SHARDS }, kmsKeyService(env.DATA_KEY_ID)),
        macKeyId: env.MAC_KEY_ID,
        hub: env.HUB_ID,
        insurer: env.INSURER_ID,
      },
      issuer: createIssuer(env.OIDC_ISSUER, env.OIDC_CLIENT_ID, env.OIDC_CLIENT_SECRET),
      incoming: incomingFiles({ s3: new S3Client({}), bucket: env.INCOMING_BUCKET, url: env.INCOMING_URL }),
      publicUrl: env.PUBLIC_URL,
      trustedProxies: env.TRUSTED_PROXIES,
      version: env.VERSION,
    },
    new URL(env.OIDC_ISSUER).origin,
  ),
);
