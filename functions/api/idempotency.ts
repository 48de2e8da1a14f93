import { createHmac } from 'node:crypto';
import * as z from 'zod';
import { Rejected } from '../../shared/domain/errors.ts';
import { networkOf } from '../../shared/secrets/address-hash.ts';
import { deriveKey } from '../../shared/secrets/derive-key.ts';
import { type Idempotency, remembering, replay } from '../../shared/store/idempotency.ts';
import { ConditionFailed, transact } from '../../shared/store/table.ts';
import type { Call } from './call.ts';

const KEY = /^[\x21-\x7e]{1,255}$/;

/**
 * The call's `Idempotency-Key`, if it has one.
 * @param request what must be the same when the key comes again
 * @throws {@link Rejected} `invalid` when it is longer than 255 characters, or has others than visible ones
 */
async function onceOf(call: Call, scope: string, request: unknown): Promise<Idempotency | undefined> {
  const key = call.request.headers.get('idempotency-key');
  if (key === null) return undefined;
  if (!KEY.test(key)) throw new Rejected('invalid', { fields: [{ pointer: '/Idempotency-Key', code: 'invalid' }] });
  // what is kept must not tell whoever guesses a telephone or an identity number that it was sent
  const secret = await deriveKey(call.hub.macKeyId, 'lookup');
  const sent = createHmac('sha256', secret)
    .update(`request ${JSON.stringify([request])}`)
    .digest('base64url');
  return { scope, key, request: { path: new URL(call.request.url).pathname, sent } };
}

/** Whom a request without a token is about: two strangers who use the same key do not say the same of themselves. */
const About = z.object({ contact: z.unknown(), email: z.unknown() }).partial().catch({});

/**
 * What a key is kept under: the member in their party, the link, or, without either, where the request came from and whom it
 * says to ask. So nobody gets what a stranger's key made, nor is stopped by it.
 */
async function scopeOf({ acting, params, address, hub }: Call, request: unknown): Promise<string> {
  if (acting.type === 'member') return `member ${acting.member.id} ${acting.member.party}`;
  if (params.secret !== undefined) return `link ${params.secret}`;
  const { contact, email } = About.parse(request);
  const who = createHmac('sha256', await deriveKey(hub.macKeyId, 'lookup'))
    .update(`public ${networkOf(address)} ${JSON.stringify([contact, email])}`)
    .digest('base64url');
  return `public ${who}`;
}

/**
 * Carries a request out, once for each key: a second time, also at the same time, gives what the first one made.
 * @param work does it and remembers the key in the same transaction
 * @param again the answer from what was remembered
 */
export async function once<T>(
  call: Call,
  request: unknown,
  work: (once: Idempotency | undefined) => Promise<T>,
  again: (result: string) => Promise<T>,
): Promise<T> {
  const key = await onceOf(call, await scopeOf(call, request), request);
  const done = await replay(call.hub.table, key);
  if (done !== undefined) return again(done);
  try {
    return await work(key);
  } catch (error) {
    // the same request came twice at once, and the other one was first
    const late = error instanceof Rejected || error instanceof ConditionFailed;
    const first = key && late ? await replay(call.hub.table, key) : undefined;
    if (first === undefined) throw error;
    return again(first);
  }
}

/** Remembers a key by itself, for work that repeating does not do twice. */
export async function remember(call: Call, key: Idempotency | undefined, result: string): Promise<void> {
  const writes = remembering(call.hub.table, key, result);
  if (writes.length > 0) await transact(call.hub.table, writes);
}
