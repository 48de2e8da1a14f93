import { assertMayEver } from '../../shared/answering/acting.ts';
import type { Action } from '../../shared/domain/permissions.ts';
import { readOnly } from '../../shared/store/table.ts';
import type { Form } from '../web/read-form.ts';
import type { ConsoleApp, ConsoleContext, Door } from './door.ts';

/** A page or a form of the console: where it is, what must be permitted for it, and what answers. */
export interface Route {
  readonly method: 'get' | 'post';
  readonly path: `/console${string}`;
  /** checked before `handle`; what it is done to, `handle` finds out and checks */
  readonly action: Action;
  readonly handle: (c: ConsoleContext, door: Door) => Response | Promise<Response>;
}

/** The door of a form: where it only comes again in the other language nothing is done through it. */
export function doorFor(form: Form, door: Door): Door {
  if (form.get('redraw') === '') return door;
  return { ...door, hub: { ...door.hub, table: readOnly(door.hub.table) } };
}

/** Opens routes to whoever is signed in and has the action in some relation. */
export function serveMembers(app: ConsoleApp, door: Door, routes: readonly Route[]): void {
  for (const { method, path, action, handle } of routes) {
    app.on(method.toUpperCase(), path, (c) => {
      assertMayEver(c.get('visit').acting, action);
      return handle(c, method === 'post' ? doorFor(c.get('form'), door) : door);
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
