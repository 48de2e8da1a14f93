import { type DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import * as z from 'zod';
import { classified } from '../aws/classified.ts';
import { Permanent, Retryable } from '../domain/errors.ts';
import type { KeyService } from '../secrets/key-service.ts';
import { type DataKey, type Sealed, seal, unseal } from '../secrets/seal.ts';
import { type Key, keys } from './keys.ts';

/** Seals what is personal in an item for its place in the table, and opens it there. */
export interface Vault {
  seal(place: Key, text: string): Promise<Sealed>;
  /** @throws {@link Permanent} when it was cut, changed, or sealed for another item or with another key */
  open(place: Key, sealed: unknown): Promise<string>;
}

/** How long it takes at most until a new data key is used, in milliseconds. */
export const LOOK_AGAIN = 60_000;

/** A data key as it lies in the table. */
export const StoredKey = z.object({ id: z.string().min(1), wrapped: z.instanceof(Uint8Array), since: z.string() });
export type StoredKey = z.infer<typeof StoredKey>;
const SealedItem = z.object({ key: z.string(), box: z.instanceof(Uint8Array) });

/**
 * What a seal is bound to. The table's name is not in it, since a table that was restored has another; every
 * installation has data keys of its own.
 */
function placeOf({ pk, sk }: Key): string {
  return JSON.stringify([pk, sk]);
}

/**
 * A vault whose data keys lie wrapped in the table. Cost: at the first use after a cold start one read and one call of
 * the key service, then one read a minute while something is sealed; another of both for each older key that is met.
 */
export function openVault(client: DynamoDBClient, table: string, service: KeyService): Vault {
  const unwrapped = new Map<string, Promise<DataKey>>();
  let current: { readonly key: Promise<DataKey>; readonly until: number } | undefined;

  const stored = async (place: Key) => {
    const read = new GetItemCommand({ TableName: table, Key: marshall(place), ConsistentRead: true });
    const { Item } = await client.send(read).catch((error: unknown) => Promise.reject(classified(error)));
    return Item && StoredKey.parse(unmarshall(Item));
  };

  const unwrap = (id: string, wrapped: () => Promise<Uint8Array>): Promise<DataKey> => {
    const before = unwrapped.get(id);
    if (before) return before;
    const key = wrapped().then(async (bytes) => ({ id, key: await service.unwrap(id, bytes) }));
    unwrapped.set(id, key);
    key.catch(() => unwrapped.delete(id));
    return key;
  };

  const latest = async (): Promise<DataKey> => {
    const found = await stored(keys.currentDataKey());
    if (!found) throw new Retryable('the installation has no data key yet');
    return unwrap(found.id, async () => found.wrapped);
  };

  const named = (id: string): Promise<DataKey> =>
    unwrap(id, async () => {
      const found = await stored(keys.dataKey(id));
      if (!found) throw new Permanent(`there is no data key ${id}`);
      return found.wrapped;
    });

  return {
    async seal(place, text) {
      const now = Date.now();
      if (!current || current.until <= now) {
        const key = latest();
        current = { key, until: now + LOOK_AGAIN };
        key.catch(() => {
          current = undefined;
        });
      }
      return seal(await current.key, placeOf(place), text);
    },
    async open(place, item) {
      const sealed = SealedItem.safeParse(item);
      if (!sealed.success) throw new Permanent(`what is sealed in ${place.pk} ${place.sk} is none`);
      const key = await named(sealed.data.key);
      try {
        return await unseal(key, placeOf(place), sealed.data.box);
      } catch (error) {
        throw new Permanent(`what is sealed in ${place.pk} ${place.sk} does not open`, { cause: error });
      }
    },
  };
}
