import { createHmac } from 'node:crypto';
import { type Allowance, allowances, type CountedDoor } from '../domain/allowances.ts';
import { Rejected } from '../domain/errors.ts';
import type { CaseId, PartyId } from '../domain/ids.ts';
import { foldMailbox } from '../domain/same/mailbox.ts';
import { addressHash, siteHash } from '../secrets/address-hash.ts';
import { deriveKey } from '../secrets/derive-key.ts';
import type { Hub } from '../store/hub.ts';
import { type Consumed, consume } from '../store/limits.ts';

type Counting = Pick<Hub, 'table' | 'macKeyId'>;
type DoorOf<Who extends string> = Extract<CountedDoor, `${string}/${Who}`>;

/** What a refused knocker is told: how many seconds to wait. */
export function refusal(seconds: number): Rejected {
  return new Rejected('too-many-requests', { params: { seconds, minutes: Math.ceil(seconds / 60) } });
}

/** So many times as often as one /64 a whole /48 may knock: a company or a campus has one, and so has who borrows it. */
const OF_A_SITE = 10;

/**
 * Counts a knock of an address and tells whether it may go on. Cost: one write, of an IPv6 address two, and once a cold start
 * one call of KMS.
 */
export async function knock(hub: Counting, door: DoorOf<'address'>, address: string): Promise<Consumed> {
  const key = await deriveKey(hub.macKeyId, 'limit');
  const allowance: Allowance = allowances[door];
  const consumed = await consume(hub.table, door, addressHash(key, address), allowance);
  const site = siteHash(key, address);
  if (!consumed.ok || site === undefined) return consumed;
  const { burst, day } = allowance;
  return consume(hub.table, door, site, { ...allowance, burst: burst * OF_A_SITE, day: day * OF_A_SITE });
}

/** As {@link knock}. @throws {@link Rejected} `too-many-requests` with the `seconds` to wait */
export async function assertAddressMay(hub: Counting, door: DoorOf<'address'>, address: string): Promise<void> {
  const consumed = await knock(hub, door, address);
  if (!consumed.ok) throw refusal(consumed.seconds);
}

/** Counts what is done to a case. Cost: one write. @throws {@link Rejected} `too-many-requests` */
export async function assertCaseMay(hub: Counting, door: 'act/case', id: CaseId): Promise<void> {
  const consumed = await consume(hub.table, door, id, allowances[door]);
  if (!consumed.ok) throw refusal(consumed.seconds);
}

/** A mailbox without its address, however that is spelt. */
async function boxOf({ macKeyId }: Pick<Counting, 'macKeyId'>, mailbox: string): Promise<string> {
  const key = await deriveKey(macKeyId, 'limit');
  return createHmac('sha256', key)
    .update(`mailbox ${foldMailbox(mailbox)}`)
    .digest('base64url')
    .slice(0, 22);
}

/** Counts a mail to a mailbox that confirmed nothing, and tells whether it may be sent. Cost: one write. */
export async function mayMail(hub: Counting, door: 'mail/mailbox' | 'news/mailbox', mailbox: string): Promise<boolean> {
  return (await consume(hub.table, door, await boxOf(hub, mailbox), allowances[door])).ok;
}

/** Counts a letter that a member sends, for their party. Cost: one write. @throws {@link Rejected} `too-many-requests` */
export async function assertPartyMaySend(table: Counting['table'], party: PartyId): Promise<void> {
  const consumed = await consume(table, 'letter/party', party, allowances['letter/party']);
  if (!consumed.ok) throw refusal(consumed.seconds);
}

/**
 * The same, and counts it for the mailbox that it goes to. Asked at the door, so that whoever sends it is told. Cost: two writes.
 * @throws {@link Rejected} `too-many-requests` with the `seconds` to wait
 */
export async function assertLetterMay(hub: Counting, party: PartyId, mailbox: string): Promise<void> {
  await assertPartyMaySend(hub.table, party);
  const consumed = await consume(hub.table, 'mail/mailbox', await boxOf(hub, mailbox), allowances['mail/mailbox']);
  if (!consumed.ok) throw refusal(consumed.seconds);
}

/**
 * Whether a link may be mailed: counted by case (where it is one of a case), by mail box, and for all together, so that nobody can make this hub
 * send anybody more than a few mails a day. It never says why not, since the answer to the person must not either.
 * Count the address that asks with {@link assertAddressMay} `send-link/address` before. Cost: four writes.
 */
export async function mayMailLink(hub: Counting, id: CaseId | undefined, mailbox: string): Promise<boolean> {
  const box = await boxOf(hub, mailbox);
  const knocks = [
    ...(id === undefined ? [] : [['send-link/case', id] as const]),
    ['send-link/mailbox', box],
    ['mail/mailbox', box],
    ['send-link/everybody', 'all'],
  ] as const;
  for (const [door, who] of knocks) {
    const consumed = await consume(hub.table, door, who, allowances[door]);
    if (!consumed.ok) return false;
  }
  return true;
}
