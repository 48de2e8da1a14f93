import type { CaseId } from '../../../domain/ids.ts';
import type { Bilingual, Language } from '../../../domain/language.ts';
import type { Days } from '../days.ts';
import type { Volunteer } from '../input.ts';

const headings: Bilingual<readonly string[]> = {
  zh: ['申请编号', '组织名称', '姓名', '证件号码', '手机号码', '保障开始日', '保障结束日', '活动内容', '备注'],
  en: ['Case', 'Organization', 'Name', 'Identity number', 'Mobile phone', 'Cover from', 'Cover to', 'Activity', 'Note'],
};

const startPassed: Bilingual<string> = {
  zh: '开始日已到：请在承保时填写新的起止日，最早为承保次日',
  en: 'The first day has come: enter other days when you bind it, from the day after at the earliest',
};

/** A volunteer, and for which days they are to be insured: others may insure them on some of the request's. */
export interface ToInsure {
  readonly volunteer: Volunteer;
  readonly days: readonly Days[];
}

/** An approved request with the volunteers of its roster. */
export interface InsurerBatch {
  readonly id: CaseId;
  readonly organization: string;
  readonly activity: string;
  readonly isStartPassed: boolean;
  readonly volunteers: readonly ToInsure[];
}

/**
 * The rows of the file from which the insurer binds the cover: a heading, then one row a volunteer and stretch of days. Both cover
 * dates are covered. Whom others insure on all days has none.
 */
export function insurerBatchRows(batches: readonly InsurerBatch[], language: Language): string[][] {
  return [
    [...headings[language]],
    ...batches.flatMap(({ id, organization, activity, isStartPassed, volunteers }) =>
      volunteers.flatMap(({ volunteer: { name, identityNumber, phone }, days }) =>
        days.map(({ from, to }) => [
          id,
          organization,
          name,
          identityNumber,
          phone,
          from,
          to,
          activity,
          isStartPassed ? startPassed[language] : '',
        ]),
      ),
    ),
  ];
}
