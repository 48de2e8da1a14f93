import type { Context } from 'hono';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import { isHttps } from '../../web/security-headers.ts';

/** How long signing in may take, in seconds. */
export const ATTEMPT_SECONDS = 600;
/** How long a session lasts at most, in seconds. */
export const SESSION_SECONDS = 12 * 3600;

/** The `__Host-` prefix ties a cookie to this very host; browsers refuse it without HTTPS, so localhost goes without. */
function named(c: Context, name: string): string {
  return isHttps(c) ? `__Host-${name}` : name;
}

function attributes(c: Context, maxAge: number) {
  return { path: '/', httpOnly: true, secure: isHttps(c), sameSite: 'Lax', maxAge } as const;
}

export function sessionCookie(c: Context): string | undefined {
  const value = getCookie(c, named(c, 'jieli-session'));
  return value && /^[A-Za-z0-9_-]{43}$/.test(value) ? value : undefined;
}

export function setSessionCookie(c: Context, value: string): void {
  setCookie(c, named(c, 'jieli-session'), value, attributes(c, SESSION_SECONDS));
}

export function dropSessionCookie(c: Context): void {
  deleteCookie(c, named(c, 'jieli-session'), attributes(c, 0));
}

/** Two windows may sign in at once: each attempt has a cookie of its own. */
function attemptName(c: Context, state: string): string {
  return named(c, `jieli-sign-in-${state.replace(/[^A-Za-z0-9]/g, '').slice(0, 12)}`);
}

export function attemptCookie(c: Context, state: string): string | undefined {
  return getCookie(c, attemptName(c, state));
}

export function setAttemptCookie(c: Context, state: string, value: string): void {
  setCookie(c, attemptName(c, state), value, attributes(c, ATTEMPT_SECONDS));
}

export function dropAttemptCookie(c: Context, state: string): void {
  deleteCookie(c, attemptName(c, state), attributes(c, 0));
}
