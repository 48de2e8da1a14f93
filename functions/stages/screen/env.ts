import * as z from 'zod';
import { macKey, table } from '../../env/variables.ts';

/** The environment of screening. */
export const ScreenEnv = z.object({ ...table, ...macKey });
