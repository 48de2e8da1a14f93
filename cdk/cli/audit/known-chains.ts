import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import * as z from 'zod';
import type { Figures } from '../../../shared/entities/programme/programme.ts';
import type { ChainHead } from '../../../shared/store/chains.ts';
import type { AuthorityTold } from './authority-told.ts';
import type { Holding } from './case-chain.ts';
import type { InterestTold } from './interests-told.ts';
import type { Anchored } from './verify-chain.ts';

/** The chains that there should be, and what was anchored of each; on disk, however many there are. */
export interface KnownChains {
  /** Adds what an anchor says. */
  anchored(heads: readonly ChainHead[]): void;
  /** Adds chains that there should be. */
  add(chains: readonly string[]): void;
  /** All chains in order; those added meanwhile come too when they sort later. */
  all(): Generator<string>;
  of(chain: string): Anchored;
  /** Adds what events say of interests. */
  interests(told: readonly InterestTold[]): void;
  /** Everybody of whom an event says that they declared one. */
  interested(): string[];
  /** What events say of the interests of a person, and of those that nobody knows whose they were. */
  interestsOf(member: string): InterestTold[];
  /** Adds what entries of traces say of who may do what. */
  told(entries: readonly AuthorityTold[]): void;
  /** What they say, in the order of their chains; of one party, or of all. */
  toldOf(types: readonly string[], party?: string): AuthorityTold[];
  /** Adds, or replaces, what a case has of a programme or an offer. */
  holds(caseId: string, holding: Holding): void;
  /** What all cases have of it. */
  held(of: Holding['of']): Figures;
  /** When the latest anchored entry was made, the first day of any, and how many there are. */
  summary(): { readonly latest: string; readonly first: string; readonly count: number };
  close(): void;
}

/** A page of chains at a time: memory does not grow with them. */
const PAGE = 1_000;

export function openKnownChains(): KnownChains {
  const folder = mkdtempSync(join(tmpdir(), 'jieli-audit-'));
  const database = new DatabaseSync(join(folder, 'chains.db'));
  database.exec(`PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;
    CREATE TABLE anchors (chain TEXT, seq INTEGER, hash TEXT, at TEXT, PRIMARY KEY (chain, seq, hash)) WITHOUT ROWID;
    CREATE TABLE chains (chain TEXT PRIMARY KEY) WITHOUT ROWID;
    CREATE TABLE interests (member TEXT, case_id TEXT, organization TEXT, at TEXT, declared INTEGER, standing INTEGER);
    CREATE INDEX by_member ON interests (member);
    CREATE TABLE told (chain TEXT, seq INTEGER, type TEXT, party TEXT, data TEXT, PRIMARY KEY (chain, seq)) WITHOUT ROWID;
    CREATE INDEX by_party ON told (party, type);
    CREATE TABLE held (case_id TEXT PRIMARY KEY, whole TEXT, reserved INTEGER, paid INTEGER, returned INTEGER) WITHOUT ROWID;
    CREATE INDEX by_whole ON held (whole);`);
  const anchor = database.prepare('INSERT OR IGNORE INTO anchors VALUES (?, ?, ?, ?)');
  const chain = database.prepare('INSERT OR IGNORE INTO chains VALUES (?)');
  const page = database.prepare('SELECT chain FROM chains WHERE chain > ? ORDER BY chain LIMIT ?');
  const of = database.prepare('SELECT seq, hash FROM anchors WHERE chain = ?');
  const interest = database.prepare('INSERT INTO interests VALUES (?, ?, ?, ?, ?, ?)');
  const interested = database.prepare('SELECT DISTINCT member FROM interests WHERE member IS NOT NULL');
  const interestsOf = database.prepare('SELECT * FROM interests WHERE member = ? OR member IS NULL');
  const tell = database.prepare('INSERT OR REPLACE INTO told VALUES (?, ?, ?, ?, ?)');
  const toldBy = database.prepare(
    'SELECT * FROM told WHERE (? IS NULL OR party = ?) AND type IN (SELECT value FROM json_each(?)) ORDER BY chain, seq',
  );
  const hold = database.prepare('INSERT OR REPLACE INTO held VALUES (?, ?, ?, ?, ?)');
  const sums = ['reserved', 'paid', 'returned'].map((name) => `coalesce(sum(${name}), 0) AS ${name}`).join(', ');
  const held = database.prepare(`SELECT ${sums} FROM held WHERE whole = ?`);
  const summary = database.prepare(
    "SELECT coalesce(max(at), '') AS latest, coalesce(min(at), '') AS first, count(*) AS count FROM anchors",
  );
  const together = (work: () => void): void => {
    database.exec('BEGIN');
    work();
    database.exec('COMMIT');
  };
  return {
    anchored: (heads) =>
      together(() => {
        for (const head of heads) {
          anchor.run(head.chain, head.seq, head.hash, head.at);
          chain.run(head.chain);
        }
      }),
    add: (chains) =>
      together(() => {
        for (const each of chains) chain.run(each);
      }),
    *all() {
      let after = '';
      for (;;) {
        const found = page.all(after, PAGE).map((row) => String(row.chain));
        yield* found;
        const last = found.at(-1);
        if (last === undefined) return;
        after = last;
      }
    },
    of(name) {
      const found = new Map<number, string[]>();
      for (const { seq, hash } of of.all(name))
        found.set(Number(seq), [...(found.get(Number(seq)) ?? []), String(hash)]);
      return found;
    },
    interests(told) {
      for (const { member, caseId, organization, at, declared, standing } of told)
        interest.run(member ?? null, caseId, JSON.stringify(organization), at, declared ? 1 : 0, standing ? 1 : 0);
    },
    interested: () => interested.all().map(({ member }) => String(member)),
    interestsOf: (name) =>
      interestsOf.all(name).map((row) => ({
        member: row.member === null ? undefined : String(row.member),
        caseId: String(row.case_id),
        organization: z.array(z.string()).parse(JSON.parse(String(row.organization))),
        at: String(row.at),
        declared: row.declared === 1,
        standing: row.standing === 1,
      })),
    told(entries) {
      for (const { chain, seq, type, party, data } of entries) tell.run(chain, seq, type, party, JSON.stringify(data));
    },
    toldOf: (types, party) =>
      toldBy.all(party ?? null, party ?? null, JSON.stringify(types)).map((row): AuthorityTold => {
        const data: unknown = JSON.parse(String(row.data));
        const { chain: name, seq, type, party: whose } = row;
        return { chain: String(name), seq: Number(seq), type: String(type), party: String(whose), data };
      }),
    holds: (caseId, { of: whole, figures: { reserved, paid, returned } }) =>
      void hold.run(caseId, whole, reserved, paid, returned),
    held(whole) {
      const { reserved, paid, returned } = held.get(whole) ?? {};
      return { reserved: Number(reserved), paid: Number(paid), returned: Number(returned) };
    },
    summary() {
      const { latest, first, count } = summary.get() ?? {};
      return { latest: String(latest), first: String(first), count: Number(count) };
    },
    close() {
      database.close();
      rmSync(folder, { recursive: true });
    },
  };
}
