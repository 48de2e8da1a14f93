import type { Member, Role } from '../domain/party.ts';
import type { OpenTask } from '../domain/task.ts';
import { interestsOf } from '../store/interests.ts';
import type { Table } from '../store/table.ts';
import { isAtDesk, isOfOwn } from './acting.ts';
import { standsInFor } from './stand-ins.ts';

/** Why a task is in somebody's inbox: it is put to them, or to a colleague in whose place they answer. */
export interface Held {
  readonly inPlaceOf: Member | undefined;
}

/** What a member has on their desk today, their own and that of those for whom they stand in. */
export interface OwnDesk {
  /** the roles whose tasks are looked through */
  readonly roles: readonly Role[];
  /** undefined for a task that is not theirs to answer: not put to them, or one in which they have an interest */
  holds(task: OpenTask): Held | undefined;
}

/** Cost: two Queries, and another for each colleague for whom the member stands in. */
export async function ownDesk(table: Table, member: Member): Promise<OwnDesk> {
  const [own, places] = await Promise.all([interestsOf(table, member.id), standsInFor(table, member)]);
  const others = await Promise.all(
    places.map(async ({ member: away }) => ({ away, interests: await interestsOf(table, away.id) })),
  );
  return {
    roles: [...new Set([...member.roles, ...others.flatMap(({ away }) => away.roles)])],
    holds(task) {
      // being one of the organization is an interest in its cases, and why its own tasks are put to them
      if (isOfOwn(member.party, task)) return { inPlaceOf: undefined };
      // what nobody may answer is seen by who must find somebody, whether or not they may themselves
      if (task.assignee.type === 'party' && task.assignee.nobody && isAtDesk(member, task))
        return { inPlaceOf: undefined };
      if (own.concern(task)) return undefined;
      if (isAtDesk(member, task)) return { inPlaceOf: undefined };
      const found = others.find(({ away, interests }) => isAtDesk(away, task) && !interests.concern(task));
      return found && { inPlaceOf: found.away };
    },
  };
}
