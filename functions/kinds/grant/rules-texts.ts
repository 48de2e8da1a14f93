import type { Bilingual } from '../../../shared/domain/language.ts';

/** What is said of the rules of a programme that an application does not meet. */
const zh = {
  title: '不符合这个项目的条件',
  lead: '可以照样提交，由评审人决定，但可能不予通过。',
  fit: '符合条件的项目：',
  none: '目前没有其他开放的项目符合条件。',
  found: '自动核对发现',
};

const en: typeof zh = {
  title: 'This does not fit the programme',
  lead: 'You can send it all the same and a reviewer decides, but it may be declined.',
  fit: 'Programmes that fit:',
  none: 'No other open programme fits at the moment.',
  found: 'What the automatic checks found',
};

export const rulesText: Bilingual<typeof zh> = { zh, en };
