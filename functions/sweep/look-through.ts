import { lookAnew } from '../../shared/cases/look-anew.ts';
import { assertByWorkflow } from '../../shared/cases/write-by-workflow.ts';
import { lookings } from '../../shared/store/looking.ts';
import type { Table } from '../../shared/store/table.ts';
import { logFailure } from '../log/log-line.ts';

/** Cases that one run looks at, well within its five minutes; the next goes on. */
const A_RUN = 500;

/**
 * Goes on where an organization's people, its addresses or an interest in it changed: every case of it is looked at, however many there are. One
 * case that cannot be placed now stops no other. Cost: a Query, and what {@link lookAnew} costs.
 * @returns how many cases were looked at
 */
export async function lookThrough(table: Table, most = A_RUN): Promise<number> {
  assertByWorkflow('ask-party');
  let seen = 0;
  for (const looking of await lookings(table)) {
    if (seen >= most) break;
    try {
      seen += await lookAnew(table, looking, most - seen);
    } catch (error) {
      logFailure('sweep-failed', error);
    }
  }
  return seen;
}
