import { createHash } from 'node:crypto';
import type { Context } from 'hono';
import { Rejected } from '../../shared/domain/errors.ts';
import { copyScript } from './copy-script.ts';
import { favicon } from './logo.tsx';
import { stylesheet } from './styles/index.ts';
import { uploadScript } from './upload-script.ts';

const assets = {
  'app.css': { type: 'text/css; charset=utf-8', body: stylesheet },
  'upload.js': { type: 'text/javascript; charset=utf-8', body: uploadScript },
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

function isAsset(name: string): name is Asset {
  return Object.hasOwn(assets, name);
}

/** Serves stylesheet and script. An old fingerprint gets today's file, but nobody keeps it. */
export function serveAsset(c: Context) {
  const name = c.req.param('name') ?? '';
  if (!isAsset(name)) throw new Rejected('not-found');
  const { type, body } = assets[name];
  const current = c.req.param('fingerprint') === fingerprint;
  return c.body(body, 200, { 'content-type': type, 'cache-control': current ? YEAR : 'no-store' });
}

export function serveFavicon(c: Context) {
  return c.body(favicon, 200, { 'content-type': 'image/svg+xml', 'cache-control': DAY });
}
