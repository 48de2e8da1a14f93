import { Hono } from 'hono';
import { methodNotAllowed } from 'hono/method-not-allowed';
import type { Hub } from '../../shared/cases/hub.ts';
import { Rejected } from '../../shared/domain/errors.ts';
import { knownAddress } from '../visitor/known-address.ts';
import { serveAssets } from '../web/assets.ts';
import { errorPages } from '../web/error-page.tsx';
import { rememberLanguage } from '../web/language.ts';
import { securityHeaders } from '../web/security-headers.ts';
import { serveForms } from './pages/apply.tsx';
import { findCase, homePage } from './pages/home.tsx';
import { privacyPage } from './pages/privacy.tsx';
import { programmePage, programmesPage } from './pages/programmes.tsx';
import { serveTracking } from './track/routes.tsx';

/** What the site rests on. */
export interface Site {
  readonly hub: Hub;
  /** where people reach the hub, without a slash at the end; left out, what the request came to */
  readonly publicUrl?: string | undefined;
  /** how many proxies before the gateway are trusted; left out, none */
  readonly trustedProxies?: number;
}

const robots = `User-agent: *
Disallow: /track
Disallow: /console
Disallow: /api
`;

/** The public site: what can be asked for, the forms, the programmes, and what a private link opens. */
export function createSite({ hub, publicUrl, trustedProxies }: Site): Hono {
  const app = new Hono();
  const refuse = errorPages();
  app.use(securityHeaders());
  app.use(knownAddress(trustedProxies));
  app.use(rememberLanguage());
  app.use(
    methodNotAllowed({
      app,
      onMethodNotAllowed: (c, methods) => {
        c.header('allow', methods.join(', '));
        return refuse(new Rejected('method-not-allowed'), c);
      },
    }),
  );
  serveAssets(app);
  app.get('/robots.txt', (c) => c.text(robots));
  app.get('/', (c) => homePage(c, hub));
  app.get('/programmes', (c) => programmesPage(c, hub));
  app.get('/programmes/:id', (c) => programmePage(c, hub));
  app.get('/privacy', privacyPage);
  serveForms(app, hub);
  app.get('/track', (c) => c.redirect('/#find', 303));
  app.post('/track', (c) => findCase(c, hub));
  serveTracking(app, hub, publicUrl);
  app.notFound((c) => refuse(new Rejected('not-found'), c));
  app.onError(refuse);
  return app;
}
