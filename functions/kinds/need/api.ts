import * as z from 'zod';
import { presentConsent } from '../../../shared/domain/consent.ts';
import { CaseId, OfferId, PartyId } from '../../../shared/domain/ids.ts';
import { addDays, Instant, LocalDate, localDate } from '../../../shared/domain/time.ts';
import { stagesOf } from '../../../shared/kinds/lifecycle.ts';
import { NeedDecision } from '../../../shared/kinds/need/decision.ts';
import { NeedInput, NeedOnBehalfInput, needAsked } from '../../../shared/kinds/need/input.ts';
import { Count, caseView, type ShownFields } from '../case-view.ts';
import { commonAnswers, examplePlace } from '../common-answers.ts';
import type { Examples, KindApi } from '../kind-api.ts';

/** A need, as its answers show it. */
const NeedView = z.object({
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
} satisfies ShownFields<NeedInput>);

export function need(now: number): Examples {
  const value = {
    organization: '东湖第八社区卫生服务中心',
    organizationType: 'community',
    language: 'zh',
    consent: presentConsent,
    place: examplePlace,
    urgency: 'urgent',
    careTier: 'suspected',
    lines: [
      { item: '医用防护口罩（N95）', specification: 'GB 19083-2010', quantity: null, unit: '只' },
      { item: '一次性医用口罩', quantity: 5000, unit: '只' },
      { item: '75%酒精消毒液', specification: '500ml/瓶', quantity: 200, unit: '瓶' },
    ],
    neededBy: addDays(localDate(now), 7),
    delivery: { address: '东湖区柳岸路 8 号后勤仓库', recipient: '刘主任', phone: '027-00001234' },
    contact: { name: '刘主任', phone: '027-00001234', email: 'liu@clinic8.example.org' },
    note: '每天 14 点后可以收货。',
  };
  return { need: { summary: 'Three lines, one of unknown amount', value } };
}

/** A need in the API. */
export const needApi = {
  name: 'Need',
  called: 'a need',
  view: NeedView,
  submit: {
    id: 'submitNeed',
    path: '/needs',
    summary: 'Ask for goods',
    description: 'A line’s `quantity` is a number of pieces, or null for “needed, amount unknown”.',
    created: 'The need',
    input: NeedInput,
    inputs: { NeedInput, NeedOnBehalfInput },
    example: need,
  },
  decision: { NeedDecision },
  answers(now: number) {
    const today = localDate(now);
    return {
      verified: { reason: '已电话核实，情况属实。' },
      matched: { donor: 'river-foundation', reason: '该基金会愿意捐赠这类物资。' },
      approved: { reason: '数量明确的各项全部捐赠。' },
      dispatched: { carrier: '江城物流', trackingNumber: 'JC0001', expectedOn: addDays(today, 2) },
      'called-off': { reason: '捐赠方表示这批物资已另作安排。' },
      'not-arrived': { reason: '预计到达日已过三天，物资和司机都没有消息。' },
      confirmed: {},
      reported: { report: '物资已全部收到，已发放到发热门诊和各社区站点。' },
      resubmitted: { changes: { note: '收货人电话已补充；现有库存还能用两天。' } },
      declined: { reason: '这类物资已全部捐出。' },
      ...commonAnswers,
    };
  },
  draft: {},
} as const satisfies KindApi<'need'>;
