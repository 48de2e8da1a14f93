import * as z from 'zod';
import type { Sight } from '../../../shared/case/sight.ts';
import { presentConsent } from '../../../shared/domain/consent.ts';
import { PartyId, ProgrammeId } from '../../../shared/domain/ids.ts';
import { Instant, LocalDate, localDate } from '../../../shared/domain/time.ts';
import type { GrantCase } from '../../../shared/kinds/grant/case.ts';
import { GrantDecision } from '../../../shared/kinds/grant/decision.ts';
import { GrantInput, GrantOnBehalfInput, grantAsked } from '../../../shared/kinds/grant/input.ts';
import { outstanding } from '../../../shared/kinds/grant/money.ts';
import { stagesOf } from '../../../shared/kinds/lifecycle.ts';
import { Count, caseView, type ShownFields } from '../case-view.ts';
import { commonAnswers, examplePlace } from '../common-answers.ts';
import type { Examples, KindApi } from '../kind-api.ts';

/** A grant application; amounts in fen. */
const GrantView = z.object({
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
  entries: z
    .array(
      z.object({
        id: z.string(),
        what: z.enum(['payment', 'failed', 'return', 'waiver']),
        amount: Count,
        on: LocalDate,
        reference: z.string().optional(),
        recordedAt: Instant,
        corrects: z.string().optional(),
      }),
    )
    .optional(),
  owed: z.object({ amount: Count, because: z.enum(['unspent', 'stopped', 'given-up']), outstanding: Count }).optional(),
  /** how much of what is owed is asked not to be claimed back */
  waiver: Count.optional(),
  payment: z.object({ amount: Count, paidOn: LocalDate, reference: z.string(), recordedAt: Instant }).optional(),
  reportDueOn: LocalDate.optional(),
  report: z.object({ summary: z.string(), spent: Count, evidence: z.string().optional(), sentAt: Instant }).optional(),
} satisfies ShownFields<GrantInput>);

/** What only those see of a grant application who weigh it. */
const withoutApplication = { purpose: undefined, answers: undefined, report: undefined };

export function grant(): Examples {
  const value = {
    programme: 'rapid-response-fund',
    organization: '柳岸邻里互助队',
    organizationType: 'volunteer-group',
    language: 'zh',
    consent: presentConsent,
    place: examplePlace,
    contact: { name: '周队长', phone: '027-00005678', email: 'zhou@neighbours.example.org' },
    purpose: '为东湖区隔离在家的独居老人送菜送药一个月，每天约 60 户。',
    budget: [
      { description: '车辆燃油补贴', amount: 600_000 },
      { description: '口罩、手套等防护用品', amount: 400_000 },
      { description: '志愿者餐补', amount: 200_000 },
    ],
    answers: { beneficiaries: '约 300 位独居老人' },
  };
  return { grant: { summary: 'An application to a programme of the demo data, 12,000 yuan', value } };
}

/** A grant application in the API. */
export const grantApi = {
  name: 'Grant',
  called: 'a grant application',
  view: GrantView,
  shown: (subject: GrantCase, sight: Sight) => ({
    currency: 'CNY',
    ...(!sight.application && withoutApplication),
    ...('owed' in subject &&
      subject.owed && {
        owed: { ...subject.owed, outstanding: outstanding({ ...subject, owed: subject.owed }) },
      }),
  }),
  submit: {
    id: 'submitGrant',
    path: '/grants',
    summary: 'Apply for a grant',
    description: 'Amounts are in fen.',
    created: 'The application',
    input: GrantInput,
    inputs: { GrantInput, GrantOnBehalfInput },
    example: grant,
    refusals: ['programme-closed'],
  },
  decision: { GrantDecision },
  answers(now: number) {
    return {
      recommended: { score: 85, reason: '需求真实，预算合理。' },
      'not-recommended': { reason: '同类项目已经资助过。' },
      approved: { reason: '同意资助。' },
      accepted: {},
      paid: { paidOn: localDate(now), reference: 'PAY-0001' },
      'payment-failed': { reason: '银行退票：户名不符。' },
      'account-corrected': { reason: '请付到：江城农村商业银行东湖支行，户名与机构名称一致。' },
      'nothing-paid': { reason: '银行没有这笔付款。' },
      reported: { summary: '已为约 300 位老人送菜送药，余款退回。', spent: 1_150_000, evidence: '票据扫描件 12 页' },
      returned: { amount: 50_000, returnedOn: localDate(now), reference: 'RET-0001' },
      'entry-corrected': { entry: 'E1', on: localDate(now), reference: 'PAY-0002', reason: '凭证号抄错了。' },
      'waiver-asked': { amount: 50_000, reason: '余款已用于同一批老人的口罩，票据齐全。' },
      waived: { reason: '同意不追回。' },
      'still-owed': { reason: '没有票据，请退回。' },
      stopped: { reason: '项目已不再需要。' },
      'report-accepted': { reason: '报告完整。' },
      'report-returned': { reason: '请补充票据。' },
      resubmitted: { changes: { purpose: '为东湖区独居老人送菜送药一个月，每天约 60 户；补充说明见预算。' } },
      ...commonAnswers,
    };
  },
  draft: { programme: ProgrammeId },
} as const satisfies KindApi<'grant'>;
