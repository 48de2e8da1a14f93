import type { S3Client } from '@aws-sdk/client-s3';
import { peopleChain } from '../../../shared/audit/record.ts';
import { Permanent } from '../../../shared/domain/errors.ts';
import { CaseId, kinds } from '../../../shared/domain/ids.ts';
import { addDays, instant, localDate } from '../../../shared/domain/time.ts';
import { caseIdsOf } from '../../../shared/store/chains.ts';
import { keys } from '../../../shared/store/keys.ts';
import { listParties } from '../../../shared/store/parties.ts';
import { get, type Table } from '../../../shared/store/table.ts';
import { notComparable, verifyAuthority } from './authority.ts';
import { type Verified, verifyCase } from './case-chain.ts';
import type { Fault } from './faults.ts';
import { verifyInterests } from './interests.ts';
import { type KnownChains, openKnownChains } from './known-chains.ts';
import { readAnchors } from './read-anchors.ts';
import { verifySessions } from './sessions.ts';
import { verifyTraces } from './trace-chain.ts';

export interface Report {
  readonly faults: number;
  readonly chains: number;
  readonly entries: number;
  readonly anchors: number;
  /** what is from before anything was kept that it could be held against: a party or a programme, each by its key */
  readonly notComparable: readonly string[];
}

/** How many chains are looked at at once. */
const AT_ONCE = 24;
/** How long an entry may take to be anchored, in milliseconds, before that is a fault. */
const ANCHORED_WITHIN = 15 * 60_000;
/** A chain that is moved on while it is read looks broken: it is read again before that is told. */
const TRIES = 3;

/** Adds what should be there by the indexes: every case, with its views, and every party's day. */
async function addIndexed(table: Table, known: KnownChains): Promise<void> {
  const parties = await listParties(table);
  for (const hub of parties.filter(({ type }) => type === 'hub')) {
    for (const kind of kinds) {
      for await (const ids of caseIdsOf(table, hub.id, kind)) {
        known.add(ids.flatMap((id) => [`case/${id}`, `trace/${id}`]));
      }
    }
  }
  const { first, latest } = known.summary();
  if (!first) return;
  const end = localDate(Date.parse(latest));
  for (let day = localDate(Date.parse(first)); day <= end; day = addDays(day, 1)) {
    known.add([...parties.map(({ id }) => `trace/${id}/${day}`), `trace/installation/${day}`]);
  }
  known.add(parties.map(({ id }) => `trace/${peopleChain(id)}`));
}

/** What cannot be opened is told, and the rest of the chain held against its links without it. */
async function verifyOnce(table: Table, chain: string, known: KnownChains, settled: string): Promise<Verified> {
  try {
    return await verifyOpened(table, chain, known, settled);
  } catch (error) {
    if (!(error instanceof Permanent) || !table.vault) throw error;
    const { name, client, shards } = table;
    const closed = await verifyOpened({ name, client, shards }, chain, known, settled);
    return { ...closed, faults: [...closed.faults, { what: 'unreadable', chain, where: 'what is sealed in it' }] };
  }
}

async function verifyOpened(table: Table, chain: string, known: KnownChains, settled: string): Promise<Verified> {
  const id = CaseId.safeParse(chain.replace(/^case\//, '')).data;
  const anchored = known.of(chain);
  if (id) return verifyCase(table, id, anchored, settled);
  return verifyTraces(table, chain.replace(/^trace\//, ''), anchored, settled);
}

/**
 * Holds everything that is chained against its links, its heads and what was anchored outside the table. Reads only;
 * memory does not grow with the table. Cost: the anchors once, two Queries a case, and one a party and member.
 * @param tell is given each fault as it is found
 */
export async function verifyAudit(
  table: Table,
  s3: S3Client,
  bucket: string,
  tell: (fault: Fault) => void,
): Promise<Report> {
  const begun = Date.now();
  const known = openKnownChains();
  const count = { faults: 0, chains: 0, entries: 0 };
  const report = (faults: readonly Fault[]): void => {
    count.faults += faults.length;
    faults.forEach(tell);
  };
  try {
    report(await readAnchors(s3, bucket, known));
    await addIndexed(table, known);
    const { latest, count: anchors } = known.summary();
    const settled = latest ? instant(Date.parse(latest) - ANCHORED_WITHIN) : '';
    const one = async (chain: string): Promise<void> => {
      let verified = await verifyOnce(table, chain, known, settled);
      for (let tries = 1; verified.faults.length > 0 && tries < TRIES; tries++) {
        verified = await verifyOnce(table, chain, known, settled);
      }
      report(verified.faults);
      known.interests(verified.interests ?? []);
      known.told(verified.authority ?? []);
      if (verified.holding) known.holds(chain.replace(/^case\//, ''), verified.holding);
      count.chains += verified.entries > 0 ? 1 : 0;
      count.entries += verified.entries;
      const gone = await Promise.all(verified.names.map(async (name) => [name, await isThere(table, name)] as const));
      report(
        gone
          .filter(([, there]) => !there)
          .map(([name]) => ({ what: 'missing', chain: name, where: `named by ${chain}` })),
      );
    };
    // a chain that takes long holds up no others
    const chains = known.all();
    const worker = async (): Promise<void> => {
      for (const chain of chains) await one(chain);
    };
    await Promise.all(Array.from({ length: AT_ONCE }, worker));
    report(await verifyInterests(table, known));
    report(await verifyAuthority(table, known));
    report(await verifySessions(table, known, begun));
    return { ...count, anchors, notComparable: await notComparable(table, known) };
  } finally {
    known.close();
  }
}

async function isThere(table: Table, chain: string): Promise<boolean> {
  const id = CaseId.parse(chain.replace(/^case\//, ''));
  // whether it can be opened is found out where it is looked at itself
  return (await get({ name: table.name, client: table.client, shards: table.shards }, keys.case(id))) !== undefined;
}
