import { kmsKeyService } from '../../shared/secrets/key-service.ts';
import { openTable } from '../../shared/store/table.ts';
import { parseEnv } from '../env/parse-env.ts';
import { behindGateway } from '../web/behind-gateway.ts';
import { createApi } from './app.ts';
import { ApiEnv } from './env.ts';
import { tokenVerifier } from './token.ts';

const env = parseEnv(ApiEnv);
const app = createApi({
  hub: {
    table: openTable({ name: env.TABLE_NAME, shards: env.INDEX_SHARDS }, kmsKeyService(env.DATA_KEY_ID)),
    macKeyId: env.MAC_KEY_ID,
    hub: env.HUB_ID,
    insurer: env.INSURER_ID,
  },
  verify: tokenVerifier(env.OIDC_ISSUER, env.OIDC_CLIENT_ID),
  issuer: env.OIDC_ISSUER,
  publicUrl: env.PUBLIC_URL,
  trustedProxies: env.TRUSTED_PROXIES,
});

export const handler = behindGateway(app);
