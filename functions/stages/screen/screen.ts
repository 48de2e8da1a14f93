import { caseForWorkflow, writeByWorkflow } from '../../../shared/answering/write-by-workflow.ts';
import { findingsOf } from '../../../shared/case/kinds/index.ts';
import type { Finding } from '../../../shared/domain/case-base.ts';
import type { CaseId } from '../../../shared/domain/ids.ts';
import { isNearlySame } from '../../../shared/domain/same/nearly.ts';
import { instant } from '../../../shared/domain/time.ts';
import type { Progress } from '../../../shared/domain/workflow/contract.ts';
import { advance } from '../../../shared/kinds/advance.ts';
import type { Case } from '../../../shared/kinds/case.ts';
import { progressOf } from '../../../shared/kinds/progress.ts';
import { keepNamed } from '../../../shared/store/alike-cases.ts';
import { listParties } from '../../../shared/store/parties.ts';
import type { Table } from '../../../shared/store/table.ts';

/** Organizations that work with the hub and have nearly the name of the case's: people look whether it is one of them. */
async function nearNames(table: Table, { organization }: Case): Promise<Finding[]> {
  const known = (await listParties(table)).filter(({ type }) => type === 'organization');
  const names = known.flatMap(({ name, nameEn }) => [name, ...(nameEn ? [nameEn] : [])]);
  return [...new Set(names.filter((name) => isNearlySame(name, organization)))].map((name) => ({
    code: 'name-nearly',
    severity: 'notice',
    params: { name },
  }));
}

/** Checks a case that was just submitted and keeps what it noticed; any other case is left as it is. */
export async function screen(table: Table, macKeyId: string, id: CaseId): Promise<Progress> {
  const subject = await caseForWorkflow(table, id, 'screen-case');
  if (subject.stage !== 'submitted') return progressOf(subject);
  // before others are looked for: of two at once, one finds the other
  await keepNamed({ table, macKeyId }, subject);
  const noticed = [...(await nearNames(table, subject)), ...(await findingsOf(table, macKeyId, subject))];
  const change = advance(subject, 'screen', instant(Date.now()), noticed);
  return progressOf(change ? await writeByWorkflow(table, change) : subject);
}
