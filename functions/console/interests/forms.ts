import { declareInterest, retractInterest } from '../../../shared/answering/interests.ts';
import { liftBar } from '../../../shared/case/lift-bar.ts';
import type { CaseId } from '../../../shared/domain/ids.ts';
import { orRefused } from '../case/or-refused.ts';
import type { ConsoleContext, Door } from '../door.ts';
import { caseIn } from '../path.ts';

function onCase(c: ConsoleContext, door: Door, does: (id: CaseId) => Promise<unknown>, reason?: string) {
  const id = caseIn(c);
  return orRefused(
    c,
    door,
    async () => {
      await does(id);
      return c.redirect(`/console/cases/${id}`, 303);
    },
    reason,
  );
}

export function declareForm(c: ConsoleContext, door: Door) {
  const form = c.get('form');
  const body = { reason: form.get('reason'), standing: form.get('standing') !== '' };
  return onCase(c, door, (id) => declareInterest(door.hub, id, body, c.get('visit').acting));
}

export function retractForm(c: ConsoleContext, door: Door) {
  const body = { interest: c.get('form').get('interest') };
  return onCase(c, door, (id) => retractInterest(door.hub, id, body, c.get('visit').acting));
}

export function liftForm(c: ConsoleContext, door: Door) {
  const form = c.get('form');
  const body = { bar: form.get('bar'), reason: form.get('reason') };
  return onCase(c, door, (id) => liftBar(door.hub, id, body, c.get('visit').acting), body.reason);
}
