import type { Kind } from '../domain/ids.ts';
import type { Progress } from '../domain/workflow/contract.ts';
import type { CaseOf } from './case.ts';
import { kindsOfCase } from './index.ts';

/** Where the case is now, and until when its stage lasts by nature: until goods should be there, until a report is due. */
export function progressOf<K extends Kind>(subject: CaseOf<K>): Progress {
  const until = kindsOfCase[subject.kind].until(subject);
  return { stage: subject.stage, ...(until !== undefined && { until }) };
}
