import type { Case } from '../domain/case.ts';
import type { Change } from '../domain/decision/change.ts';
import { deriveKey } from '../secrets/derive-key.ts';
import { lookupHash } from '../secrets/lookup-hash.ts';
import { addressOwner } from '../store/addresses.ts';
import type { Hub } from './hub.ts';

type Owner = Pick<Case, 'organizationParty' | 'mailHash'>;

/**
 * The organization that confirmed a mail address, and the address's hash: what a case with this contact belongs to, now or
 * once the address is confirmed. Cost: one read.
 */
export async function ownerBy(hub: Pick<Hub, 'table' | 'macKeyId'>, email: string | undefined): Promise<Owner> {
  if (email === undefined) return {};
  const hash = lookupHash(await deriveKey(hub.macKeyId, 'lookup'), 'mail', email);
  return { mailHash: hash, organizationParty: await addressOwner(hub.table, hash) };
}

/** A case whose contact got another address belongs to whoever confirmed that; one that has an owner keeps it. */
export async function withOwner(hub: Hub, change: Change): Promise<Change> {
  const { before, after } = change;
  if (after.contact?.email === before.contact?.email) return change;
  const owner = await ownerBy(hub, after.contact?.email);
  const { organizationParty = owner.organizationParty } = before;
  return { ...change, after: { ...after, mailHash: owner.mailHash, organizationParty } };
}
