import { type Kind, kinds } from '../../../../shared/domain/ids.ts';
import { besidesOf, outcomesOf, stageOf, stagesOf } from '../../../../shared/kinds/lifecycle.ts';
import { kindApis } from '../../../kinds/api.ts';
import type { Example } from '../../operation.ts';

/** Whether the applicant is asked for this outcome in some stage. */
function isApplicants(kind: Kind, outcome: string): boolean {
  return stagesOf(kind).some(
    (stage) => stageOf(kind, stage)?.asks?.by === 'applicant' && outcomesOf(kind, stage).includes(outcome),
  );
}

/**
 * One answer for each outcome of each kind, for a task that has the outcome among its own: it works as it stands.
 * There is none for `merged`, which names another case.
 */
export function decisions(now: number, by: 'member' | 'applicant' = 'member'): Record<string, Example> {
  const examples = kinds.flatMap((kind) => {
    const { answers, called } = kindApis[kind];
    return Object.entries(answers(now))
      .filter(([outcome]) => by === 'member' || isApplicants(kind, outcome))
      .map(([outcome, body]) => {
        return [`${kind}-${outcome}`, { summary: `${outcome}, for ${called}`, value: { outcome, ...body } }] as const;
      });
  });
  return Object.fromEntries(examples);
}

/** What is done beside the open question. */
export function besideExamples(now: number): Record<string, Example> {
  const beside = new Set(
    kinds.flatMap((kind) =>
      stagesOf(kind).flatMap((stage) => besidesOf(kind, stage).map(([outcome]) => `${kind}-${outcome}`)),
    ),
  );
  return Object.fromEntries(Object.entries(decisions(now)).filter(([name]) => beside.has(name)));
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
