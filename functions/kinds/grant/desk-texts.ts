import type { Bilingual } from '../../../shared/domain/language.ts';
import type { EntryTexts } from '../pages.ts';

/** Where a coordinator enters an application for an organization. */
export const grantEntryText: Bilingual<EntryTexts> = {
  zh: { card: { title: '小额资助申请', text: '申请一个开放的资助项目' }, title: '代录资助申请' },
  en: {
    card: { title: 'Micro-grant application', text: 'For one of the open programmes' },
    title: 'Grant application, on behalf',
  },
};
