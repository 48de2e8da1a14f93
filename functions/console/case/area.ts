import type { Area } from '../area.ts';
import { amendOnBehalf, answerTask, backToCase, withdrawOnBehalf } from '../decide/decide-route.ts';
import { declareForm, liftForm, retractForm } from '../interests/forms.ts';
import { casesPage } from '../lists/cases.tsx';
import { listText } from '../texts/lists.ts';
import { caseRoute } from './case-page.tsx';
import { consentForm } from './consent-form.ts';
import { resumeMailForm } from './resume-mail.ts';
import { revokeLinkForm } from './revoke-link.ts';
import { showNumber } from './show-number.ts';

export const cases: Area = {
  routes: [
    { method: 'get', path: '/console/cases', action: 'list-cases', handle: casesPage },
    { method: 'get', path: '/console/cases/:id', action: 'read-case', handle: caseRoute },
    { method: 'post', path: '/console/cases/:id', action: 'answer-task', handle: answerTask },
    // a form that was refused stands at this address: whoever comes back to it finds the case
    { method: 'get', path: '/console/cases/:id/withdrawal', action: 'read-case', handle: backToCase },
    { method: 'get', path: '/console/cases/:id/amounts', action: 'read-case', handle: backToCase },
    { method: 'post', path: '/console/cases/:id/withdrawal', action: 'withdraw-case', handle: withdrawOnBehalf },
    { method: 'post', path: '/console/cases/:id/amounts', action: 'amend-case', handle: amendOnBehalf },
    { method: 'get', path: '/console/cases/:id/number', action: 'read-case', handle: backToCase },
    { method: 'post', path: '/console/cases/:id/number', action: 'show-identity-number', handle: showNumber },
    { method: 'get', path: '/console/cases/:id/link-revocation', action: 'read-case', handle: backToCase },
    { method: 'post', path: '/console/cases/:id/link-revocation', action: 'revoke-link', handle: revokeLinkForm },
    { method: 'get', path: '/console/cases/:id/mail', action: 'read-case', handle: backToCase },
    { method: 'post', path: '/console/cases/:id/mail', action: 'resume-mail', handle: resumeMailForm },
    { method: 'get', path: '/console/cases/:id/consent', action: 'read-case', handle: backToCase },
    { method: 'post', path: '/console/cases/:id/consent', action: 'give-consent', handle: consentForm },
    { method: 'get', path: '/console/cases/:id/interest', action: 'read-case', handle: backToCase },
    { method: 'post', path: '/console/cases/:id/interest', action: 'declare-interest', handle: declareForm },
    { method: 'get', path: '/console/cases/:id/interest/retraction', action: 'read-case', handle: backToCase },
    { method: 'get', path: '/console/cases/:id/bar', action: 'read-case', handle: backToCase },
    { method: 'post', path: '/console/cases/:id/bar', action: 'lift-bar', handle: liftForm },
    { method: 'post', path: '/console/cases/:id/interest/retraction', action: 'hand-over', handle: retractForm },
  ],
  menu: { path: '/console/cases', action: 'list-cases', name: (language) => listText[language].cases },
};
