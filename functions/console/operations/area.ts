import type { Area } from '../area.ts';
import { operationsText } from '../texts/operations.ts';
import { mailsForm } from './mail.tsx';
import { operationsPage } from './page.tsx';

export const operations: Area = {
  routes: [
    { path: '/console/operations', action: 'see-operations', get: operationsPage },
    { path: '/console/operations/mails', action: 'send-mails-again', post: mailsForm },
  ],
  menu: { path: '/console/operations', action: 'see-operations', name: (language) => operationsText[language].menu },
  rights: { group: 'traces', words: (language) => operationsText[language].rights },
};
