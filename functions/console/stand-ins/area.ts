import type { Area } from '../area.ts';
import { conflictText } from '../texts/conflict.ts';
import { nameForm, revokeForm, standInsPage } from './stand-ins.tsx';

export const standIns: Area = {
  routes: [
    { method: 'get', path: '/console/stand-ins', action: 'name-stand-in', handle: standInsPage },
    { method: 'post', path: '/console/stand-ins', action: 'name-stand-in', handle: nameForm },
    { method: 'post', path: '/console/stand-ins/:id/revocation', action: 'name-stand-in', handle: revokeForm },
  ],
  menu: { path: '/console/stand-ins', action: 'name-stand-in', name: (language) => conflictText[language].menu },
  rights: { group: 'conflicts', words: (language) => conflictText[language].rights },
};
