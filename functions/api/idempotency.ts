import { type Idempotency, replay } from '../../shared/cases/idempotency.ts';
import { Rejected } from '../../shared/domain/errors.ts';
import { ConditionFailed } from '../../shared/store/table.ts';
import type { Call } from './call.ts';

const KEY = /^[\x21-\x7e]{1,255}$/;

/**
 * The call's `Idempotency-Key`, if it has one.
 * @param request what must be the same when the key comes again
 * @throws {@link Rejected} `invalid` when it is longer than 255 characters, or has others than visible ones
 */
function onceOf(call: Call, scope: string, request: unknown): Idempotency | undefined {
  const key = call.request.headers.get('idempotency-key');
  if (key === null) return undefined;
  if (!KEY.test(key)) throw new Rejected('invalid', { fields: [{ pointer: '/Idempotency-Key', code: 'invalid' }] });
  return { scope, key, request: { path: new URL(call.request.url).pathname, request } };
}

/** What a key is kept under: the member in their party, the link, or everybody without either. */
function scopeOf({ acting, params }: Call): string {
  if (acting.type === 'member') return `member ${acting.member.id} ${acting.member.party}`;
  return params.secret === undefined ? 'public' : `link ${params.secret}`;
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
  const key = onceOf(call, scopeOf(call), request);
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
