import { toldNow } from '../audit/record.ts';
import { Rejected, Retryable } from '../domain/errors.ts';
import { newSlug, type PartyId } from '../domain/ids.ts';
import { leadRoleOf, type Member, roles } from '../domain/party.ts';
import { parseInput } from '../domain/problems.ts';
import {
  isAhead,
  isInForce,
  type StandIn,
  StandInInput,
  type StandIns,
  withNaming,
  withRevocation,
} from '../domain/stand-in.ts';
import { instant, localDate } from '../domain/time.ts';
import type { Trace } from '../domain/trace.ts';
import { accountsOf } from '../store/accounts.ts';
import { type Idempotency, remembering, replay } from '../store/idempotency.ts';
import { stillMember } from '../store/membership-check.ts';
import { membersOf } from '../store/parties.ts';
import { readStandIns, savingStandIns, standInsOfParty } from '../store/stand-ins.ts';
import { ConditionFailed, type Table } from '../store/table.ts';
import { type NewTrace, transactTraced } from '../store/traces.ts';
import { type ActingMember, actorOf, assertMay, type InPlaceOf } from './acting.ts';
import { personKey } from './person-key.ts';

/** A stand-in as their party sees it. */
export interface NamedStandIn extends Pick<StandIn, 'id' | 'from' | 'to'> {
  /** who is away */
  readonly member: string;
  /** who acts in their place */
  readonly standIn: string;
  readonly inForce: boolean;
  /** whether whoever looks may revoke it */
  readonly revocable: boolean;
}

/** The stand-ins of a party that are ahead, and who can be named. */
export interface StandInBoard {
  readonly standIns: readonly NamedStandIn[];
  readonly colleagues: readonly { readonly id: string; readonly name: string; readonly roles: Member['roles'] }[];
}

function leads(member: Member): boolean {
  return member.roles.includes(leadRoleOf[member.partyType]);
}

/** Who stands in for whom in the member's party, today and later. Cost: two Queries. */
export async function standInBoard(table: Table, acting: ActingMember): Promise<StandInBoard> {
  const { member } = acting;
  assertMay(acting, 'name-stand-in', { ownedBy: member.party });
  const [all, people] = await Promise.all([
    standInsOfParty(table, member.party),
    membersOf(table, member.party, roles),
  ]);
  const names = new Map(people.map(({ id, name }) => [id, name]));
  const today = localDate(Date.now());
  const standIns = all.flatMap((one) =>
    one.list
      .filter((naming) => isAhead(naming, today))
      .map(({ id, from, to, standIn, ...naming }) => ({
        id,
        from,
        to,
        member: names.get(one.member) ?? '–',
        standIn: names.get(standIn) ?? '–',
        inForce: isInForce({ id, from, to, standIn, ...naming }, today),
        revocable: one.member === member.id || leads(member),
      })),
  );
  return {
    standIns: standIns.toSorted((a, b) => (a.from < b.from ? -1 : 1)),
    colleagues: people
      .filter(({ id }) => id !== member.id)
      .map((person) => ({ id: personKey(person.id), name: person.name, roles: person.roles })),
  };
}

/** How often a change that met another one of the same stand-ins is made again. */
const TRIES = 4;

/**
 * Writes until nobody was quicker; `change` sees what is there each time.
 * @returns `result`, or what the same request made that was first
 */
async function write(
  table: Table,
  { member }: ActingMember,
  read: () => Promise<StandIns>,
  change: (before: StandIns) => StandIns,
  once: Idempotency | undefined,
  result: string,
  told: NewTrace,
): Promise<string> {
  for (let tries = 1; ; tries++) {
    try {
      const writes = [
        stillMember(table, member, member.roles),
        savingStandIns(table, change(await read())),
        ...remembering(table, once, result),
      ];
      await transactTraced(table, writes, told);
      return result;
    } catch (error) {
      if (!(error instanceof ConditionFailed || error instanceof Rejected)) throw error;
      const first = await replay(table, once);
      if (first !== undefined) return first;
      if (error instanceof Rejected) throw error;
      if (error.index === 0) throw new Rejected('membership-ended');
      if (tries >= TRIES) throw new Retryable('the stand-ins are being changed all the time', { cause: error });
    }
  }
}

/**
 * Names somebody of the same party to answer in the member's place on some days. They get what the member may, no more:
 * not what the member themself does as a stand-in. Cost: a Query and a transaction of three items.
 * @param body `{ standIn, from, to }`: one of the colleagues of {@link standInBoard}, and days, both included
 * @returns the naming's id
 * @throws {@link Rejected} `stand-in-overlaps`, `forbidden`, or a problem for every wrong field
 */
export async function nameStandIn(
  table: Table,
  body: unknown,
  acting: ActingMember,
  door: Trace['door'],
  once?: Idempotency,
): Promise<string> {
  const { member } = acting;
  assertMay(acting, 'name-stand-in', { ownedBy: member.party });
  const done = await replay(table, once);
  if (done !== undefined) return done;
  const input = parseInput(StandInInput, body);
  const person = (await membersOf(table, member.party, roles)).find(({ id }) => personKey(id) === input.standIn);
  const isOneself = person !== undefined && (await accountsOf(table, [member.id]))(member.id).includes(person.id);
  if (!person || isOneself) throw new Rejected('invalid', { fields: [{ pointer: '/standIn', code: 'not-a-choice' }] });
  const now = Date.now();
  const naming: StandIn = { ...input, id: newSlug(), standIn: person.id, namedAt: instant(now) };
  const read = async () =>
    (await readStandIns(table, member.party, member.id)) ?? {
      party: member.party,
      member: member.id,
      revision: 0,
      list: [],
    };
  const { standIn, from, to } = naming;
  return write(
    table,
    acting,
    read,
    (before) => withNaming(before, naming, localDate(now)),
    once,
    naming.id,
    toldNow({ type: 'stand-in-named', by: actorOf(acting), door, standIn, from, to }),
  );
}

/**
 * Ends a naming at once, also before its days: by who named it, or who leads the party. A decision that is being written
 * this moment sees it. Cost: a Query, a read and a transaction of three items.
 * @throws {@link Rejected} `not-found` when there is none that is theirs to revoke
 */
export async function revokeStandIn(
  table: Table,
  id: string,
  acting: ActingMember,
  door: Trace['door'],
  once?: Idempotency,
): Promise<void> {
  const { member } = acting;
  assertMay(acting, 'name-stand-in', { ownedBy: member.party });
  if ((await replay(table, once)) !== undefined) return;
  const whose = (await standInsOfParty(table, member.party)).find(({ list }) => list.some((one) => one.id === id));
  if (!whose || (whose.member !== member.id && !leads(member))) throw new Rejected('not-found');
  const now = Date.now();
  const read = async () => (await readStandIns(table, whose.party, whose.member)) ?? whose;
  const revoked = (before: StandIns) => {
    const after = withRevocation(before, id, member.id, instant(now), localDate(now));
    if (!after) throw new Rejected('not-found');
    return after;
  };
  const naming = whose.list.find((one) => one.id === id);
  const told = toldNow({
    type: 'stand-in-ended',
    by: actorOf(acting),
    door,
    standIn: naming?.standIn ?? whose.member,
    whose: whose.member,
    from: naming?.from,
    to: naming?.to,
  });
  await write(table, acting, read, revoked, once, id, told);
}

/**
 * In whose place a member may answer today: colleagues who named them and are still in their roles. Cost: a Query, and
 * another one when there is somebody.
 */
export async function standsInFor(table: Table, member: Member): Promise<readonly InPlaceOf[]> {
  const today = localDate(Date.now());
  const named = (await standInsOfParty(table, member.party)).filter(({ list }) =>
    list.some((one) => one.standIn === member.id && isInForce(one, today)),
  );
  if (named.length === 0) return [];
  const people = new Map((await membersOf(table, member.party, roles)).map((one) => [one.id, one]));
  return named.flatMap((standIns) => {
    const away = people.get(standIns.member);
    return away ? [{ member: away, standIns }] : [];
  });
}

/** Who may answer today in the place of one of `desk`, members of one party. Cost: a Query, and another when there is somebody. */
export async function standInsOf(table: Table, party: PartyId, desk: readonly Member[]): Promise<Member[]> {
  const away = new Set(desk.map(({ id }) => id));
  const today = localDate(Date.now());
  const named = new Set(
    (await standInsOfParty(table, party))
      .filter(({ member }) => away.has(member))
      .flatMap(({ list }) => list.filter((one) => isInForce(one, today)).map(({ standIn }) => standIn)),
  );
  if (named.size === 0) return [];
  return (await membersOf(table, party, roles)).filter(({ id }) => named.has(id) && !away.has(id));
}
