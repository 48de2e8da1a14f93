import * as z from 'zod';
import { dataKey, table } from '../../env/variables.ts';

/** The environment of the stage that puts cover into force. */
export const CoverEnv = z.object({ ...table, ...dataKey });
