import type { ConsoleContext, Door } from '../door.ts';

/** What browsers say of a form that a page of this host sent, or of an address that somebody typed. */
const OURS = new Set(['same-origin', 'none']);

/**
 * Whether a form may come from a page of ours: a second wall behind the form's token. Browsers of today say it in
 * `Sec-Fetch-Site`; of older ones `Origin` is looked at. `null` says nothing: our pages pass on no referrer. Who sends neither
 * has the token alone.
 */
export function mayBeOurs(c: ConsoleContext, { publicUrl }: Pick<Door, 'publicUrl'>): boolean {
  const site = c.req.header('sec-fetch-site');
  if (site !== undefined) return OURS.has(site);
  const origin = c.req.header('origin');
  if (origin === undefined || origin === 'null') return true;
  return URL.parse(origin)?.host === new URL(publicUrl ?? c.req.url).host;
}
