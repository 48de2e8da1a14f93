import type { Kind } from '../ids.ts';

/** stand-in until the table lands */
export const keptDays: Readonly<Record<Kind, number>> = { need: 90, grant: 1825, insurance: 730 };
