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
}

/** Where the API begins. */
export const apiRoot = '/api/v1';

/**
 * Every operation by its id. This one table drives the routing, the answers to wrong methods, what needs a token, and
 * the OpenAPI document.
 */
export const operations = {
  submitNeed: { method: 'post', path: '/needs', access: 'optional' },
  submitGrant: { method: 'post', path: '/grants', access: 'optional' },
  submitInsuranceRequest: { method: 'post', path: '/insurance-requests', access: 'optional' },
  reviewRoster: { method: 'post', path: '/roster-reviews', access: 'public' },
  listCases: { method: 'get', path: '/cases', access: 'token' },
  getCase: { method: 'get', path: '/cases/{id}', access: 'token' },
  withdrawCase: { method: 'post', path: '/cases/{id}/withdrawal', access: 'token' },
  giveAmounts: { method: 'post', path: '/cases/{id}/amounts', access: 'token' },
  suggestOffers: { method: 'get', path: '/cases/{id}/suggestions', access: 'token' },
  getRoster: { method: 'get', path: '/cases/{id}/roster', access: 'token' },
  listTasks: { method: 'get', path: '/tasks', access: 'token' },
  getTask: { method: 'get', path: '/tasks/{id}', access: 'token' },
  decideTask: { method: 'post', path: '/tasks/{id}/decision', access: 'token' },
  listProgrammes: { method: 'get', path: '/programmes', access: 'optional' },
  publishProgramme: { method: 'post', path: '/programmes', access: 'token' },
  getProgramme: { method: 'get', path: '/programmes/{id}', access: 'optional' },
  closeProgramme: { method: 'post', path: '/programmes/{id}/closure', access: 'token' },
  listOffers: { method: 'get', path: '/offers', access: 'token' },
  makeOffer: { method: 'post', path: '/offers', access: 'token' },
  getMe: { method: 'get', path: '/me', access: 'token' },
  listParties: { method: 'get', path: '/parties', access: 'token' },
  planImport: { method: 'post', path: '/imports', access: 'token' },
  getImport: { method: 'get', path: '/imports/{id}', access: 'token' },
  runImport: { method: 'post', path: '/imports/{id}/run', access: 'token' },
  getInsuranceBatch: { method: 'get', path: '/insurance-batch', access: 'token' },
  getTrackedCase: { method: 'get', path: '/track/{secret}', access: 'link' },
  getTrackedRoster: { method: 'get', path: '/track/{secret}/roster', access: 'link' },
  decideTrackedTask: { method: 'post', path: '/track/{secret}/tasks/{id}/decision', access: 'link' },
  withdrawTrackedCase: { method: 'post', path: '/track/{secret}/withdrawal', access: 'link' },
  giveTrackedAmounts: { method: 'post', path: '/track/{secret}/amounts', access: 'link' },
  getOpenApi: { method: 'get', path: '/openapi.json', access: 'public' },
} as const satisfies Record<string, Operation>;
export type OperationId = keyof typeof operations;
