import { readHealth } from './health.ts';
import { countUnsent } from './mails.ts';
import type { Table } from './table.ts';

/** What is not well, as far as the table tells: it does not answer, nobody looks for lagging cases, mail does not go out. */
export type HealthCode = 'table' | 'sweep' | 'mail';

/** The sweep comes every hour. */
const SWEEP_IS_LATE = 2.5 * 3_600_000;
/** So long mail may wait before that is more than a stumble. */
const MAIL_IS_LATE = 1_800_000;
/** A table that takes longer does not answer. */
const PATIENCE = 3_000;

async function look(table: Table): Promise<HealthCode[]> {
  const now = Date.now();
  const [{ sweeps }, { waiting }] = await Promise.all([readHealth(table), countUnsent(table)]);
  // one that never ran is one of a new installation
  const late = sweeps.some(({ at }) => Date.parse(at) + SWEEP_IS_LATE < now);
  const stuck = waiting.some(({ why, since }) => why !== 'put-off' && Date.parse(since) + MAIL_IS_LATE < now);
  return [...(late ? ['sweep' as const] : []), ...(stuck ? ['mail' as const] : [])];
}

/** Cost: nine Queries of small items. */
export async function tableHealth(table: Table): Promise<HealthCode[]> {
  const silence = new Promise<HealthCode[]>((resolve) => {
    setTimeout(() => resolve(['table']), PATIENCE).unref();
  });
  return Promise.race([look(table).catch((): HealthCode[] => ['table']), silence]);
}
