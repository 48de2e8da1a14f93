import type { OnBehalf } from '../domain/applicant.ts';
import type { Actor } from '../domain/case-base.ts';
import { type ConsentVersion, consentGiven, type ReportedConsent } from '../domain/consent.ts';
import type { CaseEvent } from '../domain/event.ts';
import type { CaseId, PartyId } from '../domain/ids.ts';
import { sumFen } from '../domain/money.ts';
import type { Instant } from '../domain/time.ts';
import type { Programme } from '../entities/programme/programme.ts';
import type { Case } from './case.ts';
import type { GrantAsked, GrantCase } from './grant/case.ts';
import type { GrantInput, GrantOnBehalfInput } from './grant/input.ts';
import type { InsuranceAsked, InsuranceCase, RosterRef } from './insurance/case.ts';
import type { InsuranceInput, InsuranceOnBehalfInput } from './insurance/input.ts';
import type { NeedAsked, NeedCase } from './need/case.ts';
import type { NeedInput, NeedOnBehalfInput } from './need/input.ts';

/** What is fixed when a case is made, whatever its kind. */
export interface Intake {
  readonly id: CaseId;
  readonly hub: PartyId;
  readonly now: Instant;
  readonly onBehalf?: OnBehalf | undefined;
  /** the organization with an account that it belongs to, and by which address */
  readonly owner?: Pick<Case, 'organizationParty' | 'mailHash'> | undefined;
}

function begun(intake: Intake, consent: ConsentVersion | ReportedConsent | undefined) {
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

export function newNeed(
  { consent, lines, ...input }: NeedInput | NeedOnBehalfInput,
  intake: Intake & { importKey?: string | undefined },
): NeedCase {
  const asked: Omit<NeedAsked, 'consent' | 'lines'> = input;
  return {
    kind: 'need',
    ...begun(intake, consent),
    ...asked,
    lines: lines.map((line, index) => ({ ...line, id: `L${index + 1}` })),
    importKey: intake.importKey,
  };
}

export function newGrant(
  { consent, ...input }: GrantInput | GrantOnBehalfInput,
  intake: Intake,
  programme: Programme,
): GrantCase {
  const asked: Omit<GrantAsked, 'consent'> = input;
  return {
    kind: 'grant',
    ...begun(intake, consent),
    ...asked,
    programme: programme.id,
    programmeName: programme.name,
    funder: programme.funder,
    requested: sumFen(asked.budget.map((line) => line.amount)),
  };
}

/** @param roster where the volunteers of the request are */
export function newInsurance(
  { consent, volunteers: _volunteers, ...input }: InsuranceInput | InsuranceOnBehalfInput,
  intake: Intake & { insurer: PartyId },
  roster: RosterRef,
): InsuranceCase {
  const asked: Omit<InsuranceAsked, 'consent'> = input;
  return { kind: 'insurance', ...begun(intake, consent), ...asked, insurer: intake.insurer, roster };
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
