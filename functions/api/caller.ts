import type { Hub } from '../../shared/cases/hub.ts';
import { assertAddressMay } from '../../shared/cases/limits.ts';
import { Rejected } from '../../shared/domain/errors.ts';
import type { Member } from '../../shared/domain/party.ts';
import { membershipsOf } from '../../shared/store/parties.ts';
import type { Access } from './operations.ts';
import type { VerifyToken } from './token.ts';

/** Who calls. */
export interface Caller {
  readonly signedIn: boolean;
  readonly memberships: readonly Member[];
}

const nobody: Caller = { signedIn: false, memberships: [] };

/**
 * Finds out who calls. A token that is there must be valid, also where none is needed: nobody sends in somebody's name
 * by mistake, and nobody's session ends unnoticed.
 * @param address where the request came from: wrong tokens are counted
 * @throws {@link Rejected} `unauthenticated`, `too-many-requests`; `forbidden` when `Jieli-Party` names a party that the caller is not in
 */
export async function callerOf(
  hub: Hub,
  verify: VerifyToken,
  access: Access,
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
  const party = headers.get('jieli-party');
  if (party === null) return { signedIn: true, memberships };
  const named = memberships.filter((member) => member.party === party);
  if (named.length === 0) throw new Rejected('forbidden');
  return { signedIn: true, memberships: named };
}
