import { recheckCases } from '../../shared/answering/recheck-cases.ts';
import { assertByWorkflow } from '../../shared/answering/write-by-workflow.ts';
import type { JobStep } from '../../shared/domain/jobs/kinds.ts';
import { listRechecks } from '../../shared/store/recheck.ts';
import type { Table } from '../../shared/store/table.ts';
import { logFailure } from '../log/log-line.ts';

/** Cases that one step looks at; the next goes on. */
const A_STEP = 200;

/**
 * Goes on where an organization's people, its addresses or an interest in it changed: every case of it is looked at, however many there are. One
 * case that cannot be placed now stops no other. Cost: a Query, and what {@link recheckCases} costs.
 * @param most cases that are looked at, in whole pages
 */
export async function lookThrough(table: Table, most = A_STEP): Promise<JobStep> {
  assertByWorkflow('ask-party');
  let [seen, failed] = [0, 0];
  for (const looking of await listRechecks(table)) {
    if (seen >= most) break;
    try {
      seen += await recheckCases(table, looking, most - seen);
    } catch (error) {
      failed += 1;
      logFailure('sweep-failed', error);
    }
  }
  return { done: seen, failed, cursor: seen >= most ? String(seen) : null };
}
