import type { IncomingMessage } from 'node:http';

/**
 * What is too large is still read to here and thrown away: a client that is cut off while it sends never sees the answer.
 */
const MOST_DISCARDED_BYTES = 64 * 1024 * 1024;

/** How slowly a body may come: after `graceMs` it must have come at `bytesPerSecond` on the whole. */
export interface Pace {
  readonly graceMs: number;
  readonly bytesPerSecond: number;
}

/** What Apache's mod_reqtimeout takes from the slowest of honest clients; a whole roster by a poor line takes its minutes. */
export const SLOWEST: Pace = { graceMs: 20_000, bytesPerSecond: 500 };

/**
 * A body that comes more slowly than it may: whoever trickles holds memory, and in sum everybody else up. After each
 * part it says anew until when the next must have come.
 */
function watch({ graceMs, bytesPerSecond }: Pace) {
  const begun = performance.now();
  let came = 0;
  let timer: NodeJS.Timeout | undefined;
  let giveUp: () => void = () => undefined;
  const tooSlow = new Promise<'too slow'>((resolve) => {
    giveUp = () => resolve('too slow');
  });
  const expectMore = (size: number) => {
    came = size;
    clearTimeout(timer);
    const left = graceMs + (size / bytesPerSecond) * 1000 - (performance.now() - begun);
    // what came while this process had no time is looked at first
    timer = setTimeout(() => setImmediate(() => came === size && giveUp()), left);
  };
  expectMore(0);
  return { tooSlow, expectMore, end: () => clearTimeout(timer) };
}

/**
 * The request's body, or why there is none: it has more than `mostBytes`, or did not keep the pace.
 * @param holding told of each part that is held, in bytes
 */
export async function readBody(
  request: IncomingMessage,
  mostBytes: number,
  pace?: Pace,
  holding: (bytes: number) => void = () => undefined,
): Promise<Buffer | 'too large' | 'too slow'> {
  const chunks: Buffer[] = [];
  let size = 0;
  const parts = request.iterator({ destroyOnReturn: false });
  const watched = pace && watch(pace);
  try {
    for (;;) {
      const next = await (watched ? Promise.race([parts.next(), watched.tooSlow]) : parts.next());
      if (next === 'too slow') return next;
      if (next.done) break;
      const chunk: unknown = next.value;
      if (!Buffer.isBuffer(chunk)) continue;
      size += chunk.length;
      if (size > MOST_DISCARDED_BYTES) break;
      if (size > mostBytes) chunks.length = 0;
      else {
        holding(chunk.length);
        chunks.push(chunk);
      }
      watched?.expectMore(size);
    }
    return size > mostBytes ? 'too large' : Buffer.concat(chunks);
  } finally {
    watched?.end();
  }
}
