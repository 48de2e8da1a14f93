import * as z from 'zod';
import { presentConsent } from '../../../shared/domain/consent.ts';
import { PartyId } from '../../../shared/domain/ids.ts';
import { addDays, Instant, LocalDate, localDate } from '../../../shared/domain/time.ts';
import type { InsuranceCase } from '../../../shared/kinds/insurance/case.ts';
import { InsuranceDecision } from '../../../shared/kinds/insurance/decision.ts';
import { InsuranceInput, InsuranceOnBehalfInput, insuranceAsked } from '../../../shared/kinds/insurance/input.ts';
import { stagesOf } from '../../../shared/kinds/lifecycle.ts';
import { Count, caseView, type ShownFields } from '../case-view.ts';
import { commonAnswers, examplePlace } from '../common-answers.ts';
import type { Examples, KindApi } from '../kind-api.ts';
import { madeUpIdentityNumber } from './made-up-number.ts';

/** A volunteer insurance request; `volunteers` counts them, their names are a page of their own. */
const InsuranceView = z.object({
  kind: z.literal('insurance'),
  stage: z.enum(stagesOf('insurance')),
  ...caseView,
  insurer: PartyId,
  ...insuranceAsked,
  activity: z.string(),
  volunteers: Count,
  policy: z.object({ number: z.string(), insurer: PartyId, recordedAt: Instant }).optional(),
  /** rows of the applicant's sheet that are not in the roster */
  leftOut: z.array(z.object({ row: z.string(), name: z.string().optional(), reason: z.string() })).optional(),
  /** the days that were asked for, where the insurer bound others */
  askedFor: z.object({ from: LocalDate, to: LocalDate }).optional(),
} satisfies ShownFields<InsuranceInput>);

export function volunteers(now: number) {
  return [
    { name: '陈晓', identityNumber: madeUpIdentityNumber(now, 0), phone: '13900000001' },
    { name: '李文博', identityNumber: madeUpIdentityNumber(now, 1), phone: '13900000002' },
  ];
}

export function cover(now: number) {
  const today = localDate(now);
  return { coverFrom: addDays(today, 2), coverTo: addDays(today, 31) };
}

export function insurance(now: number): Examples {
  const value = {
    organization: '柳岸邻里互助队',
    organizationType: 'volunteer-group',
    language: 'zh',
    consent: presentConsent,
    place: examplePlace,
    contact: { name: '周队长', phone: '027-00005678', email: 'zhou@neighbours.example.org' },
    activity: '驾车为独居老人送菜送药',
    ...cover(now),
    volunteers: volunteers(now),
    leftOut: [{ row: '9', name: '合计', reason: '合计行，不是志愿者' }],
  };
  return { insurance: { summary: 'Thirty days’ cover for two made-up volunteers', value } };
}

/** A request for insurance in the API. */
export const insuranceApi = {
  name: 'Insurance',
  called: 'an insurance request',
  view: InsuranceView,
  shown: (subject: InsuranceCase) => ({ volunteers: subject.roster.count }),
  submit: {
    id: 'submitInsuranceRequest',
    path: '/insurance-requests',
    summary: 'Ask for insurance of volunteers',
    description: 'Every wrong row is told with its pointer, and nothing is stored then. Both cover dates are covered.',
    created: 'The request',
    input: InsuranceInput,
    inputs: { InsuranceInput, InsuranceOnBehalfInput },
    example: insurance,
  },
  decision: { InsuranceDecision },
  answers() {
    return {
      approved: { reason: '活动在承保范围内。' },
      bound: { policyNumber: 'AT-2020-000123' },
      resubmitted: { changes: { activity: '驾车送菜送药，不含装卸作业' } },
      ...commonAnswers,
    };
  },
  draft: {},
} as const satisfies KindApi<'insurance'>;
