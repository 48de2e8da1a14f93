import type { TransactWriteItem } from '@aws-sdk/client-dynamodb';
import { peopleChain, type TraceChannel } from '../audit/record.ts';
import { Rejected } from '../domain/errors.ts';
import type { MemberId, PartyId } from '../domain/ids.ts';
import { type Instant, instant } from '../domain/time.ts';
import type { PeopleTrace } from '../domain/trace.ts';
import { type Idempotency, remembering } from '../store/idempotency.ts';
import { ConditionFailed, type Table, transact } from '../store/table.ts';
import { endOf, entering } from '../store/traces.ts';

/** How often a change is made anew when another one came between. */
const TRIES = 6;

/** `Omit` that keeps a union a union. */
type DistributiveOmit<T, K extends keyof T> = T extends unknown ? Omit<T, K> : never;

/** One change of a party's people: what is written, and what the trail of its people says of it. */
export interface PeopleChange<R> {
  readonly writes: readonly TransactWriteItem[];
  readonly told: DistributiveOmit<PeopleTrace, 'party' | 'at' | 'by' | 'door'>;
  /** why, where the person was asked */
  readonly reason?: string;
  readonly result: R;
  /** what the caller's key finds again; left out, nothing but that it was done */
  readonly made?: string;
}

/** Through which door a change of people is asked for, and the key under which it is done once. */
export interface Through {
  readonly door: TraceChannel;
  readonly once?: Idempotency | undefined;
}

/** The console's forms carry no key: what they do twice is refused or the same. */
export const atConsole: Through = { door: 'console' };

/**
 * Changes the people of a party in one transaction with the trace that says so. What `make` reads is true when it is
 * written: all changes of a party's people are one chain, two of them come one after the other, and the second is made anew
 * on what the first left. Cost: what `make` reads, a read, and a transaction of its items and two.
 * @param by who does it
 * @param through the door, and what remembers the change in its transaction
 * @param make reads, judges and says what to write; may be called several times
 * @throws {@link Rejected} `members-changed` when others were quicker all the time, and whatever `make` throws
 */
export async function changePeople<R>(
  table: Table,
  party: PartyId,
  by: MemberId,
  { door, once }: Through,
  make: (now: Instant) => Promise<PeopleChange<R>>,
): Promise<R> {
  const chain = peopleChain(party);
  for (let tries = 1; ; tries++) {
    const at = instant(Date.now());
    const end = await endOf(table, chain);
    const { writes, told, reason, result, made = '' } = await make(at);
    const trace = { ...told, party, at, by: { type: 'member', member: by, party }, door } as const;
    try {
      const entry = entering(table, { chain, trace, reason }, end);
      await transact(table, [...writes, ...entry, ...remembering(table, once, made)]);
      return result;
    } catch (error) {
      if (!(error instanceof ConditionFailed)) throw error;
      if (tries >= TRIES) throw new Rejected('members-changed');
    }
  }
}
