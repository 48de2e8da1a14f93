import { statfs } from 'node:fs/promises';
import { type HealthCode, tableHealth } from '../../shared/store/health-codes.ts';
import type { Table } from '../../shared/store/table.ts';
import type { OwnPage, StackStatus } from '../local/index.ts';

/** What is not well on this machine, beside what the table tells. */
type Code = HealthCode | 'disk' | 'queues' | 'relay';

/** Below so much free space, in bytes, a disk is about to be full: a day of a busy hub. */
const LEAST_FREE = 500 * 1024 * 1024;
/** A reader that has failed so often does not stumble any more. */
const MANY_TRIES = 8;
/** So long an answer is given again, in milliseconds: whoever asks often costs nothing. */
const KEPT = 5_000;

export async function freeBytes(dataDir: string): Promise<number> {
  const { bavail, bsize } = await statfs(dataDir);
  return bavail * bsize;
}

/** What is looked at beside the table: how the stack says that it is, and how many bytes its disk has left. */
interface Machine {
  readonly status: () => Promise<Pick<StackStatus, 'queues' | 'stuckReaders'>>;
  readonly free: () => Promise<number>;
}

async function codesOf(machine: Machine, table: Table): Promise<Code[]> {
  const [stored, status, free] = await Promise.all([tableHealth(table), machine.status(), machine.free()]);
  return [
    ...stored,
    ...(free < LEAST_FREE ? ['disk' as const] : []),
    ...(status.queues.some(({ givenUp }) => givenUp > 0) ? ['queues' as const] : []),
    ...(status.stuckReaders.some(({ attempts }) => attempts >= MANY_TRIES) ? ['relay' as const] : []),
  ];
}

/**
 * Answers `/health` of a stack on this machine: 200 where all is well, 503 with the codes of what is not: `table`, `disk`, `relay` (what
 * was decided is not carried on), `queues` (records were given up), `sweep`, `mail`. It names nothing else.
 */
export function createHealth(machine: Machine, table: Table): OwnPage {
  let known: { readonly until: number; readonly codes: Promise<Code[]> } | undefined;
  return async (request, response) => {
    if (request.method !== 'GET' && request.method !== 'HEAD')
      return void response.writeHead(405, { allow: 'GET' }).end();
    if (known === undefined || known.until < performance.now())
      known = { until: performance.now() + KEPT, codes: codesOf(machine, table) };
    const codes = await known.codes;
    response
      .writeHead(codes.length === 0 ? 200 : 503, {
        'content-type': 'application/json',
        'cache-control': 'no-store',
        'x-content-type-options': 'nosniff',
      })
      .end(JSON.stringify({ ok: codes.length === 0, codes }));
  };
}
