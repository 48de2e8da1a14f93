import { recordView, type TraceChannel } from '../audit/record.ts';
import type { Actor } from '../domain/case-base.ts';
import { Rejected } from '../domain/errors.ts';
import type { CaseId } from '../domain/ids.ts';
import type { Case } from '../kinds/case.ts';
import { deriveKey } from '../secrets/derive-key.ts';
import { caseOfSecret, linkSecret, linkVersionOf } from '../secrets/private-link.ts';
import { type CaseFile, readCaseFile } from '../store/cases.ts';
import type { Hub } from '../store/hub.ts';
import { knock, refusal } from './limits.ts';

/** The secret of a case's private link, the same each time until the link is revoked. */
export async function secretOf(hub: Pick<Hub, 'macKeyId'>, subject: Case): Promise<string> {
  return linkSecret(await deriveKey(hub.macKeyId, 'private-link'), subject.id, subject.linkVersion);
}

/** @throws {@link Rejected} `link-revoked` */
async function fileOf(hub: Hub, id: CaseId, secret: string): Promise<CaseFile | undefined> {
  const key = await deriveKey(hub.macKeyId, 'private-link');
  const version = linkVersionOf(key, secret, id);
  if (version === undefined) return undefined;
  const file = await readCaseFile(hub.table, id);
  if (!file || version > file.subject.linkVersion) return undefined;
  // whoever had it may know that it was one
  if (version < file.subject.linkVersion) throw new Rejected('link-revoked');
  return file;
}

/**
 * Opens a private link. That it was opened is recorded once a day: enough to see that a link got about. Only links that
 * open nothing are counted, so that a neighbour's guesses shut nobody out; what cannot be a link costs nothing, and what
 * nobody ever made costs that one write, whether or not there is such a case.
 * @param from the door, the address that the request came from, and, where the door can tell, which member of a party it was
 * that holds the link: then the trail names them
 * @throws {@link Rejected} `not-found` for whatever is no link of a case that exists; nothing tells a wrong number
 * from a wrong secret. `link-revoked` for a link that was one; `too-many-requests` in its place after so many
 */
export async function openLink(
  hub: Hub,
  secret: string,
  from: {
    readonly door: TraceChannel;
    readonly address: string;
    readonly member?: () => Promise<Actor | undefined>;
  },
): Promise<CaseFile> {
  const id = caseOfSecret(secret);
  const file = id && (await fileOf(hub, id, secret));
  if (file) {
    const by = (await from.member?.()) ?? ({ type: 'applicant' } as const);
    await recordView(hub.table, { cases: [id], shown: ['contact'], by, door: from.door });
    return file;
  }
  const counted = id ? await knock(hub, 'wrong-link/address', from.address) : { ok: true as const };
  throw counted.ok ? new Rejected('not-found') : refusal(counted.seconds);
}
