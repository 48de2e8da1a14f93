import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { startOwnEngine } from '../engine/engine.ts';

/**
 * What a form that is only stored costs: a plain HTTP server that puts what it is sent into the same table engine,
 * checking nothing, telling nobody.
 */
export async function startPlainServer(): Promise<{ readonly url: string; stop(): Promise<void> }> {
  const engine = await startOwnEngine();
  const server = createServer((request, response) => {
    void (async () => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk);
      const data = Buffer.concat(chunks).toString('utf8');
      const Item = { pk: { S: `CASE#${randomUUID()}` }, sk: { S: 'CASE' }, data: { S: data } };
      await engine.table.client.send(new PutItemCommand({ TableName: engine.table.name, Item }));
      response.writeHead(201, { 'content-type': 'application/json' }).end('{}');
    })().catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the machine gave no port');
  return {
    url: `http://127.0.0.1:${address.port}`,
    async stop() {
      server.close();
      server.closeAllConnections();
      await engine.stop();
    },
  };
}
