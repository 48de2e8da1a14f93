import type { Area } from '../area.ts';
import { personRequestText } from '../texts/person-requests.ts';
import { erasePersonForm, personFile } from './answer.tsx';
import { checkProofForm, proofCheckPage, proofOfSeeing } from './proof.tsx';
import { personRequestPage, searchPerson } from './search.tsx';

export const personRequests: Area = {
  routes: [
    { path: '/console/person-requests', action: 'find-person', get: personRequestPage },
    { path: '/console/person-requests', action: 'see-person', post: searchPerson },
    { path: '/console/person-requests/file', action: 'see-person', post: personFile },
    { path: '/console/person-requests/proof', action: 'see-person', post: proofOfSeeing },
    { path: '/console/person-requests/check', action: 'find-person', get: proofCheckPage, post: checkProofForm },
    { path: '/console/person-requests/erasure', action: 'erase-person', post: erasePersonForm },
  ],
  menu: {
    path: '/console/person-requests',
    action: 'find-person',
    name: (language) => personRequestText[language].menu,
  },
  rights: { group: 'persons', words: (language) => personRequestText[language].rights },
};
