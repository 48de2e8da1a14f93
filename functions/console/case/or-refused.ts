import { Rejected } from '../../../shared/domain/errors.ts';
import { refusalText } from '../../../shared/i18n/errors.ts';
import type { ConsoleContext, Door } from '../door.ts';
import { casePage } from './case-page.tsx';

/**
 * Does something to a case and answers with what comes of it; where it is refused, with the page of the case, which says
 * why above the case as it is now.
 * @param reason what was typed, so that it is not lost
 */
export async function orRefused(
  c: ConsoleContext,
  door: Door,
  does: () => Promise<Response>,
  reason = '',
): Promise<Response> {
  try {
    return await does();
  } catch (error) {
    if (!(error instanceof Rejected) || error.code === 'not-found' || error.code === 'forbidden') throw error;
    const message = refusalText(c.get('visit').language, error.code, error.params);
    return casePage(c, door, { refusal: { error, message, reason } });
  }
}
