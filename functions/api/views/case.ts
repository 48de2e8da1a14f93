import * as z from 'zod';
import { caseSeen, type Sight } from '../../../shared/case/sight.ts';
import { organizationTypes } from '../../../shared/domain/applicant.ts';
import { CaseId, OfferId, PartyId } from '../../../shared/domain/ids.ts';
import { Language } from '../../../shared/domain/language.ts';
import { Instant, LocalDate } from '../../../shared/domain/time.ts';
import { findingText } from '../../../shared/i18n/kind-text.ts';
import type { Case } from '../../../shared/kinds/case.ts';
import { type GrantInput, grantAsked } from '../../../shared/kinds/grant/input.ts';
import { type InsuranceInput, insuranceAsked } from '../../../shared/kinds/insurance/input.ts';
import { stagesOf } from '../../../shared/kinds/lifecycle.ts';
import { type NeedInput, needAsked } from '../../../shared/kinds/need/input.ts';

const Count = z.int().min(0);

/** Whatever is asked is shown: a field of the input that the view lacks is an error. Consent has a page of its own. */
type Shown<Input> = Record<Exclude<keyof Input, 'consent'>, z.ZodType> & z.ZodRawShape;

const caseView = {
  id: CaseId,
  /** counts the changes; left out for who asks, since not all of them are shown to them */
  version: z.int().min(1).optional(),
  hub: PartyId,
  organization: z.string(),
  organizationType: z.enum(organizationTypes),
  language: Language,
  place: z.object({ province: z.string(), city: z.string(), district: z.string() }),
  contact: z
    .object({ name: z.string().optional(), phone: z.string().optional(), email: z.string().optional() })
    .optional(),
  onBehalf: z.object({ party: PartyId }).optional(),
  submittedAt: Instant,
  enteredAt: Instant,
  closedAt: Instant.optional(),
  /** when what was personal in the case was erased */
  erasedAt: Instant.optional(),
  returnTo: z.string().optional(),
  parent: CaseId.optional(),
  children: z.array(CaseId),
  screening: z
    .array(
      z.object({
        code: z.string(),
        severity: z.enum(['notice', 'failed']),
        detail: z.string(),
        cases: z.array(CaseId).optional(),
      }),
    )
    .optional(),
};

/** A need, as its answers show it. */
export const NeedView = z.object({
  kind: z.literal('need'),
  stage: z.enum(stagesOf('need')),
  ...caseView,
  ...needAsked,
  note: z.string().optional(),
  lines: z.array(
    z.object({
      id: z.string(),
      item: z.string(),
      specification: z.string().optional(),
      quantity: Count.nullable(),
      unit: z.string().optional(),
      written: z.string().optional(),
      dailyUse: Count.optional(),
      onHand: Count.optional(),
      enough: z.boolean().optional(),
      approved: Count.optional(),
      dispatched: Count.optional(),
      received: Count.optional(),
    }),
  ),
  delivery: z
    .object({ address: z.string(), recipient: z.string().optional(), phone: z.string().optional() })
    .optional(),
  donor: z.object({ party: PartyId, name: z.string(), offer: OfferId.optional() }).optional(),
  consignment: z
    .object({
      carrier: z.string(),
      trackingNumber: z.string().optional(),
      expectedOn: LocalDate,
      lots: z.array(z.object({ line: z.string(), lot: z.string(), quantity: Count })).optional(),
      note: z.string().optional(),
      dispatchedAt: Instant,
    })
    .optional(),
  receivedAt: Instant.optional(),
  report: z.string().optional(),
  mergedInto: CaseId.optional(),
} satisfies Shown<NeedInput>);

/** A grant application; amounts in fen. */
export const GrantView = z.object({
  kind: z.literal('grant'),
  stage: z.enum(stagesOf('grant')),
  ...caseView,
  ...grantAsked,
  programmeName: z.string(),
  funder: PartyId,
  purpose: z.string().optional(),
  budget: z.array(z.object({ description: z.string(), amount: Count })),
  requested: Count,
  currency: z.literal('CNY'),
  answers: z.record(z.string(), z.string()).optional(),
  award: z.object({ amount: Count, currency: z.literal('CNY'), reservedAt: Instant }).optional(),
  agreedAt: Instant.optional(),
  payment: z.object({ amount: Count, paidOn: LocalDate, reference: z.string(), recordedAt: Instant }).optional(),
  reportDueOn: LocalDate.optional(),
  report: z.object({ summary: z.string(), spent: Count, evidence: z.string().optional(), sentAt: Instant }).optional(),
} satisfies Shown<GrantInput>);

/** A volunteer insurance request; `volunteers` counts them, their names are a page of their own. */
export const InsuranceView = z.object({
  kind: z.literal('insurance'),
  stage: z.enum(stagesOf('insurance')),
  ...caseView,
  insurer: PartyId,
  ...insuranceAsked,
  activity: z.string(),
  volunteers: Count,
  policy: z.object({ number: z.string(), insurer: PartyId, recordedAt: Instant }).optional(),
  /** the days that were asked for, where the insurer bound others */
  askedFor: z.object({ from: LocalDate, to: LocalDate }).optional(),
} satisfies Shown<InsuranceInput>);

/** A case as one viewer sees it. */
export const CaseView = z.discriminatedUnion('kind', [NeedView, GrantView, InsuranceView]);
export type CaseView = z.infer<typeof CaseView>;

/** What only those see of a grant application who weigh it. */
const withoutApplication = { purpose: undefined, answers: undefined, report: undefined };

/** What the viewer may see of the case. Whatever the view's schema does not name never leaves. */
export function viewCase(whole: Case, sight: Sight, language: Language): CaseView {
  const subject = caseSeen(whole, sight);
  const { screening, entered } = subject;
  return CaseView.parse({
    ...subject,
    version: sight.people ? subject.version : undefined,
    enteredAt: entered.at,
    screening: sight.screening
      ? screening.map((finding) => ({ ...finding, detail: findingText(language, subject.kind, finding) }))
      : undefined,
    ...(subject.kind === 'grant' && { currency: 'CNY', ...(!sight.application && withoutApplication) }),
    ...(subject.kind === 'insurance' && { volunteers: subject.roster.count }),
  });
}
