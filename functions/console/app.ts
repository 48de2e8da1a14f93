import { Hono } from 'hono';
import { Rejected } from '../../shared/domain/errors.ts';
import { knownAddress } from '../visitor/known-address.ts';
import { errorPages } from '../web/error-page.tsx';
import { inTime } from '../web/in-time.ts';
import { rememberLanguage } from '../web/language.ts';
import { securityHeaders } from '../web/security-headers.ts';
import { areaList, memberRoutes, openRoutes } from './areas.ts';
import type { ConsoleApp, ConsoleEnvironment, Door } from './door.ts';
import { errorFrame } from './frame.tsx';
import { serveEverybody, serveMembers } from './route.ts';
import { signedIn } from './sign-in/guard.tsx';

/**
 * The console of those who decide.
 * @param issuerOrigin where the sign-out form may lead: the issuer's scheme, host and port
 */
export function createConsole(door: Door, issuerOrigin: string): ConsoleApp {
  const app: ConsoleApp = new Hono<ConsoleEnvironment>();
  app.use(securityHeaders({ formAction: [issuerOrigin, door.incoming.url] }));
  app.use(knownAddress(door.trustedProxies));
  app.use(rememberLanguage());
  app.use(inTime());
  app.use((c, next) => {
    c.set('areas', areaList);
    return next();
  });
  app.onError(errorPages({ home: '/console', page: errorFrame }));
  app.notFound(() => {
    throw new Rejected('not-found');
  });
  serveEverybody(app, door, openRoutes);
  app.use('/console/*', signedIn(door));
  serveMembers(app, door, memberRoutes);
  return app;
}
