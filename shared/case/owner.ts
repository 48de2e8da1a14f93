import type { Instant } from '../domain/time.ts';
import type { Case } from '../kinds/case.ts';
import type { Change } from '../kinds/change.ts';
import { deriveKey } from '../secrets/derive-key.ts';
import { mailAddressHash } from '../secrets/lookup-hash.ts';
import { addressOwner } from '../store/addresses.ts';
import type { Hub } from '../store/hub.ts';
import { standingForOwner } from '../store/interests.ts';
import { indexKeys } from '../store/keys.ts';
import { requestRecheck } from '../store/recheck.ts';
import type { Table } from '../store/table.ts';

type Owner = Pick<Case, 'organizationParty' | 'mailHash'>;

/**
 * The organization that confirmed a mail address, and the address's hash: what a case with this contact belongs to, now or
 * once the address is confirmed. Cost: one read.
 */
export async function ownerBy(hub: Pick<Hub, 'table' | 'macKeyId'>, email: string | undefined): Promise<Owner> {
  if (email === undefined) return {};
  const hash = mailAddressHash(await deriveKey(hub.macKeyId, 'lookup'), email);
  return { mailHash: hash, organizationParty: await addressOwner(hub.table, hash) };
}

/**
 * The writes that go with a case that becomes an organization's: what was declared about the organization by the name in the case holds
 * for all of its cases, and the sweep looks whose their open questions are. Nothing for any other change. What was declared is read for
 * every new address, also where nobody confirmed it: whoever types addresses learns nothing by how long that takes.
 */
export async function becomingOwn(table: Table, before: Case, after: Case, at: Instant) {
  const { organizationParty: owner } = after;
  const isNew = owner !== undefined || after.mailHash !== before.mailHash;
  if (before.organizationParty !== undefined || !isNew) return [];
  const forOwner = await standingForOwner(table, before);
  return owner === undefined ? [] : [...forOwner(owner), requestRecheck(table, indexKeys.ofOrganization(owner), at)];
}

/** A case whose contact got another address belongs to whoever confirmed that; one that has an owner keeps it. */
export async function withOwner(hub: Hub, change: Change): Promise<Change> {
  const { before, after } = change;
  if (after.contact?.email === before.contact?.email) return change;
  const owner = await ownerBy(hub, after.contact?.email);
  const { organizationParty = owner.organizationParty } = before;
  return { ...change, after: { ...after, mailHash: owner.mailHash, organizationParty } };
}
