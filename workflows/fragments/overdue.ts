import { Duration } from 'aws-cdk-lib';
import type { Wait } from '../../shared/kinds/waits.ts';
import { enteredMillis, lifeEnds, lifeIsOver } from './run-life.ts';

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
export function dueSeconds(waits: readonly Wait[]): string {
  const seconds = waits.map(({ after }) => (after === 'until' ? untilSeconds : after));
  return `$max([${SHORTEST}, ${ofRound(seconds)}])`;
}

/** JSONata: seconds this state may wait: as {@link dueSeconds}, but no longer than the execution lives. */
export function waitSeconds(waits: readonly Wait[]): string {
  return `$max([${SHORTEST}, $min([${dueSeconds(waits)}, $ceil((${lifeEnds} - ${enteredMillis}) / 1000)])])`;
}

/** JSONata: what to do about the silence of the present round. */
export function overdueAction(waits: readonly Wait[]): string {
  return `${lifeIsOver} ? 'renew' : ${ofRound(waits.map(({ act }) => `'${act}'`))}`;
}
