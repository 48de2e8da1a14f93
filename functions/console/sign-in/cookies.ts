import type { Context } from 'hono';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import { ofThisHost } from '../../visitor/session-cookie.ts';
import { isHttps } from '../../web/security-headers.ts';

/** How long signing in may take, in seconds. */
export const ATTEMPT_SECONDS = 600;
/** How long a session lasts at most, in seconds. */
export const SESSION_SECONDS = 12 * 3600;

function attributes(c: Context, maxAge: number) {
  return { path: '/', httpOnly: true, secure: isHttps(c), sameSite: 'Lax', maxAge } as const;
}

export function setSessionCookie(c: Context, value: string): void {
  setCookie(c, ofThisHost(c, 'jieli-session'), value, attributes(c, SESSION_SECONDS));
}

export function dropSessionCookie(c: Context): void {
  deleteCookie(c, ofThisHost(c, 'jieli-session'), attributes(c, 0));
}

/** Two windows may sign in at once: each attempt has a cookie of its own. */
function attemptName(c: Context, state: string): string {
  return ofThisHost(c, `jieli-sign-in-${state.replace(/[^A-Za-z0-9]/g, '').slice(0, 12)}`);
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
