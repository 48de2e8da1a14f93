import { describe, expect, it } from 'vitest';
import { kinds } from '../../../shared/domain/ids.ts';
import { errorNames } from '../../../shared/domain/workflow/contract.ts';
import { edgesFrom, endStages, stagesOf } from '../../../shared/kinds/lifecycle.ts';
import { type Definition, definitionOf, definitionText } from './definitions.ts';
import { isAsked } from './world.ts';

/** Where the decision behind a stage may lead, but for the ways that every stage has. */
function followersOf({ States }: Definition, stage: string): string[] {
  const choices = States[`${stage}: what next?`]?.Choices.map(({ Next }) => Next) ?? [];
  return choices.filter((next) => next !== stage && next !== 'goes on in a new run').sort();
}

describe.each(kinds)('the workflow of a %s', (kind) => {
  const definition = definitionOf(kind);
  const stages = stagesOf(kind).filter((stage) => stage !== 'submitted');

  it('has a state for every stage of the lifecycle and no stage beside them', () => {
    expect(Object.keys(definition.States)).toEqual(expect.arrayContaining([...stages]));
    const helpers = ['stuck', 'where does it stand?', 'goes on in a new run'];
    const others = Object.keys(definition.States).filter(
      (name) => !helpers.includes(name) && !name.includes(':') && !stages.some((stage) => stage === name),
    );
    expect(others).toEqual([]);
  });

  it('leads from each stage exactly to where the lifecycle leads', () => {
    for (const stage of stages.filter((name) => !endStages.has(name) && name !== 'screening')) {
      const legal = [...new Set(edgesFrom(kind, stage).map(({ to }) => to))].filter((to) => to !== stage).sort();
      expect({ stage, to: followersOf(definition, stage) }).toEqual({ stage, to: legal });
    }
  });

  it('can begin in any stage, and asks the hub when the stage is none', () => {
    const anywhere = definition.States['where does it stand?'];
    const first = edgesFrom(kind, 'screening').find(({ on }) => on === 'screened')?.to;
    const led = anywhere?.Choices.map(({ Condition, Next }) => `${/'(.*)'/.exec(Condition)?.[1]} → ${Next}`);
    const expected = stages.map((stage) => `${stage} → ${stage === 'screening' ? first : stage}`);
    expect(led?.sort()).toEqual(expected.sort());
    expect(anywhere?.Default).toBe('stuck');
  });

  it('ends exactly in the stages in which nothing more happens', () => {
    const ends = Object.entries(definition.States).filter(([, { Type }]) => Type === 'Succeed' || Type === 'Fail');
    const expected = [...stages.filter((stage) => endStages.has(stage)), 'goes on in a new run'];
    expect(ends.map(([name]) => name).sort()).toEqual(expected.sort());
  });

  it('waits for somebody wherever the lifecycle asks somebody', () => {
    const waiting = Object.entries(definition.States)
      .filter(([, { Resource }]) => String(Resource).endsWith('.waitForTaskToken'))
      .map(([name]) => name);
    expect(waiting.sort()).toEqual([...stages.filter((stage) => isAsked(kind, stage)), 'stuck'].sort());
  });

  it('is written in JSONata alone', () => {
    expect(definition.QueryLanguage).toBe('JSONata');
    expect(definitionText(kind)).not.toMatch(/"[A-Za-z]+\.\$"|InputPath|OutputPath|ResultPath|ResultSelector|"\$\./);
  });

  it('gives to an execution and its functions nothing that a person typed', () => {
    const keys = Object.values(definition.States).flatMap(({ Arguments }) =>
      Arguments !== null && typeof Arguments === 'object' && 'Payload' in Arguments
        ? Object.keys(Object(Arguments.Payload))
        : [],
    );
    const known = ['caseId', 'stage', 'taskToken', 'dueSeconds', 'stuck', 'action', 'round', 'run'];
    expect([...new Set(keys)].filter((key) => !known.includes(key))).toEqual([]);
  });

  it('retries each class of error in one place, with a bound and full jitter, and leaves no error uncaught but that of asking the hub', () => {
    const tasks = Object.entries(definition.States).filter(([, { Type }]) => Type === 'Task');
    for (const [name, task] of tasks) {
      const retried = task.Retry.flatMap(({ ErrorEquals }) => ErrorEquals);
      expect(new Set(retried).size, `${name} names an error twice`).toBe(retried.length);
      expect(retried, name).toEqual(expect.arrayContaining([errorNames.throttled, errorNames.retryable]));
      expect(retried, name).not.toContain(errorNames.permanent);
      for (const { MaxAttempts, JitterStrategy } of task.Retry) {
        expect(MaxAttempts).toBeLessThanOrEqual(10);
        expect(JitterStrategy).toBe('FULL');
      }
      expect(task.Catch.at(-1), name).toMatchObject(
        // a failed execution can be redriven from a task that failed, and from no state of kind Fail
        name === 'stuck'
          ? { ErrorEquals: ['States.Timeout'], Next: 'screening' }
          : { ErrorEquals: ['States.ALL'], Next: 'stuck' },
      );
    }
  });
});
