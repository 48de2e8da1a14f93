import type { Context, Hono } from 'hono';
import { assertMay } from '../../shared/answering/acting.ts';
import type { Action } from '../../shared/domain/permissions.ts';
import type { Site } from './app.tsx';
import { hubToShow } from './hub-shown.ts';
import { applicantOf } from './track/acting.ts';
import { type Opened, openRequest } from './track/opened.ts';

interface Place {
  readonly method: 'get' | 'post';
  readonly path: `/${string}`;
  /** what must be permitted for it */
  readonly action: Action;
}

/** A page or form for everybody. */
export interface OpenRoute extends Place {
  readonly handle: (c: Context, site: Site) => Response | Promise<Response>;
}

/** A page or form behind a private link, for whose holder the case is `own`. */
export interface LinkRoute extends Place {
  readonly path: `/track/:secret${string}`;
  readonly handle: (opened: Opened, site: Site) => Response | Promise<Response>;
}

export function serveEverybody(app: Hono, site: Site, routes: readonly OpenRoute[]): void {
  for (const { method, path, action, handle } of routes) {
    app.on(method.toUpperCase(), path, (c) => {
      assertMay({ type: 'public' }, action);
      return handle(c, site);
    });
  }
}

/** Opens the link and asks whether its holder may do this with its case, before anything of the request is read. */
export function serveLinks(app: Hono, site: Site, routes: readonly LinkRoute[]): void {
  for (const { method, path, action, handle } of routes) {
    app.on(method.toUpperCase(), path, async (c) => {
      const opened = await openRequest(c, site.hub);
      const { subject } = opened.file;
      assertMay(applicantOf(subject), action, subject);
      c.set('hubShown', await hubToShow(site.hub.table, subject.hub));
      return handle(opened, site);
    });
  }
}
