import type { Context, MiddlewareHandler } from 'hono';

/** Where else a form's answer may lead, for the sign-in of staff: the issuer's origin. */
interface SecurityOptions {
  readonly formAction?: readonly string[];
}

/** Whether the reader came by HTTPS, as the platform or a proxy before it says. */
export function isHttps(c: Context): boolean {
  return (c.req.header('x-forwarded-proto') ?? new URL(c.req.url).protocol.replace(':', '')) === 'https';
}

/** What is said of every answer of every function, whatever it is. */
export const fixedHeaders: Readonly<Record<string, string>> = {
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy':
    'camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()',
};

/**
 * What a browser is told about every page: nothing inline runs or styles, nothing comes from elsewhere, nobody frames
 * it, and no address of a page is passed on, because a private link is one.
 */
export function securityHeaders(options: SecurityOptions = {}): MiddlewareHandler {
  const policy = [
    "default-src 'none'",
    "style-src 'self'",
    "script-src 'self'",
    "img-src 'self'",
    `form-action ${["'self'", ...(options.formAction ?? [])].join(' ')}`,
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
  return async (c, next) => {
    await next();
    c.header('content-security-policy', policy);
    for (const [name, value] of Object.entries(fixedHeaders)) c.header(name, value);
    if (isHttps(c)) c.header('strict-transport-security', 'max-age=31536000; includeSubDomains');
    if (!c.res.headers.has('cache-control')) c.header('cache-control', 'private, no-cache');
  };
}
