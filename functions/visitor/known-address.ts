import type { MiddlewareHandler } from 'hono';
import { visitorAddress } from './address.ts';

declare module 'hono' {
  interface ContextVariableMap {
    /** where the request came from, as {@link visitorAddress} has it; for counting, never for logs */
    address: string;
  }
}

/**
 * Finds out where each request came from.
 * @param trustedProxies how many proxies stand between visitor and gateway
 */
export function knownAddress(trustedProxies = 0): MiddlewareHandler {
  return async (c, next) => {
    c.set('address', visitorAddress(c.env, c.req.header('x-forwarded-for'), trustedProxies));
    await next();
  };
}
