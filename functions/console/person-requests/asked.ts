import type { PersonKnownBy } from '../../../shared/cases/people.ts';
import { Rejected } from '../../../shared/domain/errors.ts';
import type { Form } from '../../web/read-form.ts';

/** What the person gave to be found by, and how they showed that it is they. Sent in bodies only, never in an address. */
export interface Asked {
  readonly by: PersonKnownBy;
  readonly shown: string;
}

/** @throws {@link Rejected} when nobody said how the person showed that it is they */
export function askedIn(form: Form): Asked {
  const text = (name: string) => form.get(name).trim();
  const shown = text('shown').slice(0, 500);
  if (shown === '') throw new Rejected('invalid', { fields: [{ pointer: '/shown', code: 'required' }] });
  return { by: { phone: text('phone'), mail: text('mail'), identity: text('identity') }, shown };
}
