import * as z from 'zod';
import { dataKey, table } from '../../env/variables.ts';

/** The environment of the stage that asks people. */
export const OpenTaskEnv = z.object({ ...table, ...dataKey });
