import * as z from 'zod';
import { Amounts, Withdrawal } from '../../../shared/case/applicant-actions.ts';
import { OwnConsent, ToldConsent } from '../../../shared/case/give-consent.ts';
import { LiftInput } from '../../../shared/domain/bar.ts';
import { InterestInput } from '../../../shared/domain/interest.ts';
import { InvitationInput } from '../../../shared/domain/invitation.ts';
import { AddressInput } from '../../../shared/domain/organization.ts';
import { OfferInput } from '../../../shared/domain/party.ts';
import { ReferralInput } from '../../../shared/domain/referral/referral.ts';
import { StandInInput } from '../../../shared/domain/stand-in.ts';
import { GrantDecision } from '../../../shared/kinds/grant/decision.ts';
import { GrantInput, GrantOnBehalfInput } from '../../../shared/kinds/grant/input.ts';
import { ProgrammeInput } from '../../../shared/kinds/grant/programme.ts';
import { InsuranceDecision } from '../../../shared/kinds/insurance/decision.ts';
import { Disclosure, InsuranceInput, InsuranceOnBehalfInput } from '../../../shared/kinds/insurance/input.ts';
import { NeedDecision } from '../../../shared/kinds/need/decision.ts';
import { NeedInput, NeedOnBehalfInput } from '../../../shared/kinds/need/input.ts';
import { RemovalInput, RolesInput } from '../../../shared/people/members.ts';
import { PersonRequest } from '../../../shared/persons/person-request.ts';
import { ReleaseBody } from '../routes/addresses.ts';
import { DraftBody, DraftChangeBody, DraftSendingBody, DraftVersionBody } from '../routes/drafts.ts';
import { EmptyBody } from '../routes/empty-body.ts';
import { RunBody } from '../routes/imports.ts';
import { LinkRequestBody } from '../routes/links.ts';
import { ErasureBody, ProofBody } from '../routes/person-requests.ts';
import { ReferralAnswerBody } from '../routes/referrals.ts';
import { RosterReviewBody } from '../routes/roster-reviews.ts';
import { AddressView } from '../views/address.ts';
import { AuditView } from '../views/audit.ts';
import { BarView } from '../views/bar.ts';
import { CaseView, GrantView, InsuranceView, NeedView } from '../views/case.ts';
import { CaseFileView } from '../views/case-file.ts';
import { MeView, OfferView, PartyView, ProgrammeView, SuggestionView } from '../views/catalogue.ts';
import { DraftOutlineView, DraftView } from '../views/draft.ts';
import { ImportRunView, ImportView } from '../views/import.ts';
import { InterestView } from '../views/interest.ts';
import { LinkAskedView, LinkView } from '../views/link.ts';
import { listOf } from '../views/list.ts';
import { InvitationView, MemberBoardView, MemberView, RemovedView } from '../views/members.ts';
import {
  PersonErasedView,
  PersonFileView,
  PersonHeldView,
  PersonProofView,
  ProofVerdictView,
} from '../views/person.ts';
import { ProblemView } from '../views/problem.ts';
import { ReferralOutlineView, ReferralView } from '../views/referral.ts';
import { RosterView } from '../views/roster.ts';
import { RosterReviewView } from '../views/roster-review.ts';
import { StandInBoardView } from '../views/stand-in.ts';
import { TaskView } from '../views/task.ts';

/** What is sent, by its name in the document. */
export const requestSchemas = {
  NeedInput,
  NeedOnBehalfInput,
  GrantInput,
  GrantOnBehalfInput,
  InsuranceInput,
  InsuranceOnBehalfInput,
  NeedDecision,
  GrantDecision,
  InsuranceDecision,
  Withdrawal,
  Amounts,
  Disclosure,
  InterestInput,
  LiftInput,
  StandInInput,
  Nothing: EmptyBody,
  OwnConsent,
  ToldConsent,
  LinkRequest: LinkRequestBody,
  RolesInput,
  RemovalInput,
  InvitationInput,
  AddressInput,
  AddressRelease: ReleaseBody,
  DraftInput: DraftBody,
  DraftChange: DraftChangeBody,
  DraftRemoval: DraftVersionBody,
  DraftSending: DraftSendingBody,
  ReferralInput,
  ReferralAnswer: ReferralAnswerBody,
  PersonRequest,
  PersonErasure: ErasureBody,
  Proof: ProofBody,
  ProgrammeInput,
  OfferInput,
  ImportRunInput: RunBody,
  RosterReviewInput: RosterReviewBody,
} as const satisfies Record<string, z.ZodType>;
export type RequestSchema = keyof typeof requestSchemas;

/** the private link: a member gets it only where they act for an applicant without a mail address */
const trackingUrl = { trackingUrl: z.url().optional() };

/** What is answered, by its name in the document. */
export const answerSchemas = {
  Case: CaseView,
  CaseFile: CaseFileView,
  CaseList: listOf(CaseView),
  Need: NeedView,
  Grant: GrantView,
  Insurance: InsuranceView,
  CreatedNeed: NeedView.extend(trackingUrl),
  CreatedGrant: GrantView.extend(trackingUrl),
  CreatedInsurance: InsuranceView.extend(trackingUrl),
  Task: TaskView,
  TaskList: listOf(TaskView),
  SuggestionList: listOf(SuggestionView),
  Audit: AuditView,
  Roster: RosterView,
  RosterReview: RosterReviewView,
  Programme: ProgrammeView,
  ProgrammeList: listOf(ProgrammeView),
  Offer: OfferView,
  OfferList: listOf(OfferView),
  Me: MeView,
  PartyList: listOf(PartyView),
  Member: MemberView,
  MemberBoard: MemberBoardView,
  Removed: RemovedView,
  Invitation: InvitationView,
  Address: AddressView,
  AddressList: listOf(AddressView),
  Draft: DraftView,
  DraftList: listOf(DraftOutlineView),
  Link: LinkView,
  LinkAsked: LinkAskedView,
  Referral: ReferralView,
  ReferralList: listOf(ReferralOutlineView),
  PersonHeld: PersonHeldView,
  PersonFile: PersonFileView,
  PersonErased: PersonErasedView,
  PersonProof: PersonProofView,
  ProofVerdict: ProofVerdictView,
  Import: ImportView,
  ImportRun: ImportRunView,
  InterestList: listOf(InterestView),
  BarList: listOf(BarView),
  StandInBoard: StandInBoardView,
  Problem: ProblemView,
} as const satisfies Record<string, z.ZodType>;
export type AnswerSchema = keyof typeof answerSchemas;
