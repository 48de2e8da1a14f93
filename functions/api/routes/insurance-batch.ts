import { batchFile } from '../../../shared/case/roster.ts';
import { parseInput } from '../../../shared/domain/problems.ts';
import { localDate } from '../../../shared/domain/time.ts';
import { Disclosure } from '../../../shared/kinds/insurance/input.ts';
import { writeCsv } from '../../../shared/spreadsheet/index.ts';
import { readJson } from '../body.ts';
import { type Answer, actingMember, type Call } from '../call.ts';

/** What the insurer binds cover from: every volunteer of every approved request in full, as a spreadsheet. */
async function batch(call: Call): Promise<Answer> {
  const acting = actingMember(call);
  const { reason } = parseInput(Disclosure, await readJson(call.request));
  const rows = await batchFile(call.hub, acting, call.language, 'api', reason);
  const name = `volunteers-${localDate(Date.now())}.csv`;
  return {
    body: writeCsv(rows),
    headers: {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': `attachment; filename="${name}"`,
    },
  };
}

export const insuranceBatch = { takeInsuranceBatch: batch };
