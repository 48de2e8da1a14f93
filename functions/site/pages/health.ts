import type { Context } from 'hono';
import { type HealthCode, tableHealth } from '../../../shared/store/health-codes.ts';
import type { Site } from '../app.tsx';

/** So long an answer is given again by this process, in milliseconds: whoever asks often costs nothing. */
const KEPT = 10_000;

const known = new WeakMap<Site, { readonly until: number; readonly codes: Promise<readonly HealthCode[]> }>();

/**
 * For whatever watches an installation: 200 where all is well, 503 with the codes of what is not (`table`, `sweep`, `mail`), and nothing
 * else. One server says more at the same address, see `cdk/cli/health.ts`. Cost: nine Queries of small items in ten seconds.
 */
export async function health(c: Context, site: Site) {
  let last = known.get(site);
  if (last === undefined || last.until < performance.now()) {
    last = { until: performance.now() + KEPT, codes: tableHealth(site.hub.table) };
    known.set(site, last);
  }
  const codes = await last.codes;
  c.header('cache-control', 'no-store');
  return c.json({ ok: codes.length === 0, codes }, codes.length === 0 ? 200 : 503);
}
