import type * as z from 'zod';
import type { OnBehalf, organizationTypes, PartialContact, Place } from '../domain/applicant.ts';
import type { Actor } from '../domain/case-base.ts';
import { type ConsentVersion, consentGiven, type ReportedConsent } from '../domain/consent.ts';
import type { CaseEvent } from '../domain/event.ts';
import type { CaseId, PartyId } from '../domain/ids.ts';
import type { Language } from '../domain/language.ts';
import { sumFen } from '../domain/money.ts';
import type { Instant } from '../domain/time.ts';
import type { Case } from './case.ts';
import type { GrantCase } from './grant/case.ts';
import type { GrantInput, GrantOnBehalfInput } from './grant/input.ts';
import type { Programme } from './grant/programme.ts';
import type { InsuranceCase, RosterRef } from './insurance/case.ts';
import type { InsuranceInput, InsuranceOnBehalfInput } from './insurance/input.ts';
import type { NeedCase } from './need/case.ts';
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

interface CommonInput {
  organization: string;
  organizationType: (typeof organizationTypes)[number];
  language: Language;
  place: z.infer<typeof Place>;
  contact?: z.infer<typeof PartialContact> | undefined;
  consent?: ConsentVersion | ReportedConsent | undefined;
}

function common(input: CommonInput, intake: Intake) {
  return {
    id: intake.id,
    stage: 'submitted' as const,
    version: 1,
    hub: intake.hub,
    organization: input.organization,
    organizationType: input.organizationType,
    language: input.language,
    place: input.place,
    contact: input.contact,
    onBehalf: intake.onBehalf,
    consent: consentGiven(input.consent, intake.now),
    ...intake.owner,
    submittedAt: intake.now,
    entered: { at: intake.now, version: 1 },
    linkVersion: 1,
    run: 1,
    screening: [],
    decisions: [],
    children: [],
  };
}

export function newNeed(
  input: NeedInput | NeedOnBehalfInput,
  intake: Intake & { importKey?: string | undefined },
): NeedCase {
  const { urgency, careTier, neededBy, delivery, note } = input;
  const lines = input.lines.map((line, index) => ({ ...line, id: `L${index + 1}` }));
  return {
    kind: 'need',
    ...common(input, intake),
    urgency,
    careTier,
    lines,
    neededBy,
    delivery,
    note,
    importKey: intake.importKey,
  };
}

export function newGrant(input: GrantInput | GrantOnBehalfInput, intake: Intake, programme: Programme): GrantCase {
  const { purpose, budget, answers } = input;
  return {
    kind: 'grant',
    ...common(input, intake),
    programme: programme.id,
    programmeName: programme.name,
    funder: programme.funder,
    purpose,
    budget,
    requested: sumFen(budget.map((line) => line.amount)),
    answers,
  };
}

export function newInsurance(
  input: InsuranceInput | InsuranceOnBehalfInput,
  intake: Intake & { insurer: PartyId },
  roster: RosterRef,
): InsuranceCase {
  const { activity, coverFrom, coverTo } = input;
  return { kind: 'insurance', ...common(input, intake), insurer: intake.insurer, activity, coverFrom, coverTo, roster };
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
