import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import * as z from 'zod';
import { ApiProblem, apiClient } from '../../cdk/cli/api-client.ts';

let close = () => {};
afterEach(() => close());

/** A server that answers with these, one after another, and what it was sent. */
async function answering(statuses: readonly number[]) {
  const seen: { key: string | undefined; language: string | undefined; body: string }[] = [];
  const left = [...statuses];
  const server = createServer(async (request, response) => {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part);
    const { 'idempotency-key': key, 'accept-language': language } = request.headers;
    seen.push({ key: key?.toString(), language, body: Buffer.concat(parts).toString() });
    response.writeHead(left.shift() ?? 200, { 'content-type': 'application/json' }).end('{"id":"x"}');
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  close = () => server.close();
  const { port } = server.address() as AddressInfo;
  return { seen, client: apiClient(`http://127.0.0.1:${port}`, 'token', 'zh') };
}

const Made = z.object({ id: z.string() });

test('a request is sent again while the server has a fault, under the key that it had', async () => {
  const { seen, client } = await answering([500, 503]);
  expect(await client.post('/imports/x/run', { a: 1 }, Made)).toEqual({ id: 'x' });
  expect(seen).toHaveLength(3);
  expect(new Set(seen.map(({ key, body }) => `${key} ${body}`)).size).toBe(1);
  expect(seen[0]?.language).toBe('zh');
});

test('what is refused is not sent again', async () => {
  const { seen, client } = await answering([422]);
  await expect(client.upload('/imports', new Uint8Array([1]), 'text/csv', Made)).rejects.toBeInstanceOf(ApiProblem);
  expect(seen).toHaveLength(1);
});
