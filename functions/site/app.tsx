import { Hono } from 'hono';
import { methodNotAllowed } from 'hono/method-not-allowed';
import { Rejected } from '../../shared/domain/errors.ts';
import type { Hub } from '../../shared/store/hub.ts';
import type { Incoming } from '../incoming/incoming.ts';
import { knownAddress } from '../visitor/known-address.ts';
import { errorPages } from '../web/error-page.tsx';
import { inTime } from '../web/in-time.ts';
import { rememberLanguage } from '../web/language.ts';
import { securityHeaders } from '../web/security-headers.ts';
import { showHub } from './hub-shown.ts';
import { SitePage } from './layout.tsx';
import { serveEverybody, serveLinks } from './route.ts';
import { linkRoutes, openRoutes } from './routes.ts';
import { revokedPage } from './track/again.tsx';

/** What the site rests on. */
export interface Site {
  readonly hub: Hub;
  /** files that people give */
  readonly incoming: Incoming;
  /** where people reach the hub, without a slash at the end; left out, what the request came to */
  readonly publicUrl?: string | undefined;
  /** how many proxies before the gateway are trusted; left out, none */
  readonly trustedProxies?: number;
}

/** The public site: what can be asked for, the forms, the programmes, and what a private link opens. */
export function createSite(site: Site): Hono {
  const app = new Hono();
  const refuse = errorPages({ page: (c, said) => <SitePage c={c} {...said} /> });
  app.use(securityHeaders({ formAction: [site.incoming.url] }));
  app.use(knownAddress(site.trustedProxies));
  app.use(rememberLanguage());
  app.use(inTime());
  app.use(showHub(site));
  app.use(
    methodNotAllowed({
      app,
      onMethodNotAllowed: (c, methods) => {
        c.header('allow', methods.join(', '));
        return refuse(new Rejected('method-not-allowed'), c);
      },
    }),
  );
  // pages behind a private link are kept by nobody: not by caches, not by search engines
  app.use('/track/*', async (c, next) => {
    await next();
    c.header('cache-control', 'private, no-store');
    c.header('x-robots-tag', 'noindex, nofollow');
  });
  serveEverybody(app, site, openRoutes);
  serveLinks(app, site, linkRoutes);
  app.notFound((c) => refuse(new Rejected('not-found'), c));
  app.onError((error, c) =>
    error instanceof Rejected && error.code === 'link-revoked' ? revokedPage(c) : refuse(error, c),
  );
  return app;
}
