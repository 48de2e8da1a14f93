import { describe, expect, it } from 'vitest';
import { kinds } from '../../shared/domain/ids.ts';
import { advance } from '../../shared/kinds/advance.ts';
import {
  edgesFrom,
  endStages,
  isLegal,
  lifecycleOf,
  outcomesOf,
  stagesOf,
  wayOf,
} from '../../shared/kinds/lifecycle.ts';
import { wholeCase } from '../golden/whole-cases.ts';

describe.each(kinds)('the lifecycle of a %s', (kind) => {
  const stages: readonly string[] = stagesOf(kind);
  const approvals = stages.filter((stage) => outcomesOf(kind, stage).includes('changes-requested'));

  it('calls a change legal exactly where the table has an edge', () => {
    const outcomes = new Set(lifecycleOf(kind).map((edge) => edge.on));
    for (const from of stages) {
      for (const to of stages) {
        for (const on of outcomes) {
          const inTable = lifecycleOf(kind).some((edge) => edge.from === from && edge.to === to && edge.on === on);
          expect(isLegal(kind, from, on, to), `${from} –${on}→ ${to}`).toBe(inTable);
        }
      }
    }
  });

  it('has no way on from an end, and a way to an end from everywhere else', () => {
    const canEnd = new Set<string>(stages.filter((stage) => endStages.has(stage)));
    for (const end of canEnd) expect(edgesFrom(kind, end)).toEqual([]);
    for (let grown = true; grown; ) {
      grown = false;
      for (const edge of lifecycleOf(kind)) {
        if (canEnd.has(edge.to) && !canEnd.has(edge.from)) {
          canEnd.add(edge.from);
          grown = true;
        }
      }
    }
    expect([...canEnd].sort()).toEqual([...stages].sort());
  });

  it('lets every approval stage ask for changes and come back to where it was', () => {
    expect(approvals).not.toEqual([]);
    for (const stage of approvals) {
      expect(isLegal(kind, stage, 'changes-requested', 'changes-requested'), stage).toBe(true);
      expect(isLegal(kind, 'changes-requested', 'resubmitted', stage), stage).toBe(true);
    }
  });

  it('puts the way forward first among the answers of a stage that people act on', () => {
    for (const stage of approvals) {
      const [first] = outcomesOf(kind, stage);
      const to = lifecycleOf(kind).find((edge) => edge.from === stage && edge.on === first)?.to ?? '';
      const way: readonly string[] = wayOf(kind);
      expect(way.indexOf(to), `${stage} –${first}→ ${to}`).toBeGreaterThan(way.indexOf(stage));
    }
  });

  it('has a decision for every change that time makes, which leads where the stage says', () => {
    const byTime = lifecycleOf(kind).filter(({ by }) => by === 'workflow');
    const made = (['screen', 'screened', 'expired', 'arrival-due', 'ended'] as const).flatMap((on) =>
      stages.flatMap((from) => {
        const after = advance(wholeCase(kind, from), on, '2020-02-20T00:00:00.000Z')?.after;
        return after ? [{ from, on, to: after.stage, by: 'workflow' }] : [];
      }),
    );
    expect(made).toHaveLength(byTime.length);
    expect(made).toEqual(expect.arrayContaining([...byTime]));
  });

  it('comes to an end where the other kinds do', () => {
    for (const stage of stages) expect(endStages.has(stage), stage).toBe(edgesFrom(kind, stage).length === 0);
  });
});
