import * as z from 'zod';
import { AnyAnswer } from '../../cdk/cli/api-client.ts';
import type { Teller, Told } from '../../cdk/cli/demo/teller.ts';
import { grant as grantExample } from '../../functions/kinds/grant/api.ts';
import { insurance as insuranceExample } from '../../functions/kinds/insurance/api.ts';
import { need as needExample } from '../../functions/kinds/need/api.ts';
import type { Kind } from '../../shared/domain/ids.ts';
import { addDays, localDate } from '../../shared/domain/time.ts';

/** What a path is carried with. */
export interface Carrier {
  readonly teller: Teller;
  /** moves the stack's clock; returns when what fell due has happened */
  advance(millis: number): Promise<void>;
  now(): number;
}

/** One case from form to closing, with no detour. */
export interface HappyPath {
  readonly kind: Kind;
  /** makes what the case rests on */
  prepare?(teller: Teller, now: number): Promise<void>;
  carry(carrier: Carrier): Promise<Told>;
}

const DAY = 86_400_000;
const reason = '电话核实，情况属实。';

function body(example: Record<string, { readonly value: unknown }>): object {
  return Object(Object.values(example)[0]?.value);
}

/** Answers one after the other, each when the workflow has asked. */
async function answers(carrier: Carrier, told: Told, given: readonly (readonly [by: string, answer: object])[]) {
  const { teller } = carrier;
  for (const [by, answer] of given) {
    await carrier.advance(0);
    const decision = z.record(z.string(), z.unknown()).parse(answer);
    if (by === 'applicant') await teller.answer(told, decision);
    else await teller.decide(told, by, decision);
  }
  await carrier.advance(0);
}

const need: HappyPath = {
  kind: 'need',
  async carry(carrier) {
    const told = await carrier.teller.submit('/needs', body(needExample(carrier.now())));
    const today = localDate(carrier.now());
    await answers(carrier, told, [
      ['hub-coordinator', { outcome: 'verified', reason }],
      ['hub-coordinator', { outcome: 'matched', donor: 'river-foundation' }],
      ['funder-approver', { outcome: 'approved', reason }],
      ['hub-coordinator', { outcome: 'dispatched', carrier: '示范物流', expectedOn: addDays(today, 2) }],
      ['applicant', { outcome: 'confirmed', reason }],
      ['applicant', { outcome: 'reported', report: '物资已分发到一线科室。' }],
    ]);
    return told;
  },
};

const grant: HappyPath = {
  kind: 'grant',
  async prepare(teller, now) {
    const funder = await teller.as('funder-approver');
    await funder.post(
      '/programmes',
      {
        id: 'rapid-response-fund',
        name: '快速响应小额资助',
        purpose: '支持一线社会组织。',
        ceiling: 5_000_000,
        budget: 60_000_000,
        secondApprovalAbove: 3_000_000,
        closesOn: addDays(localDate(now), 60),
        reportDueDays: 30,
        questions: [{ id: 'beneficiaries', text: '预计多少人受益？', required: true }],
      },
      AnyAnswer,
    );
  },
  async carry(carrier) {
    const today = localDate(carrier.now());
    const told = await carrier.teller.submit('/grants', body(grantExample()));
    await answers(carrier, told, [
      ['funder-reviewer', { outcome: 'recommended', score: 80, reason }],
      ['funder-approver', { outcome: 'approved', reason }],
      ['applicant', { outcome: 'accepted' }],
      ['funder-finance', { outcome: 'paid', paidOn: today, reference: '付款 1' }],
      ['applicant', { outcome: 'reported', summary: '项目按计划完成。', spent: 1_200_000 }],
      ['funder-approver', { outcome: 'report-accepted', reason }],
    ]);
    return told;
  },
};

const insurance: HappyPath = {
  kind: 'insurance',
  async carry(carrier) {
    const told = await carrier.teller.submit('/insurance-requests', body(insuranceExample(carrier.now())));
    await answers(carrier, told, [
      ['hub-coordinator', { outcome: 'approved', reason }],
      ['insurer', { outcome: 'bound', policyNumber: 'AT-1' }],
    ]);
    // until the thirty days of cover are over
    await carrier.advance(34 * DAY);
    return told;
  },
};

export const happyPaths = [need, grant, insurance];
