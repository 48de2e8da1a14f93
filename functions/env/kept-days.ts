import * as z from 'zod';
import { parseEnv } from './parse-env.ts';
import { kept } from './variables.ts';

/** How many days after its end a case of each kind keeps what is personal: what forms promise is what the sweep does. */
export const { KEPT_DAYS: keptDays } = parseEnv(z.object(kept));
