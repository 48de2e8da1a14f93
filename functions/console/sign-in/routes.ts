import type { Context } from 'hono';
import * as z from 'zod';
import { actorOf } from '../../../shared/answering/acting.ts';
import { recordTrace } from '../../../shared/audit/record.ts';
import { assertAddressMay } from '../../../shared/case/limits.ts';
import { PartyId } from '../../../shared/domain/ids.ts';
import { instant } from '../../../shared/domain/time.ts';
import { deriveKey } from '../../../shared/secrets/derive-key.ts';
import { isSameSecret } from '../../../shared/secrets/same-secret.ts';
import { membershipsOf } from '../../../shared/store/parties.ts';
import { changeSession, readSession, sessionHash } from '../../../shared/store/sessions.ts';
import { logFailure } from '../../log/log-line.ts';
import { sessionCookie } from '../../visitor/session-cookie.ts';
import { originOf } from '../../web/origin.ts';
import { readForm } from '../../web/read-form.ts';
import type { ConsoleContext, Door } from '../door.ts';
import {
  ATTEMPT_SECONDS,
  attemptCookie,
  dropAttemptCookie,
  dropSessionCookie,
  setAttemptCookie,
  setSessionCookie,
} from './cookies.ts';
import type { Vouched } from './issuer.ts';
import { expiredPage, failedPage, stalePage, unreachablePage } from './pages.tsx';
import { callbackPath, signedOutPath } from './paths.ts';
import { recordSign } from './record-sign.ts';
import { returnPath } from './return-path.ts';
import { seal, unseal } from './seal.ts';
import { closeSession, isCsrfToken, openSession } from './session.ts';

const Begun = z.object({
  state: z.string(),
  nonce: z.string(),
  verifier: z.string(),
  back: z.string(),
  until: z.number(),
});

async function begunIn(c: Context, door: Door, state: string): Promise<z.infer<typeof Begun> | undefined> {
  const cookie = attemptCookie(c, state);
  const text = cookie && unseal(await deriveKey(door.hub.macKeyId, 'session'), cookie);
  const begun = text ? Begun.parse(JSON.parse(text)) : undefined;
  return begun && isSameSecret(state, begun.state) && begun.until > Date.now() ? begun : undefined;
}

/** Leads to the issuer, and back to the page that was asked for. */
export async function beginSignIn(c: ConsoleContext, door: Door) {
  c.header('cache-control', 'no-store');
  await assertAddressMay(door.hub, 'sign-in/address', c.get('address'));
  let begun: Awaited<ReturnType<typeof door.issuer.begin>>;
  try {
    begun = await door.issuer.begin(originOf(c, door) + callbackPath);
  } catch (error) {
    logFailure('unexpected', error);
    return unreachablePage(c);
  }
  const { url, ...attempt } = begun;
  const kept = { ...attempt, back: returnPath(c.req.query('return')), until: Date.now() + ATTEMPT_SECONDS * 1000 };
  setAttemptCookie(c, attempt.state, seal(await deriveKey(door.hub.macKeyId, 'session'), JSON.stringify(kept)));
  return c.redirect(url);
}

/** Takes in who comes back from the issuer. */
export async function finishSignIn(c: ConsoleContext, door: Door) {
  c.header('cache-control', 'no-store');
  const state = c.req.query('state') ?? '';
  const begun = await begunIn(c, door, state);
  if (!begun) {
    await assertAddressMay(door.hub, 'sign-in/address', c.get('address'));
    return failedPage(c);
  }
  dropAttemptCookie(c, state);
  let vouched: Vouched;
  try {
    const { search } = new URL(c.req.url);
    vouched = await door.issuer.finish(new URL(callbackPath + search, originOf(c, door)), begun);
  } catch (error) {
    logFailure('unexpected', error);
    return failedPage(c);
  }
  const before = sessionCookie(c);
  if (before) await closeSession(door.hub.table, before);
  // for whom they act is settled from the first page on
  const member = await recordSign(door, vouched.member, 'signed-in');
  setSessionCookie(c, await openSession(door.hub.table, vouched, member?.party));
  return c.redirect(begun.back);
}

/** Ends the session here and at the issuer. */
export async function signOut(c: ConsoleContext, door: Door) {
  c.header('cache-control', 'no-store');
  const cookie = sessionCookie(c);
  if (!cookie) return c.redirect(signedOutPath);
  const token = (await readForm(c)).get('csrf');
  const session = await readSession(door.hub.table, sessionHash(cookie), instant(Date.now()));
  // also from a page that was drawn while acting for another party
  const memberships = session ? await membershipsOf(door.hub.table, session.member) : [];
  const drawn = [undefined, ...memberships.map(({ party }) => party)];
  if (!drawn.some((party) => isCsrfToken(cookie, token, party))) return stalePage(c);
  const member = await closeSession(door.hub.table, cookie);
  if (member) await recordSign(door, member, 'signed-out');
  dropSessionCookie(c);
  try {
    const url = await door.issuer.goodbye(originOf(c, door) + signedOutPath);
    if (url) return c.redirect(url, 303);
  } catch (error) {
    logFailure('unexpected', error);
  }
  return c.redirect(signedOutPath, 303);
}

/** Choosing for which party to act; the next page looks the membership up again. */
export async function switchParty(c: ConsoleContext, door: Door) {
  const { member: before, memberships, session: hash } = c.get('visit');
  const party = PartyId.safeParse(c.get('form').get('party')).data;
  const member = memberships.find((one) => one.party === party);
  if (!member) return stalePage(c);
  for (let tries = 0; tries < 3; tries++) {
    const session = await readSession(door.hub.table, hash, instant(Date.now()));
    if (!session) return expiredPage(c);
    if (await changeSession(door.hub.table, hash, session, { party })) break;
  }
  const by = actorOf({ type: 'member', member });
  await recordTrace(door.hub.table, { type: 'party-switched', by, door: 'console', before: before.party });
  return c.redirect(returnPath(c.get('form').get('return')), 303);
}
