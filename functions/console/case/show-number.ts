import { parseInput } from '../../../shared/domain/problems.ts';
import type { ConsoleContext, Door } from '../door.ts';
import { casePage } from './case-page.tsx';
import { NumberAsked } from './number-asked.ts';
import { orRefused } from './or-refused.ts';

/** The case's page with one identity number in full. Asking for it with a reason is an entry in the case's trace of views. */
export function showNumber(c: ConsoleContext, door: Door) {
  const form = c.get('form');
  const [row, reason] = [form.get('row'), form.get('reason')];
  return orRefused(c, door, async () => casePage(c, door, { asked: parseInput(NumberAsked, { row, reason }) }), reason);
}
