import * as z from 'zod';
import { decisions } from '../../functions/api/openapi/examples/decisions.ts';
import { kindApis } from '../../functions/kinds/api.ts';
import { advance } from '../../functions/stages/advance/advance.ts';
import { CaseId, type Kind } from '../../shared/domain/ids.ts';
import { besideOf, outcomesOf, stageOf } from '../../shared/kinds/lifecycle.ts';
import { type ApiStand, Created, Tracked } from './api-stand.ts';

/** A case under way in a test: its number and its private link's secret. */
export interface Walked {
  readonly id: string;
  readonly secret: string;
}

/** Who of the demo answers in a stage; nobody where the applicant is asked, or nobody is. */
function whoAnswers(kind: Kind, stage: string): string | undefined {
  const asks = stageOf(kind, stage)?.asks;
  if (!asks || asks.by === 'applicant') return undefined;
  if (asks.by === 'insurer') return 'insurer';
  if (asks.by === 'hub') return 'hub-coordinator';
  return stage === 'second-approval' ? 'funder-second-approver' : `funder-${asks.roles.at(-1)}`;
}

/** Where a stage beside the straight way is come to from, and by which outcome. */
const aside: Readonly<Record<string, readonly [from: string, outcome: string]>> = {
  stopping: ['disbursing', 'stopped'],
  'payment-failed': ['disbursing', 'payment-failed'],
  waiving: ['returning', 'waiver-asked'],
};

/** The example of the document for an outcome. */
export function exampleOf(kind: Kind, outcome: string): object {
  return z
    .object({ outcome: z.literal(outcome) })
    .loose()
    .parse(decisions(Date.now())[`${kind}-${outcome}`]?.value);
}

let seconds = 0;

/** The document's example of a submission, with changes; other volunteers each time. */
export function submissionOf(kind: Kind, changes: object = {}): object {
  const now = Date.now() + seconds++ * 10_000;
  const [example] = Object.values(kindApis[kind].submit.example(now));
  return { ...z.object({}).loose().parse(example?.value), ...changes };
}

/** Brings cases along by the API, as the people of the demo. */
export function walker(api: ApiStand) {
  const submit = async (kind: Kind, changes: object = {}, as?: string): Promise<Walked> => {
    const made = await api.ok('POST', kindApis[kind].submit.path, Created, {
      body: submissionOf(kind, changes),
      ...(as && { as }),
    });
    await api.carryOn(made.id);
    return { id: made.id, secret: made.trackingUrl.split('/track/')[1] ?? '' };
  };

  const openTask = async (walked: Walked) => {
    const { openTask: task, stage } = await api.ok('GET', `/track/${walked.secret}`, Tracked);
    if (!task) throw new Error(`${walked.id} waits for nobody in ${stage}`);
    return { id: task.id, stage };
  };

  /** Answers the open task as whom it is for. */
  const answer = async (kind: Kind, walked: Walked, body: object, as?: string) => {
    const { id, stage } = await openTask(walked);
    const beside = besideOf(kind, stage, String('outcome' in body && body.outcome));
    if (beside) {
      const ofFunder = beside.roles.includes('finance') ? 'funder-finance' : 'funder-approver';
      const who = beside.by === 'hub' ? 'hub-coordinator' : ofFunder;
      const got = await api.call('POST', `/cases/${walked.id}/actions`, { body, as: as ?? who });
      if (got.status === 200) await api.carryOn(walked.id);
      return got;
    }
    const person = as ?? whoAnswers(kind, stage);
    const path = person ? `/tasks/${id}/decision` : `/track/${walked.secret}/tasks/${id}/decision`;
    const got = await api.call('POST', path, { body, ...(person && { as: person }) });
    if (got.status === 200) await api.carryOn(walked.id);
    return got;
  };

  const stageOf = async (walked: Walked) => (await api.ok('GET', `/track/${walked.secret}`, Tracked)).stage;

  /** A new case, brought to a stage along the straight way. */
  const at = async (kind: Kind, stage: string, changes: object = {}): Promise<Walked> => {
    const walked = await submit(kind, changes);
    for (let now = await stageOf(walked); now !== stage; now = await stageOf(walked)) {
      if (now === 'in-transit' && stage === 'confirming') {
        await advance(api.hub.table, {
          caseId: CaseId.parse(walked.id),
          stage: now,
          action: 'arrival-due',
          round: 0,
          run: 1,
        });
        await api.carryOn(walked.id);
        continue;
      }
      const [from, by] = aside[stage] ?? [];
      const outcome = stage === 'changes-requested' ? stage : from === now ? by : outcomesOf(kind, now)[0];
      if (!outcome) throw new Error(`no way from ${now} to ${stage}`);
      const got = await answer(kind, walked, exampleOf(kind, outcome));
      if (got.status !== 200) throw new Error(`${kind} ${now} ${outcome}: ${JSON.stringify(got.body)}`);
    }
    return walked;
  };

  return { submit, openTask, answer, stageOf, at };
}

/** The programme of the demo that the document's example applies to. */
export function demoProgramme(changes: object = {}): object {
  return {
    id: 'rapid-response-fund',
    name: '快速响应小额资助',
    purpose: '支持一线社会组织。',
    areas: ['江城省'],
    organizationTypes: ['volunteer-group', 'non-profit'],
    ceiling: 5_000_000,
    budget: 60_000_000,
    secondApprovalAbove: 3_000_000,
    closesOn: '2099-12-31',
    questions: [{ id: 'beneficiaries', text: '预计多少人受益？' }],
    ...changes,
  };
}
