import * as z from 'zod';
import { dataKey, hub, kept, machines, table } from '../env/variables.ts';

/** The environment of the sweep. */
export const SweepEnv = z.object({ ...table, ...dataKey, ...kept, ...machines, HUB_ID: hub.HUB_ID });
