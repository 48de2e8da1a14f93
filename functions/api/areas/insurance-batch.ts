import { batchFile } from '../../../shared/case/roster.ts';
import { Disclosure } from '../../../shared/domain/disclosure.ts';
import { parseInput } from '../../../shared/domain/problems.ts';
import { localDate } from '../../../shared/domain/time.ts';
import { sheetFile, sheetTypes } from '../../web/given-file.ts';
import { actingMember, type Call } from '../call.ts';
import { disclosure } from '../openapi/examples/disclosure.ts';
import { json, operation } from '../operation.ts';

/** What the insurer binds cover from: every volunteer of every approved request in full, as a spreadsheet. */
async function batch(call: Call) {
  const acting = actingMember(call);
  const { reason } = parseInput(Disclosure, await call.json());
  const rows = await batchFile(call.hub, acting, call.language, 'api', reason);
  const format = call.request.headers.get('accept')?.includes(sheetTypes.xlsx) ? 'xlsx' : 'csv';
  return sheetFile(format, `volunteers-${localDate(Date.now())}`, rows);
}

export const insuranceBatch = {
  takeInsuranceBatch: operation({
    method: 'post',
    path: '/insurance-batch',
    access: 'token',
    action: 'export-insurance-batch',
    summary: 'The insurer’s batch file',
    description:
      'Every volunteer of every request that waits to be bound, with numbers in full. The insurer says what for, and each case in it has that in its trail. As a workbook of text columns where `accept` names its media type, else as CSV.',
    request: json({ Disclosure }, disclosure),
    answer: { description: 'A spreadsheet', schema: 'spreadsheet' },
    handle: batch,
  }),
};
