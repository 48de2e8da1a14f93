import type { Authorizer } from '../iam/authorizer.ts';
import type { Caller } from '../iam/caller.ts';
import type { KeySpec } from '../template/blueprint.ts';
import { ServiceError } from '../types.ts';
import { invalid } from './sealed.ts';

type Context = Readonly<Record<string, string | readonly string[]>>;

/** Finds keys, and decides whether a caller may use them. */
export interface KeyUse {
  /** The key that an id, an ARN or an alias names. Throws NotFoundException. */
  find(reference: string): { readonly key: KeySpec; readonly alias: string | undefined };
  /** Requires leave for an operation on a key that is enabled, and gives the key back. */
  use(caller: Caller, operation: string, reference: string, context?: Context): Promise<KeySpec>;
  /** The same for the key that closed a ciphertext: who has no leave learns no more than that. */
  useClosed(caller: Caller, operation: string, keyId: string, context: Context): Promise<KeySpec>;
}

/** What of a key its operations need: it is looked up and judged in one place. */
export function createKeyUse(keys: readonly KeySpec[], authorizer: Authorizer): KeyUse {
  const find: KeyUse['find'] = (reference) => {
    const alias = /(?:^|:)(alias\/.+)$/.exec(reference)?.[1];
    const id = /(?:^|:key\/)([^/:]+)$/.exec(reference)?.[1];
    const key = keys.find((each) => (alias === undefined ? each.id === id : each.aliases.includes(alias)));
    if (key !== undefined) return { key, alias };
    const prefix = keys[0]?.arn.replace(/key\/.*/, '') ?? '';
    throw new ServiceError(
      'NotFoundException',
      alias === undefined
        ? `Key '${reference.startsWith('arn:') ? reference : `${prefix}key/${reference}`}' does not exist`
        : `Alias ${reference.startsWith('arn:') ? reference : `${prefix}${reference}`} is not found.`,
    );
  };

  const requireEnabled = (key: KeySpec): KeySpec => {
    if (!key.enabled) throw new ServiceError('DisabledException', `${key.arn} is disabled.`);
    return key;
  };

  return {
    find,
    async use(caller, operation, reference, context = {}) {
      const { key, alias } = find(reference);
      const named = alias === undefined ? context : { ...context, 'kms:RequestAlias': alias };
      authorizer.require(caller, { action: `kms:${operation}`, resource: key.arn, context: named });
      return requireEnabled(key);
    },
    async useClosed(caller, operation, keyId, context) {
      const key = keys.find(({ id }) => id === keyId);
      if (key === undefined) throw invalid();
      const access = { action: `kms:${operation}`, resource: key.arn, context };
      authorizer.require(caller, access, 'the resource associated with this ciphertext');
      return requireEnabled(key);
    },
  };
}
