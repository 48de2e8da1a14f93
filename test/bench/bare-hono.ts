import { DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import { Hono } from 'hono';
import { handle } from 'hono/aws-lambda';
const client = new DynamoDBClient({});
const app = new Hono();
app.get('/:id', async (context) => { const { Item } = await client.send(new GetItemCommand({ TableName: process.env.TABLE_NAME ?? '', Key: { pk: { S: context.req.param('id') }, sk: { S: 'CASE' } } })); return context.json({ found: Item !== undefined }); });
export const handler = handle(app);
