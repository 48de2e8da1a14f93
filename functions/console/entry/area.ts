import type { Area } from '../area.ts';
import { entryText } from '../texts/entry.ts';
import { chooseKindPage, newCaseForm, newCasePage } from './routes.tsx';

export const entry: Area = {
  routes: [
    { path: '/console/new', action: 'enter-case', get: chooseKindPage },
    { path: '/console/new/:kind', action: 'enter-case', get: newCasePage, post: newCaseForm },
  ],
  menu: { path: '/console/new', action: 'enter-case', name: (language) => entryText[language].menu },
  rights: { group: 'cases', words: (language) => entryText[language].rights },
};
