import { createHash } from 'node:crypto';
import { mayMail } from '../../shared/case/limits.ts';
import type { CaseEvent } from '../../shared/domain/event.ts';
import type { Case } from '../../shared/kinds/case.ts';
import { deriveKey } from '../../shared/secrets/derive-key.ts';
import { mailAddressHash } from '../../shared/secrets/lookup-hash.ts';
import { addressOwner } from '../../shared/store/addresses.ts';
import { markOnce, readOnce } from '../../shared/store/once.ts';
import { logLine } from '../log/log-line.ts';
import type { Notifier } from './send-once.ts';

/** `no`: the page that followed showed the same. `later`: nobody has said it to them otherwise. */
export type MailAllowed = 'yes' | 'no' | 'later';

interface Asked {
  readonly event: CaseEvent;
  readonly subject: Case;
  readonly to: { readonly email: string };
}

/** Whether an organization has confirmed that the address is its own. Cost: one read. */
async function isConfirmed({ table, macKeyId }: Notifier, email: string): Promise<boolean> {
  return (await addressOwner(table, mailAddressHash(await deriveKey(macKeyId, 'lookup'), email))) !== undefined;
}

/**
 * Whether an applicant may be mailed: anybody may have typed the address, and the case with it. An address that its organization
 * confirmed is not counted, nor a case that a hub typed in. Decided once, so that a mail that is tried again is not counted again.
 * Cost: two reads and two writes.
 */
export async function mailAllowed(notifier: Notifier, asked: Asked, mail: string): Promise<MailAllowed> {
  const { event, subject, to } = asked;
  if (subject.onBehalf || (await isConfirmed(notifier, to.email))) return 'yes';
  const name = createHash('sha256').update(`mail allowed\n${mail}`).digest('base64url');
  const known = (await readOnce(notifier.table, name))?.result;
  if (known !== undefined) return known === 'yes' ? 'yes' : 'no';
  const byApplicant = event.by.type === 'applicant';
  const may = await mayMail(notifier, byApplicant ? 'mail/mailbox' : 'news/mailbox', to.email);
  await markOnce(notifier.table, name, may ? 'yes' : 'no');
  if (may) return 'yes';
  if (!byApplicant) return 'later';
  logLine('mail-over-allowance', { caseId: event.caseId, version: event.version });
  return 'no';
}
