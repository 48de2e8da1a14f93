import type { Area } from '../area.ts';
import { organizationsText } from '../texts/organizations.ts';
import { changeForm, changePage, enterForm, enterPage } from './form.tsx';
import { organizationsPage } from './list.tsx';
import { checkForm, organizationPage } from './page.tsx';
import { proposalsPage } from './proposals.tsx';
import { sayForm, takeBackForm } from './say.tsx';

export const organizations: Area = {
  routes: [
    { path: '/console/organizations', action: 'see-organizations', get: organizationsPage },
    { path: '/console/organizations/new', action: 'enter-organization', get: enterPage, post: enterForm },
    { path: '/console/organizations/proposals', action: 'say-organization', get: proposalsPage },
    { path: '/console/organizations/:id', action: 'see-organizations', get: organizationPage },
    { path: '/console/organizations/:id/change', action: 'change-organization', get: changePage, post: changeForm },
    { path: '/console/organizations/:id/sayings', action: 'say-organization', post: sayForm },
    { path: '/console/organizations/:id/retraction', action: 'say-organization', post: takeBackForm },
    { path: '/console/organizations/:id/checks', action: 'check-organization', post: checkForm },
  ],
  menu: {
    path: '/console/organizations',
    action: 'see-organizations',
    name: (language) => organizationsText[language].menu,
  },
  rights: { group: 'people', words: (language) => organizationsText[language].rights },
};
