import type { Context } from 'hono';
import { getCookie } from 'hono/cookie';
import { isHttps } from '../web/security-headers.ts';

/** The `__Host-` prefix ties a cookie to this very host; browsers refuse it without HTTPS, so localhost goes without. */
export function ofThisHost(c: Context, name: string): string {
  return isHttps(c) ? `__Host-${name}` : name;
}

/** The cookie of a session of the console, which every door of this host is sent. */
export function sessionCookie(c: Context): string | undefined {
  const value = getCookie(c, ofThisHost(c, 'jieli-session'));
  return value && /^[A-Za-z0-9_-]{43}$/.test(value) ? value : undefined;
}
