import { assertMayEver } from '../../shared/cases/acting.ts';
import type { Action } from '../../shared/domain/permissions.ts';
import type { ConsoleApp, ConsoleContext, Door } from './door.ts';

/** A page or a form of the console: where it is, what must be permitted for it, and what answers. */
export interface Route {
  readonly method: 'get' | 'post';
  readonly path: `/console${string}`;
  /** checked before `handle`; what it is done to, `handle` finds out and checks */
  readonly action: Action;
  readonly handle: (c: ConsoleContext, door: Door) => Response | Promise<Response>;
}

/** Opens routes to whoever is signed in and has the action in some relation. */
export function serveMembers(app: ConsoleApp, door: Door, routes: readonly Route[]): void {
  for (const { method, path, action, handle } of routes) {
    app.on(method.toUpperCase(), path, (c) => {
      assertMayEver(c.get('visit').acting, action);
      return handle(c, door);
    });
  }
}

/** Opens routes to everybody. */
export function serveEverybody(app: ConsoleApp, door: Door, routes: readonly Route[]): void {
  for (const { method, path, action, handle } of routes) {
    app.on(method.toUpperCase(), path, (c) => {
      assertMayEver({ type: 'public' }, action);
      return handle(c, door);
    });
  }
}
