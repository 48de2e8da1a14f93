import type { Area } from '../area.ts';
import { listText } from '../texts/lists.ts';
import { inboxPage } from './inbox.tsx';

export const inbox: Area = {
  routes: [{ path: '/console', action: 'see-own-account', get: inboxPage }],
  menu: { path: '/console', action: 'list-tasks', name: (language) => listText[language].inbox },
};
