import type { CaseId } from '../../../domain/ids.ts';
import type { Bilingual, Language } from '../../../domain/language.ts';
import type { LocalDate } from '../../../domain/time.ts';
import type { Volunteer } from '../input.ts';

const headings: Bilingual<readonly string[]> = {
  zh: ['申请编号', '组织名称', '姓名', '身份证号码', '手机号码', '保障开始日', '保障结束日', '活动内容'],
  en: ['Case', 'Organization', 'Name', 'Identity number', 'Mobile phone', 'Cover from', 'Cover to', 'Activity'],
};

/** An approved request with the volunteers of its roster. */
export interface InsurerBatch {
  readonly id: CaseId;
  readonly organization: string;
  readonly activity: string;
  readonly coverFrom: LocalDate;
  readonly coverTo: LocalDate;
  readonly volunteers: readonly Volunteer[];
}

/** The rows of the file from which the insurer binds the cover: a heading, then one row a volunteer. Both cover dates are covered. */
export function insurerBatchRows(batches: readonly InsurerBatch[], language: Language): string[][] {
  return [
    [...headings[language]],
    ...batches.flatMap(({ id, organization, activity, coverFrom, coverTo, volunteers }) =>
      volunteers.map(({ name, identityNumber, phone }) => [
        id,
        organization,
        name,
        identityNumber,
        phone,
        coverFrom,
        coverTo,
        activity,
      ]),
    ),
  ];
}
