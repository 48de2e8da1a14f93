import type { TransactWriteItem } from '@aws-sdk/client-dynamodb';
import type { CaseId, MemberId, PartyId } from '../domain/ids.ts';
import { Interest } from '../domain/interest.ts';
import type { Member } from '../domain/party.ts';
import type { Case } from '../kinds/case.ts';
import {
  everyKeyOf,
  everyKeyOfParty,
  isOrganizationKey,
  organizationKey,
  organizationKeyBefore,
  organizationKeysOf,
} from './case-item.ts';
import { indexKeys, type Key, keys } from './keys.ts';
import { batchGet, type Item, put, queryAll, type Table, toItem } from './table.ts';

/**
 * An item says that a person does not act on a case, or on the cases of an organization by its name. It is in force while
 * it has `declared`, or `memberOf`: the parties of that name of which they are a member, kept by the transaction that makes
 * or ends the membership. One condition on one key tests both.
 */
const FREE = 'attribute_not_exists(declared) AND attribute_not_exists(memberOf)';

/** What of a case it takes to look up who may not act on it. */
export type About = Pick<Case, 'id' | 'organization' | 'organizationParty'>;

/** The parties of an organization's name of which the person is a member. */
function partiesIn({ memberOf }: Item): unknown[] {
  return memberOf instanceof Set ? [...memberOf] : [];
}

function isInForce(item: Item): boolean {
  return item.declared !== undefined || item.memberOf !== undefined || item.entity === 'member';
}

/** By what the cases of an organization are known: its name there, and its account where it has one. */
export function standingFor({ organization, organizationParty }: Omit<About, 'id'>): string[] {
  return [organizationKey(organization), ...(organizationParty ? [indexKeys.ofOrganization(organizationParty)] : [])];
}

/** The same, with the key under which it may have been kept before. */
function everyStandingFor(about: Omit<About, 'id'>): string[] {
  return [...standingFor(about), organizationKeyBefore(about.organization)];
}

/** What puts a standing interest into force. */
const DECLARE = 'SET #data = :data, entity = :entity, declared = :entity';

/** Changes what is declared about an organization and leaves what memberships say about it. */
function changingStanding(
  table: Table,
  data: Interest,
  expression: string,
  { whose = standingFor(data), condition }: { readonly whose?: readonly string[]; readonly condition?: string } = {},
): TransactWriteItem[] {
  return whose.map((each) => ({
    Update: {
      TableName: table.name,
      Key: toItem({ ...keys.standingInterest(data.member, each) }),
      UpdateExpression: expression,
      ...(condition && { ConditionExpression: condition }),
      ExpressionAttributeNames: { '#data': 'data' },
      ExpressionAttributeValues: toItem({ ':data': data, ':entity': 'interest' }),
    },
  }));
}

function declaringOn(table: Table, data: Interest): TransactWriteItem {
  return put(table, { ...keys.interest(data.member, data.caseId), entity: 'interest', declared: 'yes', data });
}

/** Writes that put a declared interest into force. Cost: one item in a transaction, two or three when it is standing. */
export function declaring(table: Table, interest: Interest): TransactWriteItem[] {
  const data = Interest.parse(interest);
  return [declaringOn(table, data), ...(data.standing ? changingStanding(table, data, DECLARE) : [])];
}

/**
 * Writes that end a declared interest on the case `id`, and keep that there was one. A standing one that was declared on
 * another case ends for all others; on that case it stays until it is taken back there. Cost: as {@link declaring}.
 */
export function retracting(table: Table, interest: Interest, id: CaseId): TransactWriteItem[] {
  const data = Interest.parse(interest);
  const item = { ...keys.interest(data.member, id), entity: 'interest', data };
  const standing = changingStanding(table, data, 'SET #data = :data, entity = :entity REMOVE declared', {
    whose: everyStandingFor(data),
  });
  return [...(data.caseId === id ? [put(table, item)] : []), ...(data.standing ? standing : [])];
}

/**
 * The writes that copy interests to an organization's new account. Somebody declared them on one of its cases, about the whole
 * organization; the account's other cases may come under other names. A write fails if the interest is taken back meanwhile. An
 * interest that was taken back before is not copied. Cost: two reads a person who declared something on the case, and three items in the transaction for each.
 * @returns the writes, once it is known for which organization
 */
export async function standingForOwner(table: Table, before: Case): Promise<(owner: PartyId) => TransactWriteItem[]> {
  const declared = before.decisions.filter(({ outcome }) => outcome === 'interest-declared');
  const members = new Set(declared.flatMap(({ by }) => (by.type === 'member' ? [by.member] : [])));
  const items = await batchGet(
    table,
    [...members].flatMap((member) => everyKeyOf(before.organization).map((key) => keys.standingInterest(member, key))),
  );
  const standing = items
    .filter((item) => item.declared !== undefined)
    .map((item) => ({ interest: Interest.parse(item.data), key: String(item.sk) }))
    .filter(({ interest: { caseId } }) => caseId === before.id);
  return (owner) =>
    standing.flatMap(({ interest, key }) => {
      const data = { ...interest, organizationParty: owner };
      return [
        declaringOn(table, data),
        ...changingStanding(table, data, DECLARE, { whose: [key], condition: 'attribute_exists(declared)' }),
        ...changingStanding(table, data, DECLARE, { whose: [indexKeys.ofOrganization(owner)] }),
      ];
    });
}

/** The writes that go with a membership of an organization when it is made, and when it ends: one for each of its names. Nothing for other parties. */
export function membershipInterest(table: Table, member: Member, is: 'made' | 'ended'): TransactWriteItem[] {
  if (member.partyType !== 'organization') return [];
  // what was kept under the key before ends with it
  return (is === 'made' ? organizationKeysOf(member) : everyKeyOfParty(member)).map((key) => ({
    Update: {
      TableName: table.name,
      Key: toItem({ ...keys.standingInterest(member.id, key) }),
      UpdateExpression: `${is === 'made' ? 'ADD' : 'DELETE'} memberOf :party`,
      ExpressionAttributeValues: toItem({ ':party': new Set([member.party]) }),
    },
  }));
}

/**
 * Those of `people` who keep away from a case since its organization's name is that of one of which they are members, and not
 * because it is that one's by its account, nor since they declared something. Cost: one read a person.
 */
export async function membersByName(
  table: Table,
  people: readonly MemberId[],
  { organization, organizationParty }: Omit<About, 'id'>,
): Promise<ReadonlySet<MemberId>> {
  const items = await batchGet(
    table,
    people.flatMap((member) => everyKeyOf(organization).map((key) => keys.standingInterest(member, key))),
  );
  const found = items.filter((item) => item.declared === undefined && item.memberOf !== undefined);
  const byName = new Set(found.filter((item) => !partiesIn(item).includes(organizationParty)).map(({ pk }) => pk));
  return new Set(people.filter((member) => byName.has(keys.interests(member))));
}

/** Whether the key is of an organization by its name. */
function isByName({ sk }: Key): boolean {
  return isOrganizationKey(sk);
}

/** Who is kept away no more by an organization's name alone, see `shared/domain/bar.ts`. */
type Lifted = (member: MemberId) => boolean;
const nobody: Lifted = () => false;

function keysAbout(member: MemberId, about: About) {
  const { id, organizationParty } = about;
  return [
    keys.interest(member, id),
    ...everyStandingFor(about).map((whose) => keys.standingInterest(member, whose)),
    ...(organizationParty ? [keys.member(member, organizationParty)] : []),
  ];
}

/**
 * Checks, in the transaction that acts on a case, that nothing stands between these people and the case: whatever was
 * declared a moment before is seen. Cost: two items a person, four for a case of an organization with an account.
 */
export function freeOfInterest(
  table: Table,
  people: readonly MemberId[],
  about: About,
  isLifted: Lifted = nobody,
): TransactWriteItem[] {
  return people.flatMap((member) =>
    keysAbout(member, about).map((key) => ({
      ConditionCheck: {
        TableName: table.name,
        Key: toItem({ ...key }),
        ConditionExpression:
          key.pk === keys.interests(member)
            ? isByName(key) && isLifted(member)
              ? 'attribute_not_exists(declared)'
              : FREE
            : 'attribute_not_exists(pk)',
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD' as const,
      },
    })),
  );
}

/** Those of `people` who have an interest in the case. Cost: two to four reads a person, in one call for fifty of them. */
export async function interestedIn(
  table: Table,
  people: readonly MemberId[],
  about: About,
  isLifted: Lifted = nobody,
): Promise<ReadonlySet<MemberId>> {
  const wanted = people.map((member) => ({ member, keys: keysAbout(member, about) }));
  const items = await batchGet(
    table,
    wanted.flatMap((one) => one.keys),
  );
  const found = items.filter(isInForce);
  const inForce = new Set(found.map((item) => `${item.pk} ${item.sk}`));
  const declared = new Set(found.filter((item) => item.declared !== undefined).map((item) => `${item.pk} ${item.sk}`));
  const bars = (member: MemberId, key: Key) =>
    (isByName(key) && isLifted(member) ? declared : inForce).has(`${key.pk} ${key.sk}`);
  return new Set(wanted.filter((one) => one.keys.some((key) => bars(one.member, key))).map((one) => one.member));
}

/** The interests that these people declared in a case or in its organization, those taken back left out. Cost: as {@link interestedIn}. */
export async function declaredIn(table: Table, people: readonly MemberId[], about: About): Promise<Interest[]> {
  const items = await batchGet(
    table,
    people.flatMap((member) => keysAbout(member, about)),
  );
  const found = items.filter((item) => item.declared !== undefined).map((item) => Interest.parse(item.data));
  // a standing one is kept with its case too: it is one
  return [...new Map(found.map((one) => [`${one.member} ${one.caseId}`, one])).values()];
}

/** What a person does not act on. */
export interface OwnInterests {
  /** whether they have an interest in this case of this organization, as far as their own declarations and memberships tell */
  concern(about: Pick<Case, 'organization' | 'organizationParty'> & { readonly caseId: CaseId }): boolean;
}

/** A person's interests, for lists of many cases. Cost: one Query. */
export async function interestsOf(table: Table, member: MemberId): Promise<OwnInterests> {
  const items = await queryAll(table, keys.interests(member));
  const inForce = new Set(items.filter(isInForce).map(({ sk }) => sk));
  // an organization with an account has cases under other names than its own
  const parties = new Set(items.flatMap(partiesIn));
  return {
    concern: ({ caseId, ...about }) =>
      inForce.size > 0 &&
      (inForce.has(keys.interest(member, caseId).sk) ||
        everyStandingFor(about).some((whose) => inForce.has(whose)) ||
        parties.has(about.organizationParty)),
  };
}
