import * as z from 'zod';
import { anchors, dataKey, hub, kept, macKey, table } from '../env/variables.ts';

/** The environment of the function that works on jobs. */
export const JobsEnv = z.object({ ...table, ...dataKey, ...macKey, ...kept, ...anchors, ...hub });
