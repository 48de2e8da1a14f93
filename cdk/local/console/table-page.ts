import { z } from 'zod';
import { ServiceError } from '../types.ts';
import { html, type Markup } from './html.ts';
import type { PageContext } from './index.ts';

const attributes = z.record(z.string(), z.record(z.string(), z.json()));
const answer = z.object({ Items: z.array(attributes), LastEvaluatedKey: attributes.optional() });

const PAGE = 25;

/** The items of a table, a page at a time; with `key`, those of one partition key in the order of their sort keys. */
export async function tablePage({ blueprint, services, query }: PageContext, name: string): Promise<Markup> {
  const table = blueprint.tables.find((each) => each.name === name);
  if (table === undefined) throw new ServiceError('ResourceNotFoundException', `There is no table ${name}.`, 404);
  const hash = table.keySchema.find((each) => each.KeyType === 'HASH')?.AttributeName ?? '';
  const type = table.attributes.find((each) => each.AttributeName === hash)?.AttributeType ?? 'S';
  const key = query.get('key') ?? '';
  const after = query.get('after');
  const input = {
    TableName: name,
    Limit: PAGE,
    ...(after !== null && { ExclusiveStartKey: attributes.parse(JSON.parse(after)) }),
    ...(key !== '' && {
      KeyConditionExpression: '#hash = :hash',
      ExpressionAttributeNames: { '#hash': hash },
      ExpressionAttributeValues: { ':hash': { [type]: key } },
    }),
  };
  const operation = key === '' ? 'Scan' : 'Query';
  const { Items, LastEvaluatedKey } = answer.parse(
    await services.tables.engine.call(`DynamoDB_20120810.${operation}`, input),
  );
  const keys = table.keySchema.map((each) => each.AttributeName);
  const more = new URLSearchParams({ key, after: JSON.stringify(LastEvaluatedKey) });
  return html`<h1>${name}</h1>
    <form><label>${hash} <input name="key" type="search" value="${key}"></label> <button>Show</button></form>
    ${key === '' ? '' : html`<p><a href="/_aws/search?name=${encodeURIComponent(key.replace(/^[^#]*#/, ''))}">What else has to do with it</a></p>`}
    ${Items.length === 0 ? html`<p>There are no such items.</p>` : ''}
    <table tabindex="0"><tr>${keys.map((each) => html`<th>${each}</th>`)}<th>Item</th></tr>${Items.map(
      (item) => html`<tr>${keys.map((each) => html`<td>${plain(item[each])}</td>`)}
        <td><details><summary>${Object.keys(item).length} attributes</summary><pre>${JSON.stringify(item, null, 2)}</pre></details></td></tr>`,
    )}</table>
    ${LastEvaluatedKey === undefined ? '' : html`<p><a href="?${more.toString()}">More</a></p>`}`;
}

function plain(value: z.output<typeof attributes>[string] | undefined): string {
  const [found] = Object.values(value ?? {});
  return typeof found === 'string' ? found : JSON.stringify(found ?? '');
}
