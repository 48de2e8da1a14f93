import { caseAuditCsv, caseAuditJson, caseAuditPage } from './audit/case-audit.tsx';
import { periodAuditCsv, periodAuditJson, periodAuditPage } from './audit/period-audit.tsx';
import { caseRoute } from './case/case-page.tsx';
import { consentForm } from './case/consent-form.ts';
import { resumeMailForm } from './case/resume-mail.ts';
import { revokeLinkForm } from './case/revoke-link.ts';
import { showNumber } from './case/show-number.ts';
import { batchCsv, batchPage } from './catalogue/batch.tsx';
import { makeOfferForm, offersPage } from './catalogue/offers.tsx';
import { closeForm, programmeForm, programmesPage, publish } from './catalogue/programmes.tsx';
import { amendOnBehalf, answerTask, backToCase, withdrawOnBehalf } from './decide/decide-route.ts';
import { draftForm, draftPage, newDraftPage, removalOfDraft } from './drafts/routes.tsx';
import { chooseKindPage, newCaseForm, newCasePage } from './entry/routes.tsx';
import { importForm, importPage, importPreview, importProgress, importRun } from './import-needs/routes.tsx';
import { declareForm, liftForm, retractForm } from './interests/forms.ts';
import { cancelForm, jobPage, jobsPage, retryForm } from './jobs/routes.tsx';
import { casesPage } from './lists/cases.tsx';
import { inboxPage } from './lists/inbox.tsx';
import { mailsForm } from './operations/mail.tsx';
import { operationsPage } from './operations/page.tsx';
import { acceptForm, invitationPage } from './people/invitation.tsx';
import { invitationForm, inviteForm, membersPage, removalForm, rolesForm } from './people/members.tsx';
import {
  addressForm,
  confirmForm,
  confirmPage,
  registerForm,
  registerPage,
  releaseForm,
} from './people/organization.tsx';
import { requestsPage } from './people/requests.tsx';
import { endSignIns, signInsPage } from './people/sign-ins.tsx';
import { permissionsPage } from './permissions/page.tsx';
import { erasePersonForm, personFile } from './person-requests/answer.tsx';
import { checkProofForm, proofCheckPage, proofOfSeeing } from './person-requests/proof.tsx';
import { personRequestPage, searchPerson } from './person-requests/search.tsx';
import { referForm, referPage } from './referrals/form.tsx';
import { referralsPage } from './referrals/list.tsx';
import { referralForm, referralPage } from './referrals/page.tsx';
import type { Route } from './route.ts';
import { backChannelLogout } from './sign-in/back-channel.ts';
import { signedOutPage } from './sign-in/pages.tsx';
import { callbackPath, signedOutPath } from './sign-in/paths.ts';
import { beginSignIn, finishSignIn, signOut, switchParty } from './sign-in/routes.ts';
import { nameForm, revokeForm, standInsPage } from './stand-ins/stand-ins.tsx';
import { serveStylesheet, stylesheetRoute } from './stylesheet.ts';

/** What works without a session: signing in, coming back, and having signed out. */
export const openRoutes: readonly Route[] = [
  { method: 'get', path: stylesheetRoute, action: 'see-site', handle: serveStylesheet },
  { method: 'get', path: '/console/sign-in', action: 'sign-in', handle: beginSignIn },
  { method: 'get', path: callbackPath, action: 'sign-in', handle: finishSignIn },
  { method: 'post', path: '/console/back-channel-logout', action: 'sign-in', handle: backChannelLogout },
  { method: 'post', path: '/console/sign-out', action: 'sign-in', handle: signOut },
  { method: 'get', path: '/console/invitations/:secret', action: 'accept-invitation', handle: invitationPage },
  { method: 'post', path: '/console/invitations/:secret', action: 'accept-invitation', handle: acceptForm },
  { method: 'get', path: '/console/organization/new', action: 'register-organization', handle: registerPage },
  { method: 'post', path: '/console/organization/new', action: 'register-organization', handle: registerForm },
  { method: 'get', path: signedOutPath, action: 'sign-in', handle: signedOutPage },
];

/** Every page and form of the console for those who are signed in, each with the action that it needs. */
export const memberRoutes: readonly Route[] = [
  { method: 'post', path: '/console/party', action: 'see-own-account', handle: switchParty },
  { method: 'get', path: '/console', action: 'see-own-account', handle: inboxPage },
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
  { method: 'get', path: '/console/cases/:id/audit', action: 'read-audit', handle: caseAuditPage },
  { method: 'get', path: '/console/cases/:id/audit.csv', action: 'export-audit', handle: caseAuditCsv },
  { method: 'get', path: '/console/cases/:id/audit.json', action: 'export-audit', handle: caseAuditJson },
  { method: 'get', path: '/console/audit', action: 'export-audit', handle: periodAuditPage },
  { method: 'get', path: '/console/audit.csv', action: 'export-audit', handle: periodAuditCsv },
  { method: 'get', path: '/console/audit.json', action: 'export-audit', handle: periodAuditJson },
  { method: 'get', path: '/console/stand-ins', action: 'name-stand-in', handle: standInsPage },
  { method: 'post', path: '/console/stand-ins', action: 'name-stand-in', handle: nameForm },
  { method: 'post', path: '/console/stand-ins/:id/revocation', action: 'name-stand-in', handle: revokeForm },
  { method: 'get', path: '/console/members', action: 'see-members', handle: membersPage },
  { method: 'get', path: '/console/operations', action: 'see-operations', handle: operationsPage },
  { method: 'post', path: '/console/operations/mails', action: 'send-mails-again', handle: mailsForm },
  { method: 'get', path: '/console/permissions', action: 'see-permissions', handle: permissionsPage },
  { method: 'post', path: '/console/members', action: 'invite-member', handle: inviteForm },
  { method: 'post', path: '/console/members/:member/roles', action: 'change-roles', handle: rolesForm },
  { method: 'post', path: '/console/members/:member/removal', action: 'remove-member', handle: removalForm },
  { method: 'post', path: '/console/invitations-sent/:id', action: 'invite-member', handle: invitationForm },
  { method: 'get', path: '/console/requests', action: 'claim-cases', handle: requestsPage },
  { method: 'post', path: '/console/requests/addresses', action: 'claim-cases', handle: addressForm },
  { method: 'post', path: '/console/requests/addresses/release', action: 'release-address', handle: releaseForm },
  { method: 'get', path: '/console/addresses/:secret', action: 'claim-cases', handle: confirmPage },
  { method: 'post', path: '/console/addresses/:secret', action: 'claim-cases', handle: confirmForm },
  { method: 'get', path: '/console/drafts/new/:kind', action: 'save-draft', handle: newDraftPage },
  { method: 'get', path: '/console/drafts/:id', action: 'save-draft', handle: draftPage },
  { method: 'post', path: '/console/drafts/:id', action: 'save-draft', handle: draftForm },
  { method: 'post', path: '/console/drafts/:id/removal', action: 'save-draft', handle: removalOfDraft },
  { method: 'get', path: '/console/sign-ins', action: 'see-own-account', handle: signInsPage },
  { method: 'post', path: '/console/sign-ins', action: 'see-own-account', handle: endSignIns },
  { method: 'get', path: '/console/programmes', action: 'see-closed-programmes', handle: programmesPage },
  { method: 'get', path: '/console/programmes/new', action: 'publish-programme', handle: programmeForm },
  { method: 'post', path: '/console/programmes/new', action: 'publish-programme', handle: publish },
  { method: 'post', path: '/console/programmes/:id/close', action: 'close-programme', handle: closeForm },
  { method: 'get', path: '/console/offers', action: 'see-offers', handle: offersPage },
  { method: 'post', path: '/console/offers', action: 'make-offer', handle: makeOfferForm },
  { method: 'get', path: '/console/insurance/batch', action: 'export-insurance-batch', handle: batchPage },
  { method: 'post', path: '/console/insurance/batch.csv', action: 'export-insurance-batch', handle: batchCsv },
  { method: 'get', path: '/console/person-requests', action: 'find-person', handle: personRequestPage },
  { method: 'post', path: '/console/person-requests', action: 'see-person', handle: searchPerson },
  { method: 'post', path: '/console/person-requests/file', action: 'see-person', handle: personFile },
  { method: 'post', path: '/console/person-requests/proof', action: 'see-person', handle: proofOfSeeing },
  { method: 'get', path: '/console/person-requests/check', action: 'find-person', handle: proofCheckPage },
  { method: 'post', path: '/console/person-requests/check', action: 'find-person', handle: checkProofForm },
  { method: 'post', path: '/console/person-requests/erasure', action: 'erase-person', handle: erasePersonForm },
  { method: 'get', path: '/console/referrals', action: 'see-referrals', handle: referralsPage },
  { method: 'get', path: '/console/referrals/new', action: 'refer-person', handle: referPage },
  { method: 'post', path: '/console/referrals/new', action: 'refer-person', handle: referForm },
  { method: 'get', path: '/console/referrals/:id', action: 'see-referrals', handle: referralPage },
  { method: 'post', path: '/console/referrals/:id', action: 'see-referrals', handle: referralForm },
  { method: 'get', path: '/console/import', action: 'import-needs', handle: importPage },
  { method: 'post', path: '/console/import', action: 'import-needs', handle: importForm },
  { method: 'get', path: '/console/import/:id', action: 'import-needs', handle: importPreview },
  { method: 'post', path: '/console/import/:id/run', action: 'import-needs', handle: importRun },
  { method: 'get', path: '/console/import/:id/run', action: 'import-needs', handle: importProgress },
  { method: 'get', path: '/console/jobs', action: 'see-jobs', handle: jobsPage },
  { method: 'get', path: '/console/jobs/:id', action: 'see-jobs', handle: jobPage },
  { method: 'post', path: '/console/jobs/:id/cancellation', action: 'cancel-job', handle: cancelForm },
  { method: 'post', path: '/console/jobs/:id/retry', action: 'retry-job', handle: retryForm },
  { method: 'get', path: '/console/new', action: 'enter-case', handle: chooseKindPage },
  { method: 'get', path: '/console/new/:kind', action: 'enter-case', handle: newCasePage },
  { method: 'post', path: '/console/new/:kind', action: 'enter-case', handle: newCaseForm },
];
