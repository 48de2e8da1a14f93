import * as z from 'zod';
import { CaseId, Kind } from '../ids.ts';
import { Instant } from '../time.ts';

/** What an execution is started with: nothing a person typed. */
export const ExecutionInput = z.object({ caseId: CaseId, kind: Kind, version: z.int().min(1) });
export type ExecutionInput = z.infer<typeof ExecutionInput>;

/**
 * What every stage function and every answered task gives back to the workflow: the stage the case is in now, which
 * the workflow follows, and, for a stage with a natural end (an expected arrival, a report's due day, the end of a
 * cover), that instant.
 */
export const Progress = z.object({
  stage: z.string(),
  until: Instant.optional(),
  /** the execution is over: it may not know the stage, and another carries the case on */
  renewed: z.boolean().optional(),
});
export type Progress = z.infer<typeof Progress>;

/** `functions/stages/screen`: the automatic checks of a case that was submitted; any other case is left as it is. */
export const ScreenInput = z.object({ caseId: CaseId });

/**
 * `functions/stages/open-task`, called with a task token: brings the case to `stage` if it is not there yet and puts
 * the question to whom it concerns. `stuck` asks the hub to mend what stopped the workflow instead.
 */
export const OpenTaskInput = z.object({
  caseId: CaseId,
  stage: z.string(),
  taskToken: z.string(),
  /** seconds from now until the answer is due; the first asking counts */
  dueSeconds: z.number().positive(),
  stuck: z.boolean().optional(),
});
export type OpenTaskInput = z.infer<typeof OpenTaskInput>;

/** What time makes of a case; `renew`: the execution is near the end of its year and the case goes on in the next run. */
export const advanceActions = ['remind', 'escalate', 'expire', 'arrival-due', 'ending-soon', 'end', 'renew'] as const;

/** `functions/stages/advance`: a due time has passed. Gives {@link Progress}; a case that has moved on is left alone. */
export const AdvanceInput = z.object({
  caseId: CaseId,
  stage: z.string(),
  action: z.enum(advanceActions),
  round: z.int().min(0),
  /** which run of the case the execution is */
  run: z.int().min(1),
});
export type AdvanceInput = z.infer<typeof AdvanceInput>;

/** `functions/stages/cover`: enters who is covered from when to when; gives the two instants the workflow waits for. */
export const CoverInput = z.object({ caseId: CaseId });
export const CoverOutput = Progress.extend({ endingSoonAt: Instant, endsAt: Instant });

/** The names of the errors that stage functions throw, as Step Functions sees them, by who retries. */
export const errorNames = { throttled: 'Throttled', retryable: 'Retryable', permanent: 'Permanent' } as const;
