import type { Action } from '../../../shared/domain/permissions.ts';
import type { Area } from '../area.ts';
import { actBesideForm, amendOnBehalf, answerTask, backToCase, withdrawOnBehalf } from '../decide/decide-route.ts';
import { declareForm, liftForm, retractForm } from '../interests/forms.ts';
import { casesPage } from '../lists/cases.tsx';
import type { Handle, PathRoutes } from '../route.ts';
import { listText } from '../texts/lists.ts';
import { caseRoute } from './case-page.tsx';
import { consentForm } from './consent-form.ts';
import { resumeMailForm } from './resume-mail.ts';
import { revokeLinkForm } from './revoke-link.ts';
import { showNumber } from './show-number.ts';

/** A form of a case's page. Refused, it stands at an address of its own: whoever comes back to it finds the case. */
function form(name: string, action: Action, post: Handle): PathRoutes[] {
  const path = `/console/cases/:id/${name}` as const;
  return [
    { path, action: 'read-case', get: backToCase },
    { path, action, post },
  ];
}

export const cases: Area = {
  routes: [
    { path: '/console/cases', action: 'list-cases', get: casesPage },
    { path: '/console/cases/:id', action: 'read-case', get: caseRoute },
    { path: '/console/cases/:id', action: 'answer-task', post: answerTask },
    ...form('withdrawal', 'withdraw-case', withdrawOnBehalf),
    ...form('beside', 'act-beside', actBesideForm),
    ...form('amounts', 'amend-case', amendOnBehalf),
    ...form('number', 'show-identity-number', showNumber),
    ...form('link-revocation', 'revoke-link', revokeLinkForm),
    ...form('mail', 'resume-mail', resumeMailForm),
    ...form('consent', 'give-consent', consentForm),
    ...form('interest', 'declare-interest', declareForm),
    ...form('bar', 'lift-bar', liftForm),
    ...form('interest/retraction', 'hand-over', retractForm),
  ],
  menu: { path: '/console/cases', action: 'list-cases', name: (language) => listText[language].cases },
};
