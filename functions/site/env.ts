import * as z from 'zod';
import { dataKey, hub, incoming, kept, macKey, optionalPublicUrl, proxies, table } from '../env/variables.ts';

/** The environment of the public site. */
export const SiteEnv = z.object({
  ...table,
  ...dataKey,
  ...kept,
  ...macKey,
  ...hub,
  ...incoming,
  ...optionalPublicUrl,
  ...proxies,
});
