import type { OnBehalf } from '../domain/applicant.ts';
import type { Actor } from '../domain/case-base.ts';
import { type ConsentVersion, consentGiven, type ReportedConsent } from '../domain/consent.ts';
import type { CaseEvent } from '../domain/event.ts';
import type { CaseId, PartyId } from '../domain/ids.ts';
import type { Instant } from '../domain/time.ts';
import type { Case } from './case.ts';

/** What is fixed when a case is made, whatever its kind. */
export interface Intake {
  readonly id: CaseId;
  readonly hub: PartyId;
  readonly now: Instant;
  readonly onBehalf?: OnBehalf | undefined;
  /** the organization with an account that it belongs to, and by which address */
  readonly owner?: Pick<Case, 'organizationParty' | 'mailHash'> | undefined;
}

/** What every new case has, to be spread into it. */
export function begun(intake: Intake, consent: ConsentVersion | ReportedConsent | undefined) {
  return {
    id: intake.id,
    stage: 'submitted' as const,
    version: 1,
    hub: intake.hub,
    onBehalf: intake.onBehalf,
    consent: consentGiven(consent, intake.now),
    ...intake.owner,
    submittedAt: intake.now,
    entered: { at: intake.now, version: 1, stages: 1 },
    linkVersion: 1,
    run: 1,
    screening: [],
    decisions: [],
    children: [],
  };
}

/** The event that a new case begins with. */
export function submitted(subject: Case, by: Actor): CaseEvent {
  return {
    type: 'submitted',
    caseId: subject.id,
    kind: subject.kind,
    version: 1,
    at: subject.submittedAt,
    by,
    stage: subject.stage,
    hub: subject.hub,
    run: subject.run,
    ...(subject.parent && { parent: subject.parent }),
  };
}
