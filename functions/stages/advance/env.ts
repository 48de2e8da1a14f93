import * as z from 'zod';
import { dataKey, table } from '../../env/variables.ts';

/** The environment of the stage that moves cases on by time. */
export const AdvanceEnv = z.object({ ...table, ...dataKey });
