import type { Area } from '../area.ts';
import { entryText } from '../texts/entry.ts';
import { chooseKindPage, newCaseForm, newCasePage } from './routes.tsx';

export const entry: Area = {
  routes: [
    { method: 'get', path: '/console/new', action: 'enter-case', handle: chooseKindPage },
    { method: 'get', path: '/console/new/:kind', action: 'enter-case', handle: newCasePage },
    { method: 'post', path: '/console/new/:kind', action: 'enter-case', handle: newCaseForm },
  ],
  menu: { path: '/console/new', action: 'enter-case', name: (language) => entryText[language].menu },
  rights: { group: 'cases', words: (language) => entryText[language].rights },
};
