import type { Area } from '../area.ts';
import { entryText } from '../texts/entry.ts';
import { chooseKindPage, newCaseForm, newCasePage, newCaseWithFile } from './routes.tsx';

export const entry: Area = {
  routes: [
    { path: '/console/new', action: 'enter-case', get: chooseKindPage },
    { path: '/console/new/:kind', action: 'enter-case', get: newCasePage, post: newCaseForm },
    { path: '/console/new/:kind/file/:file', action: 'enter-case', get: newCaseWithFile },
  ],
  menu: { path: '/console/new', action: 'enter-case', name: (language) => entryText[language].menu },
  rights: { group: 'cases', words: (language) => entryText[language].rights },
};
