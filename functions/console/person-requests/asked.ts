import { parseInput } from '../../../shared/domain/problems.ts';
import { PersonRequest } from '../../../shared/persons/person-request.ts';
import type { Form } from '../../web/read-form.ts';

/** @throws {@link Rejected} when nobody said how the person showed that it is they */
export function askedIn({ get }: Form): PersonRequest {
  const [phone, mail, identity, shown] = [get('phone'), get('mail'), get('identity'), get('shown')];
  return parseInput(PersonRequest, { phone, mail, identity, shown });
}
