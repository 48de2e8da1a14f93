import { resumeMail } from '../../../shared/case/undelivered.ts';
import type { ConsoleContext, Door } from '../door.ts';
import { caseIn } from '../path.ts';
import { orRefused } from './or-refused.ts';

/** Has mail sent again to the applicant's address, which a coordinator has found to be right. */
export function resumeMailForm(c: ConsoleContext, door: Door) {
  const id = caseIn(c);
  return orRefused(c, door, async () => {
    await resumeMail(door.hub, id, c.get('visit').acting);
    return c.redirect(`/console/cases/${id}`, 303);
  });
}
