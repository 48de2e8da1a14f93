import * as z from 'zod';
import { hub, machines, table } from '../env/variables.ts';

/** The environment of the sweep. */
export const SweepEnv = z.object({ ...table, ...machines, HUB_ID: hub.HUB_ID });
