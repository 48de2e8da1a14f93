import { Hono } from 'hono';
import { Rejected } from '../../shared/domain/errors.ts';
import { knownAddress } from '../visitor/known-address.ts';
import { errorPages } from '../web/error-page.tsx';
import { rememberLanguage } from '../web/language.ts';
import { securityHeaders } from '../web/security-headers.ts';
import { batchRoutes } from './catalogue/batch.tsx';
import { offerRoutes } from './catalogue/offers.tsx';
import { programmeRoutes } from './catalogue/programmes.tsx';
import { caseRoutes } from './decide/decide-route.ts';
import type { ConsoleApp, ConsoleEnvironment, Door } from './door.ts';
import { entryRoutes } from './entry/routes.tsx';
import { importRoutes } from './import-needs/routes.tsx';
import { caseListRoutes } from './lists/cases.tsx';
import { inboxRoutes } from './lists/inbox.tsx';
import { signedIn } from './sign-in/guard.tsx';
import { signInRoutes, switchRoute } from './sign-in/routes.ts';
import { serveStylesheet } from './stylesheet.ts';

/**
 * The console of those who decide.
 * @param issuerOrigin where the sign-out form may lead: the issuer's scheme, host and port
 */
export function createConsole(door: Door, issuerOrigin: string): ConsoleApp {
  const app: ConsoleApp = new Hono<ConsoleEnvironment>();
  app.use(securityHeaders({ formAction: [issuerOrigin] }));
  app.use(knownAddress(door.trustedProxies));
  app.use(rememberLanguage());
  app.onError(errorPages({ home: '/console' }));
  app.notFound(() => {
    throw new Rejected('not-found');
  });
  serveStylesheet(app);
  signInRoutes(app, door);
  app.use('/console/*', signedIn(door));
  switchRoute(app, door);
  inboxRoutes(app, door);
  caseListRoutes(app, door);
  caseRoutes(app, door);
  programmeRoutes(app, door);
  offerRoutes(app, door);
  batchRoutes(app, door);
  importRoutes(app, door);
  entryRoutes(app, door);
  return app;
}
