import { Duration } from 'aws-cdk-lib';

/**
 * How long one execution carries a case. Step Functions ends every execution after a year; two weeks before, a waiting
 * case goes on in a new run, which asks the same task again.
 */
const LIFE = Duration.days(350);

const started = '$toMillis($states.context.Execution.StartTime)';
const entered = '$toMillis($states.context.State.EnteredTime)';

/** JSONata: milliseconds since 1970 when the state was entered; the same at every retry, unlike `$now()`. */
export const enteredMillis = entered;

/** JSONata: milliseconds since 1970 at which this execution hands over to the next. */
export const lifeEnds = `(${started} + ${LIFE.toMilliseconds()})`;

/** JSONata: whether the state was entered after that. */
export const lifeIsOver = `(${entered} >= ${lifeEnds})`;

/** JSONata: which run of its case this execution is; executions are named `caseId-run`. */
export const runNumber = "$number($substringAfter($states.context.Execution.Name, '-'))";
