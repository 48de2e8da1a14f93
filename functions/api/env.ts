import * as z from 'zod';
import { dataKey, hub, macKey, oidc, optionalPublicUrl, proxies, table } from '../env/variables.ts';

/** The environment of the API. */
export const ApiEnv = z.object({ ...table, ...dataKey, ...macKey, ...hub, ...oidc, ...optionalPublicUrl, ...proxies });
