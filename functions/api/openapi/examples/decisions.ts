import type { Kind } from '../../../../shared/domain/ids.ts';
import { addDays, localDate } from '../../../../shared/domain/time.ts';
import type { Example } from '../../operation.ts';

type Bodies = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

const changesRequested = { reason: '请补充收货人电话，并说明现有库存还能用几天。' };
const rejected = { reason: '不在本中心的服务范围内，请联系当地协调中心。' };
const resumed = { reason: '已经处理，可以继续。' };

function need(now: number): Bodies {
  const today = localDate(now);
  return {
    verified: { reason: '已电话核实，情况属实。' },
    matched: { donor: 'river-foundation', reason: '该基金会愿意捐赠这类物资。' },
    approved: { reason: '数量明确的各项全部捐赠。' },
    dispatched: { carrier: '江城物流', trackingNumber: 'JC0001', expectedOn: addDays(today, 2) },
    confirmed: {},
    reported: { report: '物资已全部收到，已发放到发热门诊和各社区站点。' },
    resubmitted: { changes: { note: '收货人电话已补充；现有库存还能用两天。' } },
    declined: { reason: '这类物资已全部捐出。' },
    'changes-requested': changesRequested,
    rejected,
    resumed,
  };
}

function grant(now: number): Bodies {
  return {
    recommended: { score: 85, reason: '需求真实，预算合理。' },
    approved: { reason: '同意资助。' },
    accepted: {},
    paid: { paidOn: localDate(now), reference: 'PAY-0001' },
    reported: { summary: '已为约 300 位老人送菜送药，余款退回。', spent: 50_000, evidence: '票据扫描件 12 页' },
    'report-accepted': { reason: '报告完整。' },
    'report-returned': { reason: '请补充票据。' },
    resubmitted: { changes: { purpose: '为东湖区独居老人送菜送药一个月，每天约 60 户；补充说明见预算。' } },
    'changes-requested': changesRequested,
    rejected,
    resumed,
  };
}

function insurance(): Bodies {
  return {
    approved: { reason: '活动在承保范围内。' },
    bound: { policyNumber: 'AT-2020-000123' },
    resubmitted: { changes: { activity: '驾车送菜送药，不含装卸作业' } },
    'changes-requested': changesRequested,
    rejected,
    resumed,
  };
}

/** Outcomes that an applicant answers with. */
const applicants = new Set(['confirmed', 'reported', 'resubmitted', 'accepted']);

/**
 * One answer for each outcome of each kind, for a task that has the outcome among its own: it works as it stands.
 * There is none for `merged`, which names another case.
 */
export function decisions(now: number, by: 'member' | 'applicant' = 'member'): Record<string, Example> {
  const bodies: Readonly<Record<Kind, Bodies>> = { need: need(now), grant: grant(now), insurance: insurance() };
  const examples = Object.entries(bodies).flatMap(([kind, outcomes]) =>
    Object.entries(outcomes)
      .filter(([outcome]) => by === 'member' || applicants.has(outcome))
      .map(([outcome, body]) => {
        const of = kind === 'need' ? 'a need' : kind === 'grant' ? 'a grant application' : 'an insurance request';
        return [`${kind}-${outcome}`, { summary: `${outcome}, for ${of}`, value: { outcome, ...body } }] as const;
      }),
  );
  return Object.fromEntries(examples);
}

export function withdrawal(): Record<string, Example> {
  return { withdrawal: { summary: 'With a reason', value: { reason: '已从其他渠道解决，感谢。' } } };
}

export function amounts(): Record<string, Example> {
  return {
    amount: { summary: 'The amount of a line', value: { lines: [{ line: 'L1', quantity: 800 }] } },
    enough: { summary: 'No more of a line is needed', value: { lines: [{ line: 'L1', enough: true }] } },
  };
}
