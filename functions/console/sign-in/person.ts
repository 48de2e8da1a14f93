import type { MemberId } from '../../../shared/domain/ids.ts';
import { sessionCookie } from '../../visitor/session-cookie.ts';
import type { Form } from '../../web/read-form.ts';
import { readForm } from '../../web/read-form.ts';
import type { ConsoleContext, Door, Visit } from '../door.ts';
import { doorFor, type Route } from '../route.ts';
import type { Claims } from './issuer.ts';
import { expiredPage, stalePage } from './pages.tsx';
import { claimsOf, csrfToken, currentSession, isCsrfToken } from './session.ts';
import { visitOf } from './visit.ts';

/** Somebody who is signed in, whether or not they are a member of anything. */
export interface SignedIn {
  readonly id: MemberId;
  readonly claims: Claims;
  /** what every form of theirs carries here */
  readonly csrf: string;
}

/** Who is signed in, looked up anew for each request. */
export async function signedInPerson(c: ConsoleContext, door: Door): Promise<SignedIn | undefined> {
  const cookie = sessionCookie(c);
  const session = cookie && (await currentSession(door.hub.table, door.issuer, cookie));
  if (!cookie || !session) return undefined;
  const visit = await visitOf(c, door.hub.table, cookie, session);
  if (visit) c.set('visit', visit);
  return { id: session.member, claims: claimsOf(cookie, session), csrf: csrfToken(cookie) };
}

/** A form of whoever is signed in, with the token of their session. */
export function formOfPerson(
  handle: (c: ConsoleContext, door: Door, person: SignedIn, form: Form) => Promise<Response>,
): Route['handle'] {
  return async (c, door) => {
    c.header('cache-control', 'no-store');
    const person = await signedInPerson(c, door);
    const cookie = sessionCookie(c);
    if (!person || !cookie) return expiredPage(c);
    const form = await readForm(c);
    const visit: Visit | undefined = c.get('visit');
    const isOurs = [undefined, visit?.member.party].some((party) => isCsrfToken(cookie, form.get('csrf'), party));
    if (!isOurs) return stalePage(c);
    c.set('form', form);
    return handle(c, doorFor(form, door), person, form);
  };
}
