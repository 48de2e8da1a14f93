import { createHash } from 'node:crypto';
import type { ConsoleContext } from './door.ts';
import { styles } from './styles.ts';

const body = styles.replace(/^\s+/gm, '');
const fingerprint = createHash('sha256').update(body).digest('hex').slice(0, 8);

/** What the console looks like beyond the common stylesheet; the name changes whenever it does. */
export const stylesheetPath = `/console/assets/${fingerprint}/console.css`;

export const stylesheetRoute = '/console/assets/:fingerprint/console.css';

export function serveStylesheet(c: ConsoleContext) {
  return c.body(body, 200, {
    'content-type': 'text/css; charset=utf-8',
    'cache-control': c.req.param('fingerprint') === fingerprint ? 'public, max-age=31536000, immutable' : 'no-store',
  });
}
