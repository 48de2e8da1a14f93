import { assertAddressMay } from '../../../shared/case/limits.ts';
import { Retryable } from '../../../shared/domain/errors.ts';
import { markOnce, onceName, readOnce } from '../../../shared/store/done-once.ts';
import { endSessionsBySid, endSessionsOf } from '../../../shared/store/sessions.ts';
import { readForm } from '../../web/read-form.ts';
import type { ConsoleContext, Door } from '../door.ts';
import type { Logout } from './issuer.ts';
import { recordSign } from './record-sign.ts';

async function read(door: Door, token: string): Promise<Logout | undefined> {
  try {
    return token === '' ? undefined : await door.issuer.readLogout(token);
  } catch (error) {
    throw new Retryable('the issuer cannot be reached', { cause: error });
  }
}

/**
 * Where the issuer itself tells that somebody signed out there, or was locked out: their sessions end here, too. See OpenID
 * Connect Back-Channel Logout 1.0. No cookie comes with it and no form's token: the signature says whose word it is.
 * Cost: a read, a Query, two items for each session, and two writes.
 */
export async function backChannelLogout(c: ConsoleContext, door: Door) {
  c.header('cache-control', 'no-store');
  const { table } = door.hub;
  const logout = await read(door, (await readForm(c)).get('logout_token'));
  if (!logout) {
    await assertAddressMay(door.hub, 'wrong-token/address', c.get('address'));
    return c.json({ error: 'invalid_request', error_description: 'not a logout token for this client' }, 400);
  }
  const { member, sid, jti } = logout;
  // sent again it would end what was begun since
  const name = onceName('back-channel-logout', jti);
  if (await readOnce(table, name)) return c.body(null, 200);
  const whose = sid === undefined ? member : await endSessionsBySid(table, sid, member);
  if (sid === undefined && member) await endSessionsOf(table, member);
  if (whose) await recordSign(door, whose, 'signed-out');
  await markOnce(table, name, 'ended');
  return c.body(null, 200);
}
