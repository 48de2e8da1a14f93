import * as z from 'zod';
import { CaseId, Slug, TaskId } from '../../shared/domain/ids.ts';
import { classed } from '../../shared/domain/privacy/classes.ts';
import { cut, waysOut } from '../../shared/domain/privacy/cut.ts';

/** What functions log: codes and ids only, never what a person typed. */
export type LogCode =
  | 'anchor-failed'
  | 'anchored'
  | 'event-failed'
  /** an open question waits for somebody to be found: the operator sees the case's number here and nothing of it */
  | 'nobody-may-answer'
  | 'mail-sent'
  | 'mail-refused'
  | 'token-gone'
  | 'nudged'
  | 'data-key-made'
  | 'erased'
  | 'erase-failed'
  | 'sweep-done'
  | 'sweep-failed'
  | 'unexpected';

/** Everything that a line may say. What is not here, or is not public, is in no log. */
const LogDetails = z
  .object(
    classed('public', {
      caseId: CaseId,
      version: z.int(),
      stage: z.string(),
      task: TaskId,
      letter: Slug,
      eventId: z.string(),
      dataKey: z.string(),
      /** how many heads, cases, or executions it was about */
      heads: z.int(),
      cases: z.int(),
      reasons: z.int(),
      nudged: z.int(),
      /** an error's class; its message may repeat what a person typed */
      error: z.string(),
      /** where in the code: frames name files and functions */
      at: z.string(),
      origin: z.string(),
      /** by which a person who saw an error can ask about it */
      reference: z.string(),
    }),
  )
  .partial();
export type LogDetails = Readonly<z.infer<typeof LogDetails>>;

/** One JSON line. */
export function logLine(code: LogCode, details: LogDetails): void {
  console.log(JSON.stringify(Object.assign({ code }, cut(LogDetails, details, waysOut.log))));
}
