import { endOfDay } from '../domain/time.ts';
import type { Progress } from '../domain/workflow/contract.ts';
import type { Case } from './case.ts';

/** Where the case is now, and until when its stage lasts by nature: until goods should be there, until a report is due. */
export function progressOf(subject: Case): Progress {
  if (subject.stage === 'in-transit') return { stage: subject.stage, until: endOfDay(subject.consignment.expectedOn) };
  if (subject.stage === 'delivering') return { stage: subject.stage, until: endOfDay(subject.reportDueOn) };
  return { stage: subject.stage };
}
