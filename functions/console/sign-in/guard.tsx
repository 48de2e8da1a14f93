import type { MiddlewareHandler } from 'hono';
import { Rejected } from '../../../shared/domain/errors.ts';
import { partyNameIn } from '../../../shared/i18n/names.ts';
import { readParty } from '../../../shared/store/parties.ts';
import { changeSession, sessionHash } from '../../../shared/store/sessions.ts';
import { sessionCookie } from '../../visitor/session-cookie.ts';
import { readForm } from '../../web/read-form.ts';
import type { ConsoleEnvironment, Door } from '../door.ts';
import { dropSessionCookie } from './cookies.ts';
import { mayBeOurs } from './own-page.ts';
import { expiredPage, stalePage, strangerPage } from './pages.tsx';
import { csrfToken, currentSession, isCsrfToken } from './session.ts';
import { visitOf } from './visit.ts';

/**
 * Lets in who is signed in and a member of a party, both looked up anew for each request; everybody else is sent to
 * sign in and comes back to the page they asked for. A form must carry the token of the session that it was drawn for.
 */
export function signedIn(door: Door): MiddlewareHandler<ConsoleEnvironment> {
  const { table } = door.hub;
  return async (c, next) => {
    c.header('cache-control', 'no-store');
    if (!['GET', 'HEAD', 'POST'].includes(c.req.method)) throw new Rejected('method-not-allowed');
    const cookie = sessionCookie(c);
    const session = cookie && (await currentSession(table, door.issuer, cookie));
    if (!cookie || !session) {
      if (cookie) dropSessionCookie(c);
      if (c.req.method === 'POST') return expiredPage(c, await readForm(c));
      const { pathname, search } = new URL(c.req.url);
      return c.redirect(`/console/sign-in?${new URLSearchParams({ return: pathname + search })}`);
    }
    const visit = await visitOf(c, table, cookie, session);
    if (!visit) return strangerPage(c, session.member, csrfToken(cookie), await readParty(table, door.hub.hub));
    const { member } = visit;
    // who became a member since they signed in, or is none any more of the party they acted for
    if (session.party !== member.party)
      await changeSession(table, sessionHash(cookie), session, { party: member.party });
    c.set('visit', visit);
    if (c.req.method === 'POST') {
      if (!mayBeOurs(c, door)) throw new Rejected('forbidden');
      const form = await readForm(c);
      if (!isCsrfToken(cookie, form.get('csrf'), member.party)) {
        const drawnFor = visit.memberships.find(({ party }) => isCsrfToken(cookie, form.get('csrf'), party));
        return stalePage(c, {
          form,
          csrf: csrfToken(cookie, (drawnFor ?? member).party),
          ...(drawnFor && { drawnFor: partyNameIn(visit.language, drawnFor) }),
          as: `${member.name} · ${partyNameIn(visit.language, member)}`,
        });
      }
      c.set('form', form);
    }
    return next();
  };
}
