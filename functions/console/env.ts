import * as z from 'zod';
import {
  dataKey,
  hub,
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
  ...oidc,
  ...oidcSecret,
  ...optionalPublicUrl,
  ...proxies,
  ...version,
});
