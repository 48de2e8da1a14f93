import { type RejectionCode, rejectionCodes } from '../domain/errors.ts';
import type { RowResult } from '../domain/jobs/job.ts';
import type { Bilingual, Language } from '../domain/language.ts';
import { fieldText, refusalText } from './errors.ts';

const text: Bilingual<{ readonly fault: string; readonly open: string }> = {
  zh: { fault: '系统故障', open: '该机构上次导入的需求还未完成，而这张表的内容不同：' },
  en: {
    fault: 'a fault of the system',
    open: 'The organization’s need from an earlier sheet is still open, and this sheet asks for something else:',
  },
};

function isCode(code: string): code is RejectionCode {
  return Object.hasOwn(rejectionCodes, code);
}

/** Why a row of work on many was not done, in the reader's language. A case that stands in the way is named after it. */
export function rowRefusalText(language: Language, result: RowResult | undefined): string {
  if (result?.state !== 'refused') return text[language].fault;
  const { code, fields, caseId } = result;
  if (caseId !== undefined) return text[language].open;
  const said = fields.map(({ params = {}, ...field }) => fieldText(language, { ...field, params })).join(' ');
  return said || (isCode(code) ? refusalText(language, code) : code);
}
