import * as z from 'zod';
import { anchors, jobsMachine, machines, table } from '../env/variables.ts';

/** The environment of the relay. */
export const RelayEnv = z.object({ ...table, ...machines, ...jobsMachine, ...anchors });
