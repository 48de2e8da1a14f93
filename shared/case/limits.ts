import { createHmac } from 'node:crypto';
import { type Allowance, allowances, type LimitedAction } from '../domain/allowances.ts';
import { Rejected } from '../domain/errors.ts';
import type { CaseId, PartyId } from '../domain/ids.ts';
import { foldMailbox } from '../domain/same/mailbox.ts';
import { addressHash, siteHash } from '../secrets/address-hash.ts';
import { deriveKey } from '../secrets/derive-key.ts';
import type { Hub } from '../store/hub.ts';
import { type Consumed, consume } from '../store/limits.ts';

type Counting = Pick<Hub, 'table' | 'macKeyId'>;
type DoorOf<Who extends string> = Extract<LimitedAction, `${string}/${Who}`>;

/** What a refused knocker is told: how many seconds to wait. */
export function refusal(seconds: number): Rejected {
  return new Rejected('too-many-requests', { params: { seconds, minutes: Math.ceil(seconds / 60) } });
}

/** So many times as often as one /64 a whole /48 may knock: a company or a campus has one, and so has who borrows it. */
const OF_A_SITE = 10;

/**
 * Counts a knock of an address and tells whether it may go on. Cost: one write, of an IPv6 address two, and once a cold start
 * one call of KMS.
 * @param amount how much of the allowance it takes; 0 only asks
 */
export async function knock(hub: Counting, door: DoorOf<'address'>, address: string, amount = 1): Promise<Consumed> {
  const key = await deriveKey(hub.macKeyId, 'limit');
  const allowance: Allowance = allowances[door];
  const consumed = await consume(hub.table, door, addressHash(key, address), allowance, amount);
  const site = siteHash(key, address);
  if (!consumed.ok || site === undefined) return consumed;
  const { burst, day } = allowance;
  const ofSite = { ...allowance, burst: burst * OF_A_SITE, day: day * OF_A_SITE };
  return consume(hub.table, door, site, ofSite, amount);
}

/** As {@link knock}. @throws {@link Rejected} `too-many-requests` with the `seconds` to wait */
export async function assertAddressMay(
  hub: Counting,
  door: DoorOf<'address'>,
  address: string,
  amount = 1,
): Promise<void> {
  const consumed = await knock(hub, door, address, amount);
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

/**
 * Counts a letter or a referral that a member sends, for their party. What it is to a mailbox is counted where it is mailed: the door
 * would tell whoever asks often enough whether others write there. Cost: one write. @throws {@link Rejected} `too-many-requests`
 */
export async function assertPartyMaySend(
  table: Counting['table'],
  party: PartyId,
  door: DoorOf<'party'> = 'letter/party',
): Promise<void> {
  const consumed = await consume(table, door, party, allowances[door]);
  if (!consumed.ok) throw refusal(consumed.seconds);
}

/** What causes a mail. It says by what the mail is counted, and every mail has one. */
export type MailCause =
  /** somebody did something who may be anybody: the page that followed showed what the mail says */
  | { readonly type: 'receipt' }
  /** somebody who may be anybody asks for the link of a case again */
  | { readonly type: 'link'; readonly caseId: CaseId }
  /** somebody who has no party yet registers an organization with this address */
  | { readonly type: 'registration' }
  /** a hub, a funder or the workflow has something to say */
  | { readonly type: 'news' }
  /** a member has it sent: an invitation, an address to confirm, a link again. The door counted it for their party */
  | { readonly type: 'letter' }
  | { readonly type: 'referral' }
  /** a hub, a funder or an insurer tells its own member what there is to do: their address was shown to be theirs */
  | { readonly type: 'duty' };

function countsOf(cause: MailCause, box: string): readonly (readonly [LimitedAction, string])[] {
  switch (cause.type) {
    case 'receipt':
      return [['mail/mailbox', box]];
    case 'link':
      return [
        ['send-link/case', cause.caseId],
        ['send-link/mailbox', box],
        ['mail/mailbox', box],
        ['send-link/everybody', 'all'],
      ];
    case 'registration':
      return [
        ['mail/mailbox', box],
        ['send-link/everybody', 'all'],
      ];
    case 'news':
      return [['news/mailbox', box]];
    case 'letter':
      return [['letter/mailbox', box]];
    case 'referral':
      return [['referral/mailbox', box]];
    case 'duty':
      return [];
  }
}

/**
 * Counts a mail, and tells whether it may go to the mailbox now: the one place that every mail passes, by whatever door it was caused. It
 * never says why not, since no answer to a person may. Cost: one write, four for a link, none for a duty.
 */
export async function mayMail(hub: Counting, cause: MailCause, mailbox: string): Promise<boolean> {
  for (const [door, who] of countsOf(cause, await boxOf(hub, mailbox))) {
    const consumed = await consume(hub.table, door, who, allowances[door]);
    if (!consumed.ok) return false;
  }
  return true;
}
