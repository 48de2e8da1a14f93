import { declareInterest, retractInterest } from '../../../shared/cases/interests.ts';
import { Rejected } from '../../../shared/domain/errors.ts';
import type { CaseId } from '../../../shared/domain/ids.ts';
import { refusalText } from '../../../shared/i18n/errors.ts';
import { casePage } from '../case/case-page.tsx';
import { caseNumber } from '../case-number.ts';
import type { ConsoleContext, Door } from '../door.ts';

async function onCase(c: ConsoleContext, door: Door, does: (id: CaseId) => Promise<unknown>) {
  const id = caseNumber(c.req.param('id') ?? '');
  if (!id) throw new Rejected('not-found');
  try {
    await does(id);
  } catch (error) {
    if (!(error instanceof Rejected) || error.code === 'not-found' || error.code === 'forbidden') throw error;
    const message = refusalText(c.get('visit').language, error.code, error.params);
    return casePage(c, door, { refusal: { error, message, reason: '' } });
  }
  return c.redirect(`/console/cases/${id}`, 303);
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
