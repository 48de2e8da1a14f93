import * as z from 'zod';
import { dataKey, hub, machines, table } from '../env/variables.ts';

/** The environment of the sweep. */
export const SweepEnv = z.object({ ...table, ...dataKey, ...machines, HUB_ID: hub.HUB_ID });
