import type { Area } from '../area.ts';
import { conflictText } from '../texts/conflict.ts';
import { nameForm, revokeForm, standInsPage } from './stand-ins.tsx';

export const standIns: Area = {
  routes: [
    { path: '/console/stand-ins', action: 'name-stand-in', get: standInsPage, post: nameForm },
    { path: '/console/stand-ins/:id/revocation', action: 'name-stand-in', post: revokeForm },
  ],
  menu: { path: '/console/stand-ins', action: 'name-stand-in', name: (language) => conflictText[language].menu },
  rights: { group: 'conflicts', words: (language) => conflictText[language].rights },
};
