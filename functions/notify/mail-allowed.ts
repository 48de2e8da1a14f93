import { createHash } from 'node:crypto';
import { type MailCause, mayMail } from '../../shared/case/limits.ts';
import { deriveKey } from '../../shared/secrets/derive-key.ts';
import { mailAddressHash } from '../../shared/secrets/lookup-hash.ts';
import { addressOwner } from '../../shared/store/addresses.ts';
import { markOnce, readOnce } from '../../shared/store/done-once.ts';
import type { Notifier } from './send-once.ts';

/** `drop`: whoever caused it was shown the same, or must not learn more. `wait`: nobody has said it otherwise, it goes later. */
export type Leave = 'go' | 'drop' | 'wait';

/** What is too many of these is not sent at all; all else waits until its mailbox may have mail again. */
const dropped: ReadonlySet<MailCause['type']> = new Set(['receipt', 'link']);
/** What a mailbox may have any number of once its organization has confirmed that it is its own. */
const freeOnceConfirmed: ReadonlySet<MailCause['type']> = new Set(['receipt', 'news']);

/** Whether an organization has confirmed that the address is its own. Cost: one read. */
async function isConfirmed({ table, macKeyId }: Notifier, email: string): Promise<boolean> {
  return (await addressOwner(table, mailAddressHash(await deriveKey(macKeyId, 'lookup'), email))) !== undefined;
}

/**
 * Whether a mail may go out now: anybody may have typed its address. A yes is remembered, so that a mail that is tried again is not
 * counted again. Cost: none for a duty; else up to two reads, and a write more than {@link mayMail}.
 * @param mail what the mail is known by
 */
export async function mailAllowed(notifier: Notifier, mail: string, cause: MailCause, to: string): Promise<Leave> {
  if (cause.type === 'duty') return 'go';
  if (freeOnceConfirmed.has(cause.type) && (await isConfirmed(notifier, to))) return 'go';
  const name = createHash('sha256').update(`mail allowed\n${mail}`).digest('base64url');
  const known = (await readOnce(notifier.table, name))?.result;
  const isDropped = dropped.has(cause.type);
  if (known === 'yes') return 'go';
  if (known === 'no' && isDropped) return 'drop';
  const may = await mayMail(notifier, cause, to);
  if (may || isDropped) await markOnce(notifier.table, name, may ? 'yes' : 'no');
  return may ? 'go' : isDropped ? 'drop' : 'wait';
}
