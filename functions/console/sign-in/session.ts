import { createHmac, randomBytes } from 'node:crypto';
import type { MemberId, PartyId } from '../../../shared/domain/ids.ts';
import { instant } from '../../../shared/domain/time.ts';
import { isSameSecret } from '../../../shared/secrets/same-secret.ts';
import {
  changeSession,
  endSession,
  readSession,
  type Session,
  sessionHash,
  startSession,
} from '../../../shared/store/sessions.ts';
import type { Table } from '../../../shared/store/table.ts';
import { logFailure } from '../../log/log-line.ts';
import { SESSION_SECONDS } from './cookies.ts';
import { Claims, type Issuer, type Vouched } from './issuer.ts';
import { keyFrom, seal, unseal } from './seal.ts';

/** How long one request has to ask the issuer before another tries, in milliseconds. */
const ASKING = 60_000;

/**
 * What every form of this session carries: nobody without the cookie can compute it. A form that was drawn while the
 * person acted for one party is not taken when they act for another.
 */
export function csrfToken(cookie: string, party?: PartyId): string {
  const drawn = party === undefined ? 'form' : `form ${party}`;
  return createHmac('sha256', cookie).update(drawn).digest('base64url');
}

/** Whether the token belongs to the session, compared in constant time. */
export function isCsrfToken(cookie: string, token: string, party?: PartyId): boolean {
  return isSameSecret(token, csrfToken(cookie, party));
}

function sealed(cookie: string, { refreshToken }: Vouched): string | undefined {
  return refreshToken && seal(keyFrom(cookie, 'refresh'), refreshToken);
}

/**
 * Begins a session for a person the issuer vouches for; gives the cookie, 256 random bits.
 * @param party for whom they act until they choose another
 */
export async function openSession(table: Table, vouched: Vouched, party?: PartyId): Promise<string> {
  const cookie = randomBytes(32).toString('base64url');
  const now = Date.now();
  const session: Session = {
    member: vouched.member,
    ...(party && { party }),
    startedAt: instant(now),
    endsAt: instant(now + SESSION_SECONDS * 1000),
    askAgainAt: instant(now + vouched.lasts * 1000),
    revision: 1,
    refresh: sealed(cookie, vouched),
    claims: vouched.claims && seal(keyFrom(cookie, 'claims'), JSON.stringify(vouched.claims)),
  };
  await startSession(table, sessionHash(cookie), session, vouched.sid);
  return cookie;
}

/** What the issuer said about the person when they signed in; nothing where it said nothing. */
export function claimsOf(cookie: string, { claims }: Session): Claims {
  const text = claims && unseal(keyFrom(cookie, 'claims'), claims);
  return text ? Claims.parse(JSON.parse(text)) : {};
}

/**
 * The session of a cookie. Where its time has come, the issuer is asked whether it still vouches for the person: when
 * it says no, the session is over; when it cannot be asked, the session goes on and the next minute tries again.
 */
export async function currentSession(table: Table, issuer: Issuer, cookie: string): Promise<Session | undefined> {
  const hash = sessionHash(cookie);
  const now = Date.now();
  const session = await readSession(table, hash, instant(now));
  if (!session || session.askAgainAt > instant(now)) return session;
  const refreshToken = session.refresh && unseal(keyFrom(cookie, 'refresh'), session.refresh);
  if (!refreshToken) return session;
  // a refresh token is good for one use: of several requests at once, one asks
  const asking = await changeSession(table, hash, session, { askAgainAt: instant(now + ASKING) });
  if (!asking) return session;
  let vouched: Vouched | undefined;
  try {
    vouched = await issuer.renew(session.member, refreshToken);
  } catch (error) {
    logFailure('unexpected', error);
    return asking;
  }
  if (!vouched) {
    await endSession(table, hash, session);
    return undefined;
  }
  const renewed = { askAgainAt: instant(now + vouched.lasts * 1000), refresh: sealed(cookie, vouched) };
  return (await changeSession(table, hash, asking, renewed)) ?? asking;
}

/** Ends the session of a cookie, in every window; gives whose it was. */
export async function closeSession(table: Table, cookie: string): Promise<MemberId | undefined> {
  const hash = sessionHash(cookie);
  const session = await readSession(table, hash, instant(Date.now()));
  if (session) await endSession(table, hash, session);
  return session?.member;
}
