import * as z from 'zod';
import { anchors, dataKey, hub, kept, machines, table } from '../env/variables.ts';

/** The environment of the sweep. */
export const SweepEnv = z.object({ ...table, ...dataKey, ...kept, ...machines, ...anchors, HUB_ID: hub.HUB_ID });

/**
 * What its rules send: every hour it looks for cases that lag, once a day for what is kept long enough and for what of the
 * chains was not anchored. Apart, since
 * looking for erasures asks for each kind's end stages and what it finds has waited for months.
 */
export const SweepEvent = z.object({ sweep: z.enum(['lags', 'erasures']) });
