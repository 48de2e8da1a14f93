import type { Bilingual } from '../../../shared/domain/language.ts';
import type { FormTexts } from '../pages.ts';

/** What stands around the form, on the site and in a draft. */
export const needFormText: Bilingual<FormTexts> = {
  zh: {
    title: '提出物资需求',
    menu: '物资需求',
    card: {
      title: '物资需求',
      text: '口罩、防护服、药品、食品……数量还不清楚也可以先报。',
      action: '提出需求',
    },
  },
  en: {
    title: 'Ask for supplies',
    menu: 'Supplies',
    card: {
      title: 'Supplies',
      text: 'Masks, gowns, medicines, food… You can ask before you know how many.',
      action: 'Ask for supplies',
    },
  },
};
