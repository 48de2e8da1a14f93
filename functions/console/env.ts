import * as z from 'zod';
import {
  dataKey,
  hub,
  incoming,
  kept,
  macKey,
  oidc,
  oidcSecret,
  optionalPublicUrl,
  proxies,
  table,
  version,
} from '../env/variables.ts';

/** The environment of the workflow console. */
export const ConsoleEnv = z.object({
  ...table,
  ...dataKey,
  ...kept,
  ...macKey,
  ...hub,
  ...incoming,
  ...oidc,
  ...oidcSecret,
  ...optionalPublicUrl,
  ...proxies,
  ...version,
});
