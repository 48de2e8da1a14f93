import type { TransactWriteItem } from '@aws-sdk/client-dynamodb';
import { recordTrace } from '../audit/record.ts';
import { Rejected } from '../domain/errors.ts';
import type { MemberId, PartyId } from '../domain/ids.ts';
import type { PartyEvent } from '../domain/party-event.ts';
import { type Instant, instant } from '../domain/time.ts';
import { logging, readPartyVersion } from '../store/party-log.ts';
import { ConditionFailed, type Table, transact } from '../store/table.ts';

/** How often a change is made anew when another one came between. */
const TRIES = 6;

/** `Omit` that keeps a union a union. */
type DistributiveOmit<T, K extends keyof T> = T extends unknown ? Omit<T, K> : never;

/** One change of a party's people: what is written, and what its log says of it. */
export interface PeopleChange<R> {
  readonly writes: readonly TransactWriteItem[];
  readonly event: DistributiveOmit<PartyEvent, 'party' | 'version' | 'at' | 'by'>;
  readonly result: R;
}

/** What an auditor looks for; the party's own log has the rest. */
async function leaveTrace(table: Table, party: PartyId, by: MemberId, event: PeopleChange<unknown>['event']) {
  const who = { by: { type: 'member', member: by, party }, door: 'console', party } as const;
  if (event.type === 'invited') await recordTrace(table, { ...who, type: 'member-invited', roles: event.roles });
  if (event.type === 'joined') {
    await recordTrace(table, { ...who, type: 'member-joined', member: event.member, roles: event.roles });
  }
  if (event.type === 'roles-changed') {
    await recordTrace(table, { ...who, type: 'member-roles-changed', member: event.member, roles: event.to });
  }
  if (event.type === 'member-removed') {
    await recordTrace(table, { ...who, type: 'member-removed', member: event.member, roles: event.roles });
  }
}

/**
 * Changes the people of a party in one transaction with the event that says so. What `make` reads is true when it is
 * written: two changes of a party come one after the other, and the second is made anew on what the first left.
 * @param by who does it
 * @param make reads, judges and says what to write; may be called several times
 * @throws {@link Rejected} `members-changed` when others were quicker all the time, and whatever `make` throws
 */
export async function changePeople<R>(
  table: Table,
  party: PartyId,
  by: MemberId,
  make: (now: Instant) => Promise<PeopleChange<R>>,
): Promise<R> {
  for (let tries = 1; ; tries++) {
    const version = (await readPartyVersion(table, party)) + 1;
    const at = instant(Date.now());
    const { writes, event, result } = await make(at);
    try {
      await transact(table, [...writes, ...logging(table, { ...event, party, version, at, by })]);
      await leaveTrace(table, party, by, event);
      return result;
    } catch (error) {
      if (!(error instanceof ConditionFailed)) throw error;
      if (tries >= TRIES) throw new Rejected('members-changed');
    }
  }
}
