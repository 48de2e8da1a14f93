import { personKey } from '../../../../shared/answering/person-key.ts';
import { MemberId } from '../../../../shared/domain/ids.ts';
import { addDays, localDate } from '../../../../shared/domain/time.ts';
import type { Example } from '../../operation.ts';

export function interest(): Record<string, Example> {
  return {
    once: { summary: 'Somebody close has to do with it', value: { reason: 'close-person' } },
    standing: { summary: 'For every case of the organization', value: { reason: 'works-there', standing: true } },
  };
}

/** Whom the demo's approver can name. */
export function standIn(now: number): Record<string, Example> {
  const value = {
    standIn: personKey(MemberId.parse('funder-second-approver')),
    from: localDate(now),
    to: addDays(localDate(now), 6),
  };
  return { week: { summary: 'A week, from today', value } };
}

export function lift(): Record<string, Example> {
  const reason = 'The contact’s address is not hers: she called the organization.';
  return { lift: { summary: 'Ask, or agree', value: { reason } } };
}

export function nothing(): Record<string, Example> {
  return { nothing: { summary: 'What it is about stands in the path', value: {} } };
}
