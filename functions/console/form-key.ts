import { newSlug } from '../../shared/domain/ids.ts';
import type { Member } from '../../shared/domain/party.ts';
import { requestHash } from '../../shared/store/done-once.ts';
import type { Idempotency } from '../../shared/store/idempotency.ts';
import type { Form } from '../web/read-form.ts';

/** A form that makes something carries a key of its own, the same each time it is shown again. */
export function formKey(form?: Form): string {
  const kept = form?.get('key') ?? '';
  return /^[a-z0-9]{10}$/.test(kept) ? kept : newSlug();
}

/** The same form with the same content, sent twice, makes one thing; mended and sent again it makes the mended one. */
export function onceFor(member: Member, form: Form, body: unknown): Idempotency {
  return { scope: member.id, key: `console ${formKey(form)} ${requestHash(body)}`, request: body };
}
