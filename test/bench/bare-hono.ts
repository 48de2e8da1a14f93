/** What is left of a function when everything of ours is taken away: Hono, a table client and one route that reads. */
import { DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import { Hono } from 'hono';
import { handle } from 'hono/aws-lambda';

const client = new DynamoDBClient({});
const app = new Hono();

app.get('/:id', async (context) => {
  const Key = { pk: { S: `CASE#${context.req.param('id')}` }, sk: { S: 'CASE' } };
  const { Item } = await client.send(new GetItemCommand({ TableName: process.env.TABLE_NAME, Key }));
  return context.json({ found: Item !== undefined });
});

export const handler = handle(app);
