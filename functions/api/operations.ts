import type { Action } from '../../shared/domain/permissions.ts';

/**
 * Who may call: `public` anybody; `link` the holder of the private link in the path; `optional` anybody, and with a
 * bearer token a coordinator for somebody else; `token` members only.
 */
export type Access = 'public' | 'link' | 'optional' | 'token';

/** One operation of the API, under {@link apiRoot}. */
export interface Operation {
  readonly method: 'get' | 'post';
  readonly path: string;
  readonly access: Access;
  /** what must be permitted for it: asked before anything of the request is read */
  readonly action: Action;
  /** concerns all of the caller's parties: they need not say for which they act */
  readonly allParties?: boolean;
}

/** Where the API begins. */
export const apiRoot = '/api/v1';

/**
 * Every operation by its id. This one table drives the routing, the answers to wrong methods, what needs a token, and
 * the OpenAPI document.
 */
export const operations = {
  submitNeed: { method: 'post', path: '/needs', access: 'optional', action: 'submit-case' },
  submitGrant: { method: 'post', path: '/grants', access: 'optional', action: 'submit-case' },
  submitInsuranceRequest: { method: 'post', path: '/insurance-requests', access: 'optional', action: 'submit-case' },
  reviewRoster: { method: 'post', path: '/roster-reviews', access: 'public', action: 'review-roster' },
  listCases: { method: 'get', path: '/cases', access: 'token', action: 'list-cases' },
  getCase: { method: 'get', path: '/cases/{id}', access: 'token', action: 'read-case' },
  withdrawCase: { method: 'post', path: '/cases/{id}/withdrawal', access: 'token', action: 'withdraw-case' },
  giveAmounts: { method: 'post', path: '/cases/{id}/amounts', access: 'token', action: 'amend-case' },
  giveConsent: { method: 'post', path: '/cases/{id}/consent', access: 'token', action: 'give-consent' },
  sendLink: { method: 'post', path: '/cases/{id}/link', access: 'token', action: 'renew-link' },
  revokeLink: { method: 'post', path: '/cases/{id}/link-revocation', access: 'token', action: 'revoke-link' },
  suggestOffers: { method: 'get', path: '/cases/{id}/suggestions', access: 'token', action: 'see-suggestions' },
  getRoster: { method: 'get', path: '/cases/{id}/roster', access: 'token', action: 'see-volunteers' },
  discloseRoster: {
    method: 'post',
    path: '/cases/{id}/roster/disclosure',
    access: 'token',
    action: 'see-volunteers-in-full',
  },
  getCaseAudit: { method: 'get', path: '/cases/{id}/audit', access: 'token', action: 'export-audit' },
  getAudit: { method: 'get', path: '/audit', access: 'token', action: 'export-audit' },
  listInterests: { method: 'get', path: '/cases/{id}/interests', access: 'token', action: 'see-interests' },
  declareInterest: { method: 'post', path: '/cases/{id}/interests', access: 'token', action: 'declare-interest' },
  retractInterest: {
    method: 'post',
    path: '/cases/{id}/interests/{interest}/retraction',
    access: 'token',
    action: 'hand-over',
  },
  listBars: { method: 'get', path: '/cases/{id}/bars', access: 'token', action: 'see-interests' },
  liftBar: { method: 'post', path: '/cases/{id}/bars/{bar}/lift', access: 'token', action: 'lift-bar' },
  listStandIns: { method: 'get', path: '/stand-ins', access: 'token', action: 'name-stand-in' },
  nameStandIn: { method: 'post', path: '/stand-ins', access: 'token', action: 'name-stand-in' },
  revokeStandIn: { method: 'post', path: '/stand-ins/{id}/revocation', access: 'token', action: 'name-stand-in' },
  listTasks: { method: 'get', path: '/tasks', access: 'token', action: 'list-tasks' },
  getTask: { method: 'get', path: '/tasks/{id}', access: 'token', action: 'read-case' },
  decideTask: { method: 'post', path: '/tasks/{id}/decision', access: 'token', action: 'answer-task' },
  listProgrammes: { method: 'get', path: '/programmes', access: 'optional', action: 'see-programmes' },
  publishProgramme: { method: 'post', path: '/programmes', access: 'token', action: 'publish-programme' },
  getProgramme: { method: 'get', path: '/programmes/{id}', access: 'optional', action: 'see-programmes' },
  closeProgramme: { method: 'post', path: '/programmes/{id}/closure', access: 'token', action: 'close-programme' },
  listOffers: { method: 'get', path: '/offers', access: 'token', action: 'see-offers' },
  makeOffer: { method: 'post', path: '/offers', access: 'token', action: 'make-offer' },
  getMe: { method: 'get', path: '/me', access: 'token', action: 'see-own-account', allParties: true },
  listMembers: { method: 'get', path: '/members', access: 'token', action: 'see-members' },
  changeRoles: { method: 'post', path: '/members/{id}/roles', access: 'token', action: 'change-roles' },
  removeMember: { method: 'post', path: '/members/{id}/removal', access: 'token', action: 'remove-member' },
  inviteMember: { method: 'post', path: '/invitations', access: 'token', action: 'invite-member' },
  resendInvitation: { method: 'post', path: '/invitations/{id}/sending', access: 'token', action: 'invite-member' },
  withdrawInvitation: {
    method: 'post',
    path: '/invitations/{id}/withdrawal',
    access: 'token',
    action: 'invite-member',
  },
  listAddresses: { method: 'get', path: '/addresses', access: 'token', action: 'claim-cases' },
  askForAddress: { method: 'post', path: '/addresses', access: 'token', action: 'claim-cases' },
  releaseAddress: { method: 'post', path: '/addresses/release', access: 'token', action: 'release-address' },
  listDrafts: { method: 'get', path: '/drafts', access: 'token', action: 'save-draft' },
  beginDraft: { method: 'post', path: '/drafts', access: 'token', action: 'save-draft' },
  getDraft: { method: 'get', path: '/drafts/{id}', access: 'token', action: 'save-draft' },
  saveDraft: { method: 'post', path: '/drafts/{id}', access: 'token', action: 'save-draft' },
  removeDraft: { method: 'post', path: '/drafts/{id}/removal', access: 'token', action: 'save-draft' },
  sendDraft: { method: 'post', path: '/drafts/{id}/submission', access: 'token', action: 'save-draft' },
  listReferrals: { method: 'get', path: '/referrals', access: 'token', action: 'see-referrals' },
  referPerson: { method: 'post', path: '/referrals', access: 'token', action: 'refer-person' },
  getReferral: { method: 'get', path: '/referrals/{id}', access: 'token', action: 'see-referrals' },
  answerReferral: { method: 'post', path: '/referrals/{id}/answer', access: 'token', action: 'answer-referral' },
  withdrawConsent: { method: 'post', path: '/referrals/{id}/withdrawal', access: 'token', action: 'withdraw-consent' },
  findPerson: { method: 'post', path: '/person-requests', access: 'token', action: 'see-person' },
  exportPerson: { method: 'post', path: '/person-requests/file', access: 'token', action: 'see-person' },
  erasePerson: { method: 'post', path: '/person-requests/erasure', access: 'token', action: 'erase-person' },
  provePersonSeen: { method: 'post', path: '/person-requests/proof', access: 'token', action: 'see-person' },
  checkPersonProof: { method: 'post', path: '/person-requests/check', access: 'token', action: 'find-person' },
  listParties: { method: 'get', path: '/parties', access: 'token', action: 'list-funders' },
  planImport: { method: 'post', path: '/imports', access: 'token', action: 'import-needs' },
  getImport: { method: 'get', path: '/imports/{id}', access: 'token', action: 'import-needs' },
  runImport: { method: 'post', path: '/imports/{id}/run', access: 'token', action: 'import-needs' },
  takeInsuranceBatch: { method: 'post', path: '/insurance-batch', access: 'token', action: 'export-insurance-batch' },
  getTrackedCase: { method: 'get', path: '/track/{secret}', access: 'link', action: 'read-case' },
  getTrackedRoster: { method: 'get', path: '/track/{secret}/roster', access: 'link', action: 'see-volunteers' },
  decideTrackedTask: {
    method: 'post',
    path: '/track/{secret}/tasks/{id}/decision',
    access: 'link',
    action: 'answer-task',
  },
  withdrawTrackedCase: { method: 'post', path: '/track/{secret}/withdrawal', access: 'link', action: 'withdraw-case' },
  giveTrackedAmounts: { method: 'post', path: '/track/{secret}/amounts', access: 'link', action: 'amend-case' },
  giveTrackedConsent: { method: 'post', path: '/track/{secret}/consent', access: 'link', action: 'give-consent' },
  revokeTrackedLink: { method: 'post', path: '/track/{secret}/revocation', access: 'link', action: 'revoke-link' },
  askForLink: { method: 'post', path: '/link-requests', access: 'public', action: 'renew-link' },
  getOpenApi: { method: 'get', path: '/openapi.json', access: 'public', action: 'see-site' },
} as const satisfies Record<string, Operation>;
export type OperationId = keyof typeof operations;
