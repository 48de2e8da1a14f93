/**
 * The four classes of failure. Each has exactly one retrier: `Rejected` nobody (the caller mends it), `Throttled` and
 * `Retryable` the workflow or the stream, `Permanent` a person at the hub.
 */

/** What can be wrong with one field or one request; texts for each are in `shared/i18n`. */
export const rejectionCodes = {
  invalid: { number: 1001, status: 422 },
  'unreadable-body': { number: 1002, status: 400 },
  'too-large': { number: 1003, status: 413 },
  'unsupported-media-type': { number: 1004, status: 415 },
  'idempotency-mismatch': { number: 1005, status: 422 },
  'unreadable-file': { number: 1006, status: 422 },
  'too-many-requests': { number: 1007, status: 429 },
  'not-sent': { number: 1008, status: 422 },
  unauthenticated: { number: 2001, status: 401 },
  forbidden: { number: 2002, status: 403 },
  'same-person': { number: 2003, status: 403 },
  'interest-declared': { number: 2010, status: 403 },
  'membership-ended': { number: 2011, status: 403 },
  'both-sides': { number: 2014, status: 403 },
  'stand-in-ended': { number: 2013, status: 403 },
  'party-unnamed': { number: 2012, status: 400 },
  'not-found': { number: 3001, status: 404 },
  'method-not-allowed': { number: 3002, status: 405 },
  'already-decided': { number: 4001, status: 409 },
  'stage-changed': { number: 4002, status: 409 },
  'unknown-outcome': { number: 4003, status: 422 },
  'budget-exceeded': { number: 4004, status: 409 },
  'programme-closed': { number: 4005, status: 422 },
  'link-revoked': { number: 4006, status: 410 },
  'already-exists': { number: 4007, status: 409 },
  'stand-in-overlaps': { number: 4010, status: 409 },
  'last-lead': { number: 4101, status: 409 },
  'already-member': { number: 4102, status: 409 },
  'invitation-over': { number: 4103, status: 410 },
  'letter-over': { number: 4104, status: 410 },
  'enough-of-these': { number: 4105, status: 409 },
  'address-taken': { number: 4106, status: 409 },
  'members-changed': { number: 4107, status: 409 },
  'mailbox-taken': { number: 4110, status: 409 },
  'record-changed': { number: 4111, status: 409 },
  'number-taken': { number: 4112, status: 409 },
  'draft-changed': { number: 4108, status: 409 },
  'draft-sent': { number: 4109, status: 409 },
} as const satisfies Record<string, { number: number; status: number }>;
export type RejectionCode = keyof typeof rejectionCodes;

/** One field that is wrong: an RFC 6901 pointer into what was sent, a code, and numbers the text names (a maximum, a line). */
export interface FieldProblem {
  readonly pointer: string;
  readonly code: string;
  readonly params?: Readonly<Record<string, string | number>>;
}

/** The caller can mend it. Becomes an RFC 9457 problem, or the form again with its values kept. */
export class Rejected extends Error {
  readonly code: RejectionCode;
  readonly fields: readonly FieldProblem[];
  readonly params: Readonly<Record<string, string | number>>;
  constructor(
    code: RejectionCode,
    options: { fields?: readonly FieldProblem[]; params?: Record<string, string | number> } = {},
  ) {
    super(code);
    this.name = 'Rejected';
    this.code = code;
    this.fields = options.fields ?? [];
    this.params = options.params ?? {};
  }
}

/** A service said "slow down": try again, later and later. */
export class Throttled extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'Throttled';
  }
}

/** Nothing is wrong with the request; somebody else was writing, or a service stumbled. Try again. */
export class Retryable extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'Retryable';
  }
}

/** Trying again will not help: a person at the hub must look. */
export class Permanent extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'Permanent';
  }
}
