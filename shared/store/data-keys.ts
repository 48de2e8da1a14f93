import { instant } from '../domain/time.ts';
import type { KeyService } from '../secrets/key-service.ts';
import { DATA_KEYS, keys } from './keys.ts';
import { batchDelete, ConditionFailed, get, put, queryAll, type Table, toItem, transact } from './table.ts';
import { StoredKey } from './vault.ts';

/** The data key in use, if the installation has one. Cost: one consistent read. */
export async function currentDataKey(table: Table): Promise<StoredKey | undefined> {
  const item = await get(table, keys.currentDataKey());
  return item && StoredKey.parse(item);
}

/**
 * Makes the data key after `before`, which all that is written from now on is sealed with; those before stay for what
 * they sealed. Processes that run take it within a minute. Of two that do so at once, one does. Cost: a call of the key
 * service and a transaction of two items.
 * @returns the id of the key that is in use then
 */
export async function rotateDataKey(table: Table, service: KeyService, before: StoredKey | undefined): Promise<string> {
  const id = String(Number(before?.id ?? 0) + 1);
  const stored = { entity: 'data-key', id, wrapped: await service.generate(id), since: instant(Date.now()) };
  const Put = {
    TableName: table.name,
    Item: toItem({ ...keys.currentDataKey(), ...stored }),
    ...(before
      ? { ConditionExpression: 'id = :before', ExpressionAttributeValues: toItem({ ':before': before.id }) }
      : { ConditionExpression: 'attribute_not_exists(pk)' }),
  };
  try {
    await transact(table, [put(table, { ...keys.dataKey(id), ...stored }, true), { Put }]);
    return id;
  } catch (error) {
    if (!(error instanceof ConditionFailed)) throw error;
    return (await currentDataKey(table))?.id ?? id;
  }
}

/**
 * Removes the data keys before `current`, for good: what is still sealed with one of them opens no more. To be called when
 * nothing is. Cost: a Query and a write a key.
 * @returns how many there were
 */
export async function retireDataKeys(table: Table, current: string): Promise<number> {
  const all = (await queryAll(table, DATA_KEYS, keys.dataKey('').sk)).map((item) => StoredKey.parse(item));
  const older = all.filter(({ id }) => Number(id) < Number(current));
  await batchDelete(
    table,
    older.map(({ id }) => keys.dataKey(id)),
  );
  return older.length;
}

/** How long a data key is used for what is written, in milliseconds. */
const USED = 90 * 86_400_000;

/**
 * Makes the installation's first data key, and the next one when the last is ninety days old.
 * Cost: one read, where nothing is due.
 * @returns the id of the new key, if one was made
 */
export async function ensureDataKey(table: Table, service: KeyService): Promise<string | undefined> {
  const current = await currentDataKey(table);
  if (current && Date.parse(current.since) + USED > Date.now()) return undefined;
  return rotateDataKey(table, service, current);
}
