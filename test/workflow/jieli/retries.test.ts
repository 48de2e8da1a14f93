import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { errorNames } from '../../../shared/domain/workflow/contract.ts';
import { HOUR, openWorld, type World } from './world.ts';

describe('a stage function that fails', () => {
  let world: World;
  beforeEach(async () => {
    world = await openWorld('need');
  });
  afterEach(() => world.close());

  it.each([
    [errorNames.throttled, 10],
    [errorNames.retryable, 6],
    ['Lambda.TooManyRequestsException', 10],
    ['Lambda.ServiceException', 6],
    ['Lambda.Unknown', 1],
    ['Sandbox.Timedout', 1],
    ['Runtime.OutOfMemory', 1],
  ])('with %s is tried again up to %i times before anybody is bothered', async (name, times) => {
    const [recovers, fails] = [await world.open('verifying'), await world.open('verifying')];
    recovers.faults['open-task'] = Array.from({ length: times }, () => name);
    fails.faults['open-task'] = Array.from({ length: times + 1 }, () => name);
    for (const subject of [recovers, fails]) await world.answer(subject, 'matching');
    await world.pass(HOUR);
    expect(recovers.question).toMatchObject({ stage: 'matching', stuck: false });
    expect(fails.question).toMatchObject({ stage: 'matching', stuck: true });
  });

  it('for good is not tried again', async () => {
    const subject = await world.open('verifying');
    subject.faults['open-task'] = [errorNames.permanent];
    await world.answer(subject, 'matching');
    expect(subject.question).toMatchObject({ stage: 'matching', stuck: true });
  });

  it('with an error that nobody foresaw is not tried again either: the hub is asked', async () => {
    const subject = await world.open('verifying');
    subject.faults['open-task'] = ['TypeError'];
    await world.answer(subject, 'matching');
    expect(subject.question?.stuck).toBe(true);
  });

  it('does not move the deadline by its retries', async () => {
    const subject = await world.open('verifying');
    subject.faults['open-task'] = [errorNames.retryable, errorNames.retryable];
    await world.answer(subject, 'matching');
    await world.pass(49 * HOUR);
    expect(subject.done.map(({ action, hours }) => [action, hours])).toEqual([['remind', 48]]);
  });
});
