import { kmsKeyService } from '../../shared/secrets/key-service.ts';
import { openTable } from '../../shared/store/table.ts';
import { parseEnv } from '../env/parse-env.ts';
import { behindGateway } from '../web/behind-gateway.ts';
import { createConsole } from './app.ts';
import { ConsoleEnv } from './env.ts';
import { createIssuer } from './sign-in/issuer.ts';

const env = parseEnv(ConsoleEnv);

export const handler = behindGateway(
  createConsole(
    {
      hub: {
        table: openTable(env.TABLE_NAME, kmsKeyService(env.DATA_KEY_ID)),
        macKeyId: env.MAC_KEY_ID,
        hub: env.HUB_ID,
        insurer: env.INSURER_ID,
      },
      issuer: createIssuer(env.OIDC_ISSUER, env.OIDC_CLIENT_ID, env.OIDC_CLIENT_SECRET),
      publicUrl: env.PUBLIC_URL,
      trustedProxies: env.TRUSTED_PROXIES,
      version: env.VERSION,
    },
    new URL(env.OIDC_ISSUER).origin,
  ),
);
