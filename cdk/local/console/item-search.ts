import { z } from 'zod';
import type { TableSpec } from '../template/blueprint.ts';
import { html, type Markup } from './html.ts';
import type { PageContext } from './index.ts';
import { shortName } from './names.ts';

const page = z.object({
  Items: z.array(z.record(z.string(), z.record(z.string(), z.json()))),
  ScannedCount: z.number(),
  LastEvaluatedKey: z.json().optional(),
});

/** A table is read from its beginning for so long: in a large one not all of it is seen. */
const PATIENCE_MS = 1_500;
const SHOWN = 20;

interface Found {
  readonly keys: readonly string[];
  /** How many items were looked at, and whether those were all. */
  readonly seen: number;
  readonly whole: boolean;
}

/** The partition keys of a table that have a text in them; of keys that are no texts, none. */
async function keysWith({ services }: PageContext, table: TableSpec, text: string): Promise<Found> {
  const key = table.keySchema.find(({ KeyType }) => KeyType === 'HASH')?.AttributeName ?? '';
  const type = table.attributes.find(({ AttributeName }) => AttributeName === key)?.AttributeType;
  if (type !== 'S') return { keys: [], seen: 0, whole: true };
  const found = new Set<string>();
  let seen = 0;
  let ExclusiveStartKey: z.output<typeof page>['LastEvaluatedKey'];
  const until = performance.now() + PATIENCE_MS;
  do {
    const scan = {
      TableName: table.name,
      ProjectionExpression: '#key',
      FilterExpression: 'contains(#key, :text)',
      ExpressionAttributeNames: { '#key': key },
      ExpressionAttributeValues: { ':text': { S: text } },
      ...(ExclusiveStartKey !== undefined && { ExclusiveStartKey }),
    };
    const read = page.parse(await services.tables.engine.call('DynamoDB_20120810.Scan', scan));
    for (const item of read.Items) found.add(String(item[key]?.S));
    seen += read.ScannedCount;
    ExclusiveStartKey = read.LastEvaluatedKey;
  } while (ExclusiveStartKey !== undefined && performance.now() < until);
  return { keys: [...found], seen, whole: ExclusiveStartKey === undefined };
}

/** The partitions of each table whose key has a text in it, with the way to their items. */
export async function itemsWith(context: PageContext, text: string): Promise<Markup> {
  const tables = await Promise.all(
    context.blueprint.tables.map(async (table) => ({ ...table, ...(await keysWith(context, table, text)) })),
  );
  return html`<h2>Items</h2>${tables.map(
    ({ name, logicalId, keys, seen, whole }) => html`<p>${shortName(logicalId)}:
      ${keys.length === 0 ? 'no key has it in it' : ''}${whole ? '' : ` (of the first ${seen} items: the table is too large to be read through here)`}</p>
      <ul>${keys
        .slice(0, SHOWN)
        .map((key) => html`<li><a href="/_aws/tables/${name}?key=${encodeURIComponent(key)}">${key}</a></li>`)}</ul>`,
  )}`;
}
