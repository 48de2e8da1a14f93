import { createHash } from 'node:crypto';
import type { Env, Hono } from 'hono';
import { favicon } from './baton.tsx';
import { copyScript } from './copy-script.ts';
import { stylesheet } from './styles/index.ts';

const assets = {
  'app.css': { type: 'text/css; charset=utf-8', body: stylesheet },
  'copy.js': { type: 'text/javascript; charset=utf-8', body: copyScript },
} as const;
type Asset = keyof typeof assets;

/** Eight characters that change whenever a file does, so that browsers may keep what they have for a year. */
const fingerprint = createHash('sha256')
  .update(
    Object.values(assets)
      .map((asset) => asset.body)
      .join(''),
  )
  .digest('hex')
  .slice(0, 8);

export function assetPath(name: Asset): string {
  return `/assets/${fingerprint}/${name}`;
}

const YEAR = 'public, max-age=31536000, immutable';
const DAY = 'public, max-age=86400';

/** Serves stylesheet, script and favicon. An old fingerprint gets today's file, but nobody keeps it. */
export function serveAssets<E extends Env>(app: Hono<E>): void {
  for (const [name, { type, body }] of Object.entries(assets)) {
    app.get(`/assets/:fingerprint/${name}`, (c) =>
      c.body(body, 200, {
        'content-type': type,
        'cache-control': c.req.param('fingerprint') === fingerprint ? YEAR : 'no-store',
      }),
    );
  }
  for (const path of ['/favicon.svg', '/favicon.ico']) {
    app.get(path, (c) => c.body(favicon, 200, { 'content-type': 'image/svg+xml', 'cache-control': DAY }));
  }
}
