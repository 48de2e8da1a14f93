import type { IncomingMessage } from 'node:http';

/** Headers that say one thing: of two, one server takes the first and another the last (RFC 9110 section 5.3). */
const SINGLE = ['host', 'authorization', 'content-type', 'content-encoding', 'origin', 'expect'];
const HOST = /^([a-z0-9._~-]+|\[[0-9a-f:.]+\])(:\d{1,5})?$/i;
const ABSOLUTE = /^[a-z][a-z0-9+.-]*:\/\/([^/?#]*)/i;

function times(request: IncomingMessage, name: string): number {
  return request.rawHeaders.filter((text, index) => index % 2 === 0 && text.toLowerCase() === name).length;
}

/**
 * Whether two servers could read the request differently: a header twice that says one thing, a host that is none or is not
 * the one in the request line, a transfer coding besides chunks. RFC 9112 (3.2, 6.1) wants such a request refused with 400;
 * lengths that contradict each other, Node's parser refuses.
 */
export function isAmbiguous(request: IncomingMessage): boolean {
  const { host, 'transfer-encoding': coding } = request.headers;
  if (SINGLE.some((name) => times(request, name) > 1)) return true;
  if (host !== undefined && !HOST.test(host)) return true;
  const authority = ABSOLUTE.exec(request.url ?? '')?.[1];
  if (authority !== undefined && authority.toLowerCase() !== host?.toLowerCase()) return true;
  return coding !== undefined && coding.trim().toLowerCase() !== 'chunked';
}
