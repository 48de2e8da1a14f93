import { createServer } from 'node:http';
import * as z from 'zod';
import { startEngine } from '../engine/engine.ts';

/** What calls to the table have consumed, in DynamoDB's units. */
export interface Consumed {
  reads: number;
  writes: number;
}

export interface CountedEngine {
  /** since the start */
  consumed(): Consumed;
  stop(): Promise<void>;
}

const READS = ['GetItem', 'BatchGetItem', 'Query', 'TransactGetItems'];
const WRITES = ['PutItem', 'UpdateItem', 'DeleteItem', 'BatchWriteItem', 'TransactWriteItems'];
const Capacity = z.object({ CapacityUnits: z.number() });
const Answer = z.object({ ConsumedCapacity: z.union([Capacity, z.array(Capacity)]).optional() });

function units(answer: string): number {
  const { ConsumedCapacity } = Answer.parse(JSON.parse(answer));
  return [ConsumedCapacity ?? []].flat().reduce((sum, { CapacityUnits }) => sum + CapacityUnits, 0);
}

/**
 * The table engine behind a counter that asks for the consumed capacity with every call. A local cloud that is started
 * in this process afterwards uses it, by the standard endpoint variable.
 */
export async function startCountedEngine(): Promise<CountedEngine> {
  const engine = await startEngine();
  const total: Consumed = { reads: 0, writes: 0 };
  const server = createServer((request, response) => {
    void (async () => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk);
      const target = String(request.headers['x-amz-target']);
      const operation = target.split('.')[1] ?? '';
      const counted = READS.includes(operation) ? 'reads' : WRITES.includes(operation) ? 'writes' : undefined;
      const text = Buffer.concat(chunks).toString('utf8');
      const body = counted ? JSON.stringify({ ...JSON.parse(text), ReturnConsumedCapacity: 'INDEXES' }) : text;
      const answer = await fetch(engine.url, {
        method: 'POST',
        body,
        headers: {
          'content-type': 'application/x-amz-json-1.0',
          'x-amz-target': target,
          'x-amz-date': String(request.headers['x-amz-date']),
          authorization: String(request.headers.authorization),
        },
      });
      const answered = await answer.text();
      if (counted && answer.ok) total[counted] += units(answered);
      response.writeHead(answer.status, { 'content-type': 'application/x-amz-json-1.0' }).end(answered);
    })().catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the machine gave no port');
  process.env.AWS_ENDPOINT_URL_DYNAMODB = `http://127.0.0.1:${address.port}`;
  return {
    consumed: () => ({ ...total }),
    async stop() {
      delete process.env.AWS_ENDPOINT_URL_DYNAMODB;
      server.close();
      server.closeAllConnections();
      await engine.stop();
    },
  };
}
