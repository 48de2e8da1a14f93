import type { CorsDefinition } from './definition.ts';

/** `*`, an origin as it stands, or one with a star in it. */
function allows(pattern: string, origin: string): boolean {
  if (pattern === '*' || pattern.toLowerCase() === origin.toLowerCase()) return true;
  const [before, after] = pattern.toLowerCase().split('*');
  if (before === undefined || after === undefined) return false;
  const given = origin.toLowerCase();
  return given.length > before.length + after.length && given.startsWith(before) && given.endsWith(after);
}

/**
 * The headers that a CORS configuration adds for a request from `origin`; none for an origin that it does not allow.
 * A preflight gets the methods, headers and age beside.
 */
export function corsHeaders(
  cors: CorsDefinition,
  origin: string | undefined,
  preflight: boolean,
): Record<string, string> {
  const {
    allowOrigins = [],
    allowMethods = [],
    allowHeaders = [],
    exposeHeaders = [],
    allowCredentials,
    maxAge,
  } = cors;
  if (origin === undefined || !allowOrigins.some((pattern) => allows(pattern, origin))) return {};
  const anyone = allowOrigins.includes('*') && allowCredentials !== true;
  return {
    'access-control-allow-origin': anyone ? '*' : origin,
    ...(allowCredentials === true ? { 'access-control-allow-credentials': 'true' } : {}),
    ...(exposeHeaders.length === 0 ? {} : { 'access-control-expose-headers': exposeHeaders.join(',') }),
    ...(preflight && allowMethods.length > 0 ? { 'access-control-allow-methods': allowMethods.join(',') } : {}),
    ...(preflight && allowHeaders.length > 0 ? { 'access-control-allow-headers': allowHeaders.join(',') } : {}),
    ...(preflight && maxAge !== undefined ? { 'access-control-max-age': String(maxAge) } : {}),
  };
}

/** With a CORS configuration the function's own CORS headers are ignored. */
export const withoutCorsHeaders = (headers: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => !name.startsWith('access-control-')));
