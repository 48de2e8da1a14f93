import { ScanCommand, type ScanCommandOutput } from '@aws-sdk/client-dynamodb';
import { type Item, openItem, type Table } from '../../shared/store/table.ts';

/** Says of a request that somebody came, and what they looked at: kept whether or not it was refused. */
export const isRecord = ({ entity }: Item) => entity === 'limit' || String(entity).startsWith('trace');

/** {@link contentsOf} without counts of knocks and traces of views: what a refused request must leave as it was. */
export async function storedIn(table: Table): Promise<Item[]> {
  return (await contentsOf(table)).filter((item) => !isRecord(item));
}

/** Everything that is in a table, in the order of its keys. Only tests read like this. */
export async function contentsOf(table: Table): Promise<Item[]> {
  const { client, name } = table;
  const items: Item[] = [];
  let last: ScanCommandOutput['LastEvaluatedKey'];
  do {
    const page: ScanCommandOutput = await client.send(
      new ScanCommand({ TableName: name, ConsistentRead: true, ...(last && { ExclusiveStartKey: last }) }),
    );
    items.push(...(await Promise.all((page.Items ?? []).map((item) => openItem(table, item)))));
    last = page.LastEvaluatedKey;
  } while (last);
  const key = ({ pk, sk }: Item) => `${pk} ${sk}`;
  return items.sort((a, b) => (key(a) < key(b) ? -1 : 1));
}
