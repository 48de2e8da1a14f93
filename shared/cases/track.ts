import { recordView, type TraceDoor } from '../audit/record.ts';
import type { Case } from '../domain/case.ts';
import { Rejected } from '../domain/errors.ts';
import { deriveKey } from '../secrets/derive-key.ts';
import { caseOfSecret, isLinkSecret, linkSecret } from '../secrets/private-link.ts';
import { type CaseFile, readCaseFile } from '../store/cases.ts';
import type { Hub } from './hub.ts';

/** The secret of a case's private link, the same each time until the link is revoked. */
export async function secretOf(hub: Pick<Hub, 'macKeyId'>, subject: Case): Promise<string> {
  return linkSecret(await deriveKey(hub.macKeyId, 'private-link'), subject.id, subject.linkVersion);
}

/**
 * Opens a private link. That it was opened is recorded once a day: enough to see that a link got about.
 * @throws {@link Rejected} `not-found` for whatever is no link of a case that exists; nothing tells a wrong number
 * from a wrong secret
 */
export async function openLink(hub: Hub, secret: string, door: TraceDoor): Promise<CaseFile> {
  const id = caseOfSecret(secret);
  if (!id) throw new Rejected('not-found');
  const key = await deriveKey(hub.macKeyId, 'private-link');
  const file = await readCaseFile(hub.table, id);
  if (!file || !isLinkSecret(key, secret, id, file.subject.linkVersion)) throw new Rejected('not-found');
  await recordView(hub.table, { cases: [id], shown: ['contact'], by: { type: 'applicant' }, door });
  return file;
}
