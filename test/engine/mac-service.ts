import { createHmac, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';

/** Stands in for KMS: makes message authentication codes with a key of its own. */
async function startMac(): Promise<string> {
  const key = randomBytes(32);
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const asked: { KeyId: string; Message: string } = JSON.parse(Buffer.concat(chunks).toString('utf8'));
      const mac = createHmac('sha256', key).update(Buffer.from(asked.Message, 'base64')).digest('base64');
      response.setHeader('content-type', 'application/x-amz-json-1.1');
      response.end(JSON.stringify({ KeyId: asked.KeyId, Mac: mac, MacAlgorithm: 'HMAC_SHA_256' }));
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('no port');
  return `http://127.0.0.1:${address.port}`;
}

/** The service of this worker, as {@link startEngine}'s engine: it ends with the worker. */
let shared: Promise<string> | undefined;

/** Points the SDK to the worker's service. Any key id will do. */
export async function useMacService(): Promise<void> {
  shared ??= startMac();
  process.env.AWS_ENDPOINT_URL_KMS = await shared;
}
