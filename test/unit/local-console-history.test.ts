import { expect, test } from 'vitest';
import { stepsOf } from '../../cdk/local/console/history.ts';

/** Events, each following the one before unless told. */
function eventsOf(...types: readonly (string | readonly [type: string, previous: number])[]) {
  return types.map((each, index) => {
    const [type, previousEventId] = typeof each === 'string' ? [each, index] : each;
    const entered = type.endsWith('Entered') ? { stateEnteredEventDetails: { name: 'ask' } } : {};
    return { id: index + 1, type, timestamp: index, previousEventId, ...entered };
  });
}

test('a state that was redriven shows what happens in it since', () => {
  const failed = ['ExecutionStarted', 'TaskStateEntered', 'TaskScheduled', 'TaskFailed', 'ExecutionFailed'];
  const redriven = eventsOf(...failed, ['ExecutionRedriven', 0], ['TaskScheduled', 6], 'TaskStarted', 'TaskSubmitted');
  expect(stepsOf(eventsOf(...failed))).toMatchObject([{ state: 'ask', last: 'TaskFailed', failures: [{}] }]);
  expect(stepsOf(redriven)).toMatchObject([{ state: 'ask', last: 'TaskSubmitted', failures: [{}] }]);
});
