import type { advanceActions } from '../domain/workflow/contract.ts';

type Action = (typeof advanceActions)[number];

/** How long to wait, and what happens when nobody has answered by then. */
export interface Wait {
  /** seconds; `until`: as long as the stage lasts by nature, given with the case's progress */
  readonly after: number | 'until';
  readonly act: Action;
}

/** What follows on silence, one after another; the last is repeated. `cover`: the stage in which people are insured. */
export type Waits = readonly [Wait, ...Wait[]] | 'cover';

export const hours = (count: number): number => count * 3600;
export const days = (count: number): number => hours(24 * count);

/** How often a task that nobody answers comes back to those who could see to it. */
const WEEKLY: Wait = { after: days(7), act: 'escalate' };

/** A first reminder when it is due, then the leads hear of it, then every week again. In seconds. */
export function chased(due: number | 'until', patience: number): Waits {
  return [{ after: due, act: 'remind' }, { after: patience, act: 'escalate' }, WEEKLY];
}

/** As {@link chased}, but after a last wait the case ends. In seconds. */
export function chasedUntilExpiry(due: number, patience: number, last: number): Waits {
  return [
    { after: due, act: 'remind' },
    { after: patience, act: 'escalate' },
    { after: last, act: 'expire' },
  ];
}

/** The stage ends by itself when its natural end has passed. */
export function untilThen(act: Action): Waits {
  return [{ after: 'until', act }];
}
