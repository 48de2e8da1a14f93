import { assertMayEver } from '../../shared/answering/acting.ts';
import type { Action } from '../../shared/domain/permissions.ts';
import { readOnly } from '../../shared/store/table.ts';
import type { Form } from '../web/read-form.ts';
import type { ConsoleApp, ConsoleContext, Door } from './door.ts';

/** What answers at a place. */
export type Handle = (c: ConsoleContext, door: Door) => Response | Promise<Response>;

/** A place of the console: its path, what must be permitted there, and what answers. */
export interface PathRoutes {
  readonly path: `/console${string}`;
  /** checked before the answer; what it is done to, `get` and `post` find out and check */
  readonly action: Action;
  /** its page or file */
  readonly get?: Handle;
  /** its form */
  readonly post?: Handle;
}

/** A page, a file or a form of the console. */
export interface Route extends Pick<PathRoutes, 'path' | 'action'> {
  readonly method: 'get' | 'post';
  readonly handle: Handle;
}

/** What answers at the places. */
export function routesOf(places: readonly PathRoutes[]): Route[] {
  return places.flatMap(({ path, action, get, post }) => [
    ...(get ? [{ method: 'get', path, action, handle: get } as const] : []),
    ...(post ? [{ method: 'post', path, action, handle: post } as const] : []),
  ]);
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
