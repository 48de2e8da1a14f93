import type { Acting } from '../../shared/answering/acting.ts';
import { memberActing } from '../../shared/answering/member-acting.ts';
import { assertAddressMay } from '../../shared/case/limits.ts';
import { Rejected } from '../../shared/domain/errors.ts';
import type { Member } from '../../shared/domain/party.ts';
import type { Hub } from '../../shared/store/hub.ts';
import { membershipsOf } from '../../shared/store/parties.ts';
import type { Operation } from './operation.ts';
import type { VerifyToken } from './token.ts';

/** Who calls: what they act as, and every party that the person is a member of. */
export interface Caller {
  readonly acting: Extract<Acting, { type: 'member' | 'public' }>;
  readonly memberships: readonly Member[];
}

const nobody: Caller = { acting: { type: 'public' }, memberships: [] };

/** The membership in which the caller acts: the one they name, or their only one. Nobody's hat is guessed. */
function actingMember(memberships: readonly Member[], party: string | null, allParties: boolean): Member {
  const [first, second] = memberships;
  const named = party === null ? first : memberships.find((member) => member.party === party);
  if (!named) throw new Rejected('forbidden');
  if (party === null && second && !allParties) {
    throw new Rejected('party-unnamed', { params: { parties: memberships.map((member) => member.party).join(', ') } });
  }
  return named;
}

/**
 * Finds out who calls. A token that is there must be valid, also where none is needed: nobody sends in somebody's name
 * by mistake, and nobody's session ends unnoticed. Memberships are read each time: whoever was removed gets no further.
 * @param address where the request came from: wrong tokens are counted
 * @throws {@link Rejected} `unauthenticated`, `too-many-requests`; `forbidden` when the caller is a member of nothing, or
 * not of the party that `Jieli-Party` names; `party-unnamed` when they are a member of several and name none
 */
export async function callerOf(
  hub: Hub,
  verify: VerifyToken,
  { access, allParties = false }: Pick<Operation, 'access' | 'allParties'>,
  headers: Headers,
  address: string,
): Promise<Caller> {
  if (access === 'public' || access === 'link') return nobody;
  const authorization = headers.get('authorization');
  if (authorization === null) {
    if (access === 'optional') return nobody;
    throw new Rejected('unauthenticated');
  }
  const token = /^Bearer +([\w.~+/=-]{1,8192})$/i.exec(authorization.trim())?.[1];
  const person = token && (await verify(token));
  if (!person) {
    await assertAddressMay(hub, 'wrong-token/address', address);
    throw new Rejected('unauthenticated');
  }
  const memberships = await membershipsOf(hub.table, person);
  const member = actingMember(memberships, headers.get('jieli-party'), allParties);
  return { acting: await memberActing(hub.table, member), memberships };
}
