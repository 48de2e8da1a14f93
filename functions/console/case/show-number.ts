import { Rejected } from '../../../shared/domain/errors.ts';
import { parseInput } from '../../../shared/domain/problems.ts';
import { refusalText } from '../../../shared/i18n/errors.ts';
import type { ConsoleContext, Door } from '../door.ts';
import { casePage } from './case-page.tsx';
import { NumberAsked } from './number-asked.ts';

/** The case's page with one identity number in full. Asking for it with a reason is an entry in the case's trace of views. */
export async function showNumber(c: ConsoleContext, door: Door) {
  const form = c.get('form');
  try {
    return await casePage(c, door, {
      asked: parseInput(NumberAsked, { row: form.get('row'), reason: form.get('reason') }),
    });
  } catch (error) {
    if (!(error instanceof Rejected) || error.code === 'not-found' || error.code === 'forbidden') throw error;
    const message = refusalText(c.get('visit').language, error.code, error.params);
    return casePage(c, door, { refusal: { error, message, reason: form.get('reason') } });
  }
}
