import type { Bilingual } from '../../../shared/domain/language.ts';
import type { EntryTexts } from '../pages.ts';

/** Where a coordinator enters a need for an organization. */
export const needEntryText: Bilingual<EntryTexts> = {
  zh: { card: { title: '物资需求', text: '医院、社区或团队需要的物资' }, title: '代录物资需求' },
  en: { card: { title: 'Need', text: 'Goods that a hospital, community or team needs' }, title: 'Need, on behalf' },
};
