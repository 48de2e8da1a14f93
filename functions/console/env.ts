import * as z from 'zod';
import { dataKey, hub, macKey, oidc, optionalPublicUrl, proxies, table } from '../env/variables.ts';

/** The environment of the workflow console. */
export const ConsoleEnv = z.object({
  ...table,
  ...dataKey,
  ...macKey,
  ...hub,
  ...oidc,
  ...optionalPublicUrl,
  ...proxies,
});
