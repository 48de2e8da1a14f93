import * as z from 'zod';
import { dataKey, hub, jobsMachine, kept, machines, macKey, table } from '../env/variables.ts';

/** The environment of the sweep. */
export const SweepEnv = z.object({
  ...table,
  ...dataKey,
  ...macKey,
  ...kept,
  ...machines,
  ...jobsMachine,
  HUB_ID: hub.HUB_ID,
});

/** What its rules send: every hour it looks for what lags, and once a day it begins what is due daily. */
export const SweepEvent = z.object({ sweep: z.enum(['lags', 'erasures']) });
