import { batchFile } from '../../../shared/cases/roster.ts';
import { localDate } from '../../../shared/domain/time.ts';
import { writeCsv } from '../../../shared/spreadsheet/index.ts';
import { type Answer, actingMember, type Call } from '../call.ts';

/** What the insurer binds cover from: every volunteer of every approved request, as a spreadsheet. */
async function batch(call: Call): Promise<Answer> {
  const { member } = actingMember(call);
  const rows = await batchFile(call.hub, member, call.language, 'api');
  const name = `volunteers-${localDate(Date.now())}.csv`;
  return {
    body: writeCsv(rows),
    headers: {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': `attachment; filename="${name}"`,
    },
  };
}

export const insuranceBatch = { getInsuranceBatch: batch };
