import type { IncomingMessage } from 'node:http';

/**
 * What is too large is still read to here and thrown away: a client that is cut off while it sends never sees the answer.
 */
const MOST_DISCARDED_BYTES = 64 * 1024 * 1024;

/** The request's body, or undefined when it has more than `mostBytes`. */
export async function readBody(request: IncomingMessage, mostBytes: number): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request.iterator({ destroyOnReturn: false })) {
    if (!Buffer.isBuffer(chunk)) continue;
    size += chunk.length;
    if (size > MOST_DISCARDED_BYTES) break;
    if (size > mostBytes) chunks.length = 0;
    else chunks.push(chunk);
  }
  return size > mostBytes ? undefined : Buffer.concat(chunks);
}
