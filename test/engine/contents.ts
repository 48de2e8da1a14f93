import { ScanCommand, type ScanCommandOutput } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { Item, Table } from '../../shared/store/table.ts';

/** {@link contentsOf} without the counts of who knocked how often: what a refused request must leave as it was. */
export async function storedIn(table: Table): Promise<Item[]> {
  return (await contentsOf(table)).filter(({ entity }) => entity !== 'limit');
}

/** Everything that is in a table, in the order of its keys. Only tests read like this. */
export async function contentsOf({ client, name }: Table): Promise<Item[]> {
  const items: Item[] = [];
  let last: ScanCommandOutput['LastEvaluatedKey'];
  do {
    const page: ScanCommandOutput = await client.send(
      new ScanCommand({ TableName: name, ConsistentRead: true, ...(last && { ExclusiveStartKey: last }) }),
    );
    items.push(...(page.Items ?? []).map((item) => unmarshall(item)));
    last = page.LastEvaluatedKey;
  } while (last);
  const key = ({ pk, sk }: Item) => `${pk} ${sk}`;
  return items.sort((a, b) => (key(a) < key(b) ? -1 : 1));
}
