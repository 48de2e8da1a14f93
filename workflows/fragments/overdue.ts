import { Duration } from 'aws-cdk-lib';
import type { advanceActions } from '../../shared/domain/workflow/contract.ts';
import { enteredMillis, lifeEnds, lifeIsOver } from './run-life.ts';

type Action = (typeof advanceActions)[number];

/** How long to wait, and what happens when nobody has answered by then. */
interface Wait {
  /** `until`: as long as the stage lasts by nature, given with the case's progress */
  readonly after: Duration | 'until';
  readonly act: Action;
}

/** What follows on silence, one after another; the last is repeated. */
export type Waits = readonly [Wait, ...Wait[]];

/** How often a task that nobody answers comes back to those who could see to it. */
const WEEKLY: Wait = { after: Duration.days(7), act: 'escalate' };

/** A first reminder when it is due, then the leads hear of it, then every week again. */
export function chased(due: Duration | 'until', patience: Duration): Waits {
  return [{ after: due, act: 'remind' }, { after: patience, act: 'escalate' }, WEEKLY];
}

/** As {@link chased}, but after a last wait the case ends. */
export function chasedUntilExpiry(due: Duration, patience: Duration, last: Duration): Waits {
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

/** Shorter than this is not waited: an end that has passed already is acted on in a minute. */
const SHORTEST = 60;
/** Longest wait for a stage whose natural end is not known, in seconds. */
const UNKNOWN_END = Duration.days(3).toSeconds();

const untilSeconds = `($exists($states.input.until) ? $ceil(($toMillis($states.input.until) - ${enteredMillis}) / 1000) : ${UNKNOWN_END})`;

/** JSONata: the entry for the present round, the last one from then on. */
function ofRound(entries: readonly (string | number)[]): string {
  return `[${entries.join(', ')}][$min([$round, ${entries.length - 1}])]`;
}

/** JSONata: seconds until the answer of the present round is due. */
export function dueSeconds(waits: Waits): string {
  const seconds = waits.map(({ after }) => (after === 'until' ? untilSeconds : after.toSeconds()));
  return `$max([${SHORTEST}, ${ofRound(seconds)}])`;
}

/** JSONata: seconds this state may wait: as {@link dueSeconds}, but no longer than the execution lives. */
export function waitSeconds(waits: Waits): string {
  return `$max([${SHORTEST}, $min([${dueSeconds(waits)}, $ceil((${lifeEnds} - ${enteredMillis}) / 1000)])])`;
}

/** JSONata: what to do about the silence of the present round. */
export function overdueAction(waits: Waits): string {
  return `${lifeIsOver} ? 'renew' : ${ofRound(waits.map(({ act }) => `'${act}'`))}`;
}
