import * as z from 'zod';

/** The part of an HTTP API's event that says who connected to it. */
const Connected = z.object({
  requestContext: z.object({ http: z.object({ sourceIp: z.string() }) }),
});

/** What a visitor's address is when nobody says it: all such visitors are counted as one. */
const UNKNOWN = 'unknown';

/**
 * The address a request came from. Without a trusted proxy it is the one that connected to the gateway. Each trusted
 * proxy added, at the right end of `X-Forwarded-For`, the address that connected to it: with one proxy the last entry
 * is the visitor, with two the one before. What stands further left was sent by the visitor and is never believed.
 * @param event the function's environment as Hono has it: the gateway's event is in it
 * @param forwarded the header `X-Forwarded-For`, to whose end the gateway adds who connected to it
 * @param trustedProxies how many proxies stand between visitor and gateway
 */
export function visitorAddress(event: unknown, forwarded: string | undefined, trustedProxies: number): string {
  const connected = Connected.safeParse(event).data?.requestContext.http.sourceIp;
  const entries = (forwarded ?? '')
    .split(',')
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '');
  if (connected === undefined) return UNKNOWN;
  if (entries.at(-1) === connected) entries.pop();
  const hops = [...entries, connected];
  return hops[Math.max(0, hops.length - 1 - trustedProxies)] ?? UNKNOWN;
}
