import { createHash } from 'node:crypto';
import * as z from 'zod';
import { ChainHead } from '../store/chains.ts';

/** What an anchor object holds: where some chains had come to. Nothing in it is personal. */
export const Anchor = z.object({ format: z.literal('jieli anchor 1'), heads: z.array(ChainHead).min(1) });
export type Anchor = z.infer<typeof Anchor>;

/** Under which all anchors lie. */
export const ANCHORS = 'anchors/';

/**
 * The object for some heads: the same heads give the same object, so that writing it again changes nothing. Keys sort by
 * time.
 */
export function anchorObject(heads: readonly ChainHead[]): { readonly key: string; readonly body: string } {
  const body = JSON.stringify(Anchor.parse({ format: 'jieli anchor 1', heads }));
  const at = heads.reduce((latest, head) => (head.at > latest ? head.at : latest), '');
  const name = createHash('sha256').update(body).digest('base64url').slice(0, 22);
  return { key: `${ANCHORS}${at.slice(0, 10)}/${at}-${name}.json`, body };
}
