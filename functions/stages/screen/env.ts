import * as z from 'zod';
import { dataKey, macKey, table } from '../../env/variables.ts';

/** The environment of screening. */
export const ScreenEnv = z.object({ ...table, ...dataKey, ...macKey });
