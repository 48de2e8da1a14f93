import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { CaseId, PartyId, taskIdFor } from '../../shared/domain/ids.ts';
import { Case } from '../../shared/kinds/case.ts';
import { submitted } from '../../shared/kinds/intake.ts';
import { creation } from '../../shared/store/cases.ts';
import { indexes, keys } from '../../shared/store/keys.ts';
import { everyShardOf, intoShard, outOfShard, SHARDS } from '../../shared/store/shards.ts';
import { type Table, toItem, transact } from '../../shared/store/table.ts';
import { opening } from '../../shared/store/tasks.ts';
import { entering } from '../../shared/store/traces.ts';
import { aNeedInApproval } from '../factory/cases.ts';

/** Partitions that a whole hub or installation writes to, each with why it is one. Whoever adds one says why here. */
const singletons: Readonly<Record<string, string>> = {
  party:
    'those who work with the hub are entered and changed by hand; organizations that register have a partition each',
  programme: 'a programme’s budget is one item, since a condition needs its balance: people approve, some a minute',
  offer: 'an offer’s rest is one item likewise; who lists offers wants all of them',
  digests: 'one item a member and hour, however much is entered; entries have a partition a member',
  digest: 'see digests',
  looking: 'one item an organization whose people changed',
  openJob: 'one item a job that is not done',
  health: 'what the sweep and failing mail leave behind: a counter a day, an item a run',
  currentDataKey: 'made anew once in three months',
  dataKey: 'see currentDataKey',
  erasedReasons: 'the daily run alone',
  anchored: 'the daily run alone',
  jobParts: 'no partition: how sort keys begin',
  jobRuns: 'no partition: how sort keys begin',
};

/** Partitions of one party, hub or not: what people do by hand, a few a second at the most. */
const ofParty: Readonly<Record<string, string>> = {
  membersOfParty: 'members, invitations, removals, addresses',
  memberOfParty: 'see membersOfParty',
  invitation: 'see membersOfParty',
  removal: 'see membersOfParty',
  address: 'see membersOfParty',
  standIns: 'who stands in for whom',
  standInsOfParty: 'see standIns',
  drafts: 'forms that people of an organization fill in',
  draft: 'see drafts',
  jobsOf: 'one item a job',
  jobOf: 'see jobsOf',
  referralsOf: 'one item a referral',
  referralOf: 'see referralsOf',
  erasures: 'the daily run alone',
  trace: 'a chain is an order, and its end one item: of a case, or of a party and day (exports, sign-ins, searches)',
  traceHead: 'see trace',
};

/** Partitions of one case, person, address, job, sheet, mail or call: the more of them, the more partitions. */
const own = [
  ...['casePrefix', 'case', 'event', 'caseChain', 'task', 'covered', 'token', 'once', 'peopleOf'],
  ...['member', 'memberships', 'accounts', 'interest', 'standingInterest', 'interests', 'person', 'personPlaces'],
  ...['personElsewhere', 'draftPlace', 'referralPlace', 'memberPlace', 'invitationPlace', 'addressPlace', 'referral'],
  ...['invitationPrefix', 'addressOwner', 'mailboxOwner', 'undeliverable', 'coverDays', 'coversOf'],
  ...['letter', 'mailsOf', 'mail', 'digestEntries', 'digestEntry'],
  ...[
    'rosterRows',
    'formRoster',
    'formRosterRows',
    'importPlan',
    'importFile',
    'importNeed',
    'importRemarks',
    'imported',
  ],
  ...['job', 'jobRow', 'jobPart', 'jobRun', 'session', 'sessionBySid', 'sessionsBySid', 'sessionOf', 'sessionsOf'],
  ...['organizations', 'organization', 'organizationStep', 'organizationsBy', 'organizationBy', 'organizationNumber'],
  ...['limit', 'traces', 'placeOf', 'typedPart', 'casesNamed', 'caseNamed', 'organizationSaid'],
];

/** Of an index that is not sharded, whose each key is. */
const ownIndexes: Readonly<Record<string, string>> = {
  ownerCases: 'one organization, or one mail address',
  organizationCases: 'one organization by its name',
};

const Keyed = z.union([z.object({ pk: z.string() }).transform(({ pk }) => pk), z.string()]);

/** The partition that a maker of keys names, given words with this ending; undefined for one that wants something else. */
function partitionOf(make: unknown, ending: string): string | undefined {
  if (typeof make !== 'function') return Keyed.parse(make);
  const number = `N00000000${ending}`;
  const words = [`${number}-${ending}`, ...['a', 'b', 'c'].map((word) => word + ending)];
  return Keyed.safeParse(Reflect.apply(make, undefined, words)).data;
}

const hub = PartyId.parse('hub');
const AT = '2020-02-01T08:00:00.000Z';
const CASES = 10_000;
const Puts = z.object({
  TransactItems: z.array(z.object({ Put: z.object({ Item: z.custom<ReturnType<typeof toItem>>() }) })),
});

/** A table that keeps nothing but what was put into it, as it would lie there. */
function keepingTable(put: ReturnType<typeof toItem>[]): Table {
  const client = new DynamoDBClient({ region: 'us-east-1' });
  client.middlewareStack.add(
    () =>
      async ({ input }) => {
        put.push(...Puts.parse(input).TransactItems.map(({ Put }) => Put.Item));
        return { response: {}, output: { $metadata: {} } };
      },
    { step: 'initialize' },
  );
  const vault: Table['vault'] = { seal: async () => ({ key: '1', box: new Uint8Array(1) }), open: async () => '{}' };
  return { name: 'kept', client, shards: SHARDS, vault };
}

/** The most that one key of an attribute got, of all that was put. */
function mostOf(items: readonly ReturnType<typeof toItem>[], attribute: string): { most: number; all: number } {
  const counts = new Map<string, number>();
  for (const item of items) {
    const key = item[attribute]?.S;
    if (key !== undefined) counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return { most: Math.max(0, ...counts.values()), all: [...counts.values()].reduce((sum, count) => sum + count, 0) };
}

/** Numbers of cases that are the same in each run. */
function* seededNumbers(): Generator<string> {
  const letters = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
  let state = 20_200_201;
  for (;;) {
    let number = '';
    for (let place = 0; place < 9; place++) {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
      number += letters[state >>> 27];
    }
    yield number;
  }
}

describe('of ten thousand needs that one hub gets in one hour, all with one donor', () => {
  const items: ReturnType<typeof toItem>[] = [];

  beforeAll(async () => {
    const table = keepingTable(items);
    const numbers = seededNumbers();
    for (let one = 0; one < CASES; one++) {
      const id = CaseId.parse(`N${numbers.next().value}`);
      const entered = { at: AT, version: 1 };
      const about = { organization: `医院 ${one}`, mailHash: String(one).padStart(22, '0'), hub };
      const subject = Case.parse({ ...aNeedInApproval(), ...about, id, version: 1, entered });
      const task = {
        ...{ id: taskIdFor(subject), caseId: id, kind: subject.kind, hub, stage: subject.stage },
        ...{ status: 'open' as const, outcomes: [], openedAt: AT, dueAt: AT, round: 0 },
        assignee: { type: 'party' as const, party: hub, roles: ['coordinator' as const] },
        organization: about.organization,
      };
      const by = { type: 'workflow' as const };
      const viewed = {
        type: 'viewed' as const,
        at: AT,
        by,
        door: 'site' as const,
        caseId: id,
        shown: ['link' as const],
      };
      await transact(table, [
        ...creation(table, subject, submitted(subject, { type: 'applicant' })),
        opening(table, task),
        ...entering(table, { chain: id, trace: viewed }, undefined),
      ]);
    }
  });

  it.each(Object.entries(indexes))('no key of the index %s takes more than its share', (_, { pk, sharded }) => {
    const { most, all } = mostOf(items, pk);
    expect(all).toBeGreaterThanOrEqual(CASES);
    expect(most).toBeLessThanOrEqual(sharded ? (1.5 / SHARDS) * all : 1);
  });

  it.each([2, 3, 8, 32])('nor with %d shards', (shards) => {
    const anew = items.map((item) => intoShard(item, shards));
    for (const { pk, sharded } of Object.values(indexes)) {
      const { most, all } = mostOf(anew, pk);
      if (sharded) expect(most).toBeLessThanOrEqual((1.5 / shards) * all);
    }
  });

  it('each has a partition of the table', () => {
    expect(mostOf(items, 'pk').most).toBeLessThan(5);
  });
});

describe('a key that many write to', () => {
  it('is in the list of such keys with its reason, as every key is in one list or another', () => {
    const listed = [...Object.keys(singletons), ...Object.keys(ofParty), ...own];
    expect(listed.toSorted()).toEqual(Object.keys(keys).toSorted());
    expect(Object.keys(ownIndexes)).toEqual(
      Object.entries(indexes).flatMap(([name, { sharded }]) => (sharded ? [] : [name])),
    );
  });

  it('is no key of those that are said to be of one case, person or call', () => {
    const isOne = (make: unknown): boolean => {
      const [one, other] = [partitionOf(make, '1'), partitionOf(make, '2')];
      return one !== undefined && one === other;
    };
    const found = Object.entries(keys).flatMap(([name, make]) => (isOne(make) ? [name] : []));
    // these are no keys but how keys begin
    const beginnings = ['casePrefix', 'invitationPrefix', 'traces'];
    expect(found.filter((name) => !(name in singletons) && !beginnings.includes(name))).toEqual([]);
  });
});

describe('a shard', () => {
  const key = { pk: 'CASE#N000000001', hourPk: 'HOUR#2020-02-01T08', stageSk: 'verifying#1' };

  it('is one of those that are read, also those of fewer shards before', () => {
    for (const shards of [1, 2, 3, 4, 7, 32]) {
      const { hourPk } = intoShard(toItem(key), shards);
      expect(everyShardOf(key.hourPk, shards)).toContain(hourPk?.S);
      expect(everyShardOf(key.hourPk, 32)).toEqual(expect.arrayContaining(everyShardOf(key.hourPk, shards)));
    }
  });

  it('of an installation with one, and from before there were any, is the key itself', () => {
    expect(intoShard(toItem(key), 1)).toEqual(toItem(key));
  });

  it('is not seen by whoever reads an item, unless it lies where nobody looks', () => {
    expect(outOfShard({ ...key, hourPk: `${key.hourPk}~3` }, 4)).toEqual(key);
    expect(outOfShard({ ...key, hourPk: `${key.hourPk}~4` }, 4)).not.toEqual(key);
    expect(intoShard(toItem({ ...key, hourPk: `${key.hourPk}~9` }), 1)).toEqual(toItem(key));
  });
});
