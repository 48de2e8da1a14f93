import type { TransactWriteItem } from '@aws-sdk/client-dynamodb';
import * as z from 'zod';
import { digest, newSalt, saltedDigest } from '../audit/digest.ts';
import { Retryable } from '../domain/errors.ts';
import { classed } from '../domain/privacy/classes.ts';
import { Trace } from '../domain/trace.ts';
import { indexKeys, keys } from './keys.ts';
import { dataOf, wholeOf } from './personal-item.ts';
import {
  batchGet,
  ConditionFailed,
  get,
  type Item,
  put,
  queryAll,
  save,
  type Table,
  toItem,
  transact,
} from './table.ts';

/** What binds an entry to the one before it. */
const Link = z.object({
  /** hash of the entry before; of the chain's name for the first */
  previous: z.string(),
  hash: z.string(),
  /** salted digest of the reason that was given, which is kept beside the trace and not in it */
  reason: z.string().optional(),
});

/** Why something was done, in the words of whoever did it; `salt` binds it to the chain. */
export const Reason = z.object(classed('personal', { reason: z.string().optional(), salt: z.string() }));

/** An entry of a chain of traces. */
export interface TraceEntry {
  readonly chain: string;
  readonly seq: number;
  readonly trace: Trace;
  readonly link: z.infer<typeof Link>;
  /** why, in the words of whoever did it; undefined when nobody was asked, or it was erased */
  readonly reason?: string | undefined;
  readonly salt?: string | undefined;
}

/** The reason of an entry with the salt that binds it. */
export function reasonOf({ personal }: Item): Partial<z.infer<typeof Reason>> {
  return personal === undefined ? {} : wholeOf(Reason, { personal });
}

const Head = z.object({
  seq: z.int().min(1),
  hash: z.string(),
  /** what was entered lately, by what it is the same as, and when in milliseconds */
  recent: z.record(z.string(), z.number()),
});
type Head = z.infer<typeof Head>;

/** Something to be entered in a chain. */
export interface NewTrace {
  readonly chain: string;
  readonly trace: Trace;
  readonly reason?: string | undefined;
  /** entered once within so many milliseconds under this name */
  readonly once?: { readonly name: string; readonly within: number } | undefined;
}

/** The hash that the first entry of a chain follows. */
export function traceGenesis(chain: string): string {
  return digest('trace-chain', chain);
}

export function traceHash(previous: string, trace: unknown, reason: string | undefined): string {
  return digest('trace', { previous, trace, reason });
}

/** How many chains one transaction moves on: two items each. */
const A_TRANSACTION = 40;
/** How long a head remembers what was entered, in milliseconds, and how much of it at most. */
const REMEMBERED = 86_400_000;
const MOST_REMEMBERED = 50;
/** How often a chain that others were moving on at the same time is tried again. */
const TRIES = 12;

function isKnown(head: Head | undefined, { once, trace }: NewTrace): boolean {
  if (!once) return false;
  const before = head?.recent[once.name];
  return before !== undefined && Date.parse(trace.at) - before < once.within;
}

function recentAfter(head: Head | undefined, { once, trace }: NewTrace): Record<string, number> {
  const now = Date.parse(trace.at);
  const kept = Object.entries(head?.recent ?? {})
    .filter(([, at]) => at > now - REMEMBERED)
    .sort(([, a], [, b]) => b - a)
    .slice(0, MOST_REMEMBERED - 1);
  return { ...Object.fromEntries(kept), ...(once && { [once.name]: now }) };
}

/** Where in a chain something was entered. */
export interface Entered {
  readonly chain: string;
  readonly seq: number;
  readonly hash: string;
}

interface Appending extends Entered {
  readonly writes: readonly TransactWriteItem[];
}

/** The entry and the chain's new head; fails where somebody else moved the chain on since the head was read. */
function appending(table: Table, head: Head | undefined, what: NewTrace): Appending {
  const { chain, reason } = what;
  const trace = Trace.parse(what.trace);
  const seq = (head?.seq ?? 0) + 1;
  const previous = head?.hash ?? traceGenesis(chain);
  const salt = reason === undefined ? undefined : newSalt();
  const bound = salt === undefined ? undefined : saltedDigest(salt, reason);
  const hash = traceHash(previous, trace, bound);
  const key = keys.trace(chain, seq);
  const entry: Item = {
    ...key,
    entity: 'trace',
    anchor: 'yes',
    chain,
    seq,
    hourPk: indexKeys.hour(trace.at),
    hourSk: indexKeys.inHour(trace.at, key),
    link: { previous, hash, reason: bound },
    // why somebody looked is told in their words: it is sealed, and the chain binds its salted digest
    ...(salt && dataOf(Reason, { reason, salt })),
    data: trace,
  };
  const after: Item = { ...keys.traceHead(chain), entity: 'trace-head', seq, hash, recent: recentAfter(head, what) };
  const writes: TransactWriteItem[] = [
    {
      Put: {
        TableName: table.name,
        Item: toItem(after),
        ...(head
          ? { ConditionExpression: '#hash = :hash', ExpressionAttributeNames: { '#hash': 'hash' } }
          : { ConditionExpression: 'attribute_not_exists(pk)' }),
        ...(head && { ExpressionAttributeValues: toItem({ ':hash': head.hash }) }),
      },
    },
    put(table, entry, true),
  ];
  return { writes, chain, seq, hash };
}

async function headsOf(table: Table, chains: readonly string[]): Promise<Map<string, Head>> {
  const items = await batchGet(table, chains.map(keys.traceHead));
  const byKey = new Map(items.map((item) => [String(item.pk), Head.parse(item)]));
  return new Map(
    chains.flatMap((chain) => {
      const head = byKey.get(keys.traceHead(chain).pk);
      return head ? [[chain, head] as const] : [];
    }),
  );
}

/** Where a chain ends. Cost: one consistent read. */
export async function endOf(table: Table, chain: string): Promise<Head | undefined> {
  return (await headsOf(table, [chain])).get(chain);
}

/**
 * Writes that enter a trace behind the end of its chain that was read, for the transaction that does what it tells of. They
 * fail where somebody else moved the chain on since: what was read after `end` is true when it is written. Cost: two items.
 */
export function entering(table: Table, what: NewTrace, end: Head | undefined): readonly TransactWriteItem[] {
  return appending(table, end, what).writes;
}

/**
 * Writes something and the trace that tells of it, all or nothing. Cost: one read, and two more items in the transaction.
 * @returns where it is told
 * @throws ConditionFailed when one of `writes` was refused; Retryable when the chain was being moved on all the time
 */
export async function transactTraced(
  table: Table,
  writes: readonly TransactWriteItem[],
  what: NewTrace,
): Promise<Entered> {
  for (let tries = 1; ; tries++) {
    const { writes: told, ...entered } = appending(table, await endOf(table, what.chain), what);
    try {
      // what is seen is recorded, also where a form is only tried
      await transact(writes.length === 0 ? { ...table, readOnly: false } : table, [...writes, ...told]);
      return entered;
    } catch (error) {
      const movedOn = error instanceof ConditionFailed && error.index >= writes.length;
      if (!movedOn) throw error;
      if (tries >= TRIES) throw new Retryable('the trace could not be kept', { cause: error });
    }
    await pause(tries);
  }
}

function pause(tries: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, Math.random() * 10 * Math.min(tries, 8)));
}

async function appendSome(table: Table, some: readonly NewTrace[]): Promise<void> {
  for (let tries = 1; ; tries++) {
    const heads = await headsOf(
      table,
      some.map(({ chain }) => chain),
    );
    const fresh = some.filter((one) => !isKnown(heads.get(one.chain), one));
    if (fresh.length === 0) return;
    try {
      await transact(
        { ...table, readOnly: false },
        fresh.flatMap((one) => appending(table, heads.get(one.chain), one).writes),
      );
      return;
    } catch (error) {
      // somebody else moved the chain on at the same moment: this entry follows theirs
      const met = error instanceof ConditionFailed || error instanceof Retryable;
      if (!met || tries >= TRIES) throw met ? new Retryable('the trace could not be kept', { cause: error }) : error;
    }
    await pause(tries);
  }
}

/**
 * Enters each trace at the end of its chain, at most one a chain. Cost: one read a chain, and for what is not known yet
 * a transaction of two items a chain, forty chains at a time.
 * @throws Retryable when the chains were being moved on all the time, Throttled: then nothing must be shown
 */
export async function appendTraces(table: Table, traces: readonly NewTrace[]): Promise<void> {
  for (let start = 0; start < traces.length; start += A_TRANSACTION) {
    await appendSome(table, traces.slice(start, start + A_TRANSACTION));
  }
}

export function fromTraceItem(item: Item): TraceEntry {
  return {
    chain: String(item.chain),
    seq: Number(item.seq),
    trace: Trace.parse(item.data),
    link: Link.parse(item.link),
    ...reasonOf(item),
  };
}

/**
 * Writes that take the words out of a chain's entries, and the salts with them: what binds them stays and says nothing any
 * more. Cost: one Query a megabyte, and for each reason one item in a transaction.
 */
export async function withoutReasons(table: Table, chain: string): Promise<TransactWriteItem[]> {
  const items = await queryAll(table, keys.trace(chain, 0).pk, 'ENTRY#');
  return items.flatMap(({ personal, ...entry }) => (personal === undefined ? [] : [put(table, entry)]));
}

/** The same for one entry. Cost: a read and a write, the write where there are words. */
export async function eraseReason(table: Table, chain: string, seq: number): Promise<boolean> {
  const { personal, ...entry } = (await get(table, keys.trace(chain, seq))) ?? {};
  if (personal === undefined) return false;
  await save(table, entry);
  return true;
}

/** A chain of traces from its beginning. Cost: one Query a megabyte. */
export async function readTraces(table: Table, chain: string): Promise<TraceEntry[]> {
  return (await queryAll(table, keys.trace(chain, 0).pk, 'ENTRY#')).map(fromTraceItem);
}
