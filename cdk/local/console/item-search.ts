import { z } from 'zod';
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

/** The partitions of each table whose key has a text in it, with the way to their items. */
export async function itemsWith({ blueprint, services }: PageContext, text: string): Promise<Markup> {
  const tables = await Promise.all(
    blueprint.tables.map(async ({ name, logicalId, keySchema, attributes }) => {
      const key = keySchema.find(({ KeyType }) => KeyType === 'HASH')?.AttributeName ?? '';
      const type = attributes.find(({ AttributeName }) => AttributeName === key)?.AttributeType;
      const found = new Set<string>();
      let seen = 0;
      let ExclusiveStartKey: z.output<typeof page>['LastEvaluatedKey'];
      const until = performance.now() + PATIENCE_MS;
      do {
        const scan = {
          TableName: name,
          ProjectionExpression: '#key',
          FilterExpression: 'contains(#key, :text)',
          ExpressionAttributeNames: { '#key': key },
          ExpressionAttributeValues: { ':text': { S: text } },
          ...(ExclusiveStartKey !== undefined && { ExclusiveStartKey }),
        };
        if (type !== 'S') break;
        const read = page.parse(await services.tables.engine.call('DynamoDB_20120810.Scan', scan));
        for (const item of read.Items) found.add(String(item[key]?.S));
        seen += read.ScannedCount;
        ExclusiveStartKey = read.LastEvaluatedKey;
      } while (ExclusiveStartKey !== undefined && performance.now() < until);
      return { name, logicalId, found: [...found], seen, whole: ExclusiveStartKey === undefined };
    }),
  );
  return html`<h2>Items</h2>${tables.map(
    ({ name, logicalId, found, seen, whole }) => html`<p>${shortName(logicalId)}:
      ${found.length === 0 ? 'no key has it in it' : ''}${whole ? '' : ` (of the first ${seen} items: the table is too large to be read through here)`}</p>
      <ul>${found
        .slice(0, SHOWN)
        .map((key) => html`<li><a href="/_aws/tables/${name}?key=${encodeURIComponent(key)}">${key}</a></li>`)}</ul>`,
  )}`;
}
