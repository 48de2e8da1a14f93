import type { Area } from '../area.ts';
import { personRequestText } from '../texts/person-requests.ts';
import { erasePersonForm, personFile } from './answer.tsx';
import { checkProofForm, proofCheckPage, proofOfSeeing } from './proof.tsx';
import { personRequestPage, searchPerson } from './search.tsx';

export const personRequests: Area = {
  routes: [
    { method: 'get', path: '/console/person-requests', action: 'find-person', handle: personRequestPage },
    { method: 'post', path: '/console/person-requests', action: 'see-person', handle: searchPerson },
    { method: 'post', path: '/console/person-requests/file', action: 'see-person', handle: personFile },
    { method: 'post', path: '/console/person-requests/proof', action: 'see-person', handle: proofOfSeeing },
    { method: 'get', path: '/console/person-requests/check', action: 'find-person', handle: proofCheckPage },
    { method: 'post', path: '/console/person-requests/check', action: 'find-person', handle: checkProofForm },
    { method: 'post', path: '/console/person-requests/erasure', action: 'erase-person', handle: erasePersonForm },
  ],
  menu: {
    path: '/console/person-requests',
    action: 'find-person',
    name: (language) => personRequestText[language].menu,
  },
  rights: { group: 'persons', words: (language) => personRequestText[language].rights },
};
