import * as z from 'zod';
import { hub, macKey, optionalPublicUrl, proxies, table } from '../env/variables.ts';

/** The environment of the public site. */
export const SiteEnv = z.object({ ...table, ...macKey, ...hub, ...optionalPublicUrl, ...proxies });
