import { afterEach, describe, expect, it } from 'vitest';
import type { Kind } from '../../../shared/domain/ids.ts';
import { COVER_DAYS, DAY, HOUR, openWorld, type World } from './world.ts';

const WEEK = 7 * 24;

type Expected = readonly (readonly [action: string, afterHours: number])[];

const asked = (reminded: number, escalated: number): Expected => [
  ['remind', reminded],
  ['escalate', escalated],
  ['escalate', escalated + WEEK],
  ['escalate', escalated + 2 * WEEK],
];
const ended = (reminded: number, escalated: number, expired: number): Expected => [
  ['remind', reminded],
  ['escalate', escalated],
  ['expire', expired],
];

/** What happens in a stage that nobody sees to, with the hours after which it happens. */
const silence: readonly [Kind, string, Expected][] = [
  ['need', 'verifying', asked(24, 48)],
  ['need', 'matching', ended(48, WEEK, 30 * 24)],
  ['need', 'approving', asked(48, 96)],
  ['need', 'changes-requested', ended(WEEK, 10 * 24, 14 * 24)],
  ['need', 'dispatching', asked(48, 96)],
  ['need', 'confirming', asked(72, 144)],
  ['need', 'reporting', asked(2 * WEEK, 3 * WEEK)],
  ['grant', 'reviewing', asked(48, 96)],
  ['grant', 'approving', asked(48, 96)],
  ['grant', 'second-approval', asked(48, 96)],
  ['grant', 'changes-requested', ended(WEEK, 10 * 24, 14 * 24)],
  ['grant', 'agreement', ended(WEEK, 10 * 24, 14 * 24)],
  ['grant', 'disbursing', asked(72, 144)],
  ['grant', 'reporting', asked(WEEK, 2 * WEEK)],
  ['grant', 'payment-failed', ended(WEEK, 10 * 24, 14 * 24)],
  ['grant', 'stopping', asked(72, 144)],
  ['grant', 'returning', asked(2 * WEEK, 4 * WEEK)],
  ['grant', 'waiving', asked(48, 96)],
  ['insurance', 'approving', asked(24, 48)],
  ['insurance', 'changes-requested', ended(WEEK, 10 * 24, 14 * 24)],
  ['insurance', 'binding', asked(48, 96)],
];

describe('when nobody answers', () => {
  let world: World;
  afterEach(() => world.close());

  it.each(silence)(
    'a %s in %s is reminded of, then escalated, then ended or asked about every week',
    async (kind, stage, expected) => {
      world = await openWorld(kind);
      const subject = await world.open(stage);
      const last = expected.at(-1)?.[1] ?? 0;
      await world.pass((last + 1) * HOUR);
      expect(subject.done).toEqual(expected.map(([action, hours], round) => ({ action, hours, round, stage })));
    },
  );

  it('the question keeps the due time of its first asking, and the first reminder comes when it is due', async () => {
    world = await openWorld('need');
    const subject = await world.open('verifying');
    expect(subject.question?.dueSeconds).toBe(24 * 3600);
  });

  it('counting begins anew in the next stage, and again when the case comes back', async () => {
    world = await openWorld('need');
    const subject = await world.open('verifying');
    await world.pass(25 * HOUR);
    await world.answer(subject, 'matching');
    await world.pass(49 * HOUR);
    await world.answer(subject, 'changes-requested');
    await world.answer(subject, 'matching');
    await world.pass(49 * HOUR);
    expect(subject.done.map(({ action, stage }) => `${action} ${stage}`)).toEqual([
      'remind verifying',
      'remind matching',
      'remind matching',
    ]);
  });

  it('goods that should be there by the end of the expected day are asked about in the hour after it', async () => {
    world = await openWorld('need');
    const subject = await world.open('in-transit');
    const due = Number(subject.question?.dueSeconds) * 1000;
    await world.pass(due - HOUR);
    expect(subject.stage).toBe('in-transit');
    await world.pass(2 * HOUR);
    expect(subject.done.map(({ action }) => action)).toEqual(['arrival-due']);
    expect(subject.question?.stage).toBe('confirming');
  });

  it('goods whose day has passed already when they are dispatched are asked about at once', async () => {
    world = await openWorld('need');
    const subject = await world.open('dispatching');
    await world.answerWith(subject, { stage: 'in-transit', until: '2020-02-01T00:00:00.000Z' });
    await world.pass(2 * 60_000);
    expect(subject.stage).toBe('confirming');
  });

  it('a grantee is reminded when the report is due, and the hub a week later', async () => {
    world = await openWorld('grant');
    const subject = await world.open('delivering');
    const due = Number(subject.question?.dueSeconds) * 1000;
    await world.pass(due + 8 * DAY);
    const [first, second] = subject.done;
    expect([first?.action, second?.action]).toEqual(['remind', 'escalate']);
    expect(Number(first?.hours) * HOUR - due).toBeLessThan(2 * HOUR);
    expect(Number(second?.hours) - Number(first?.hours)).toBe(WEEK);
  });

  it('a cover is told to be ending in time, and ends', async () => {
    world = await openWorld('insurance');
    const subject = await world.open('active');
    await world.pass((COVER_DAYS + 1) * DAY);
    expect(subject.done.map(({ action, hours }) => [action, hours])).toEqual([
      ['ending-soon', (COVER_DAYS - 3) * 24],
      ['end', COVER_DAYS * 24],
    ]);
    expect((await world.execution(subject)).status).toBe('SUCCEEDED');
  });

  it('the workflow follows the person who was a moment quicker than the deadline', async () => {
    world = await openWorld('need');
    const subject = await world.open('matching');
    await world.pass(30 * DAY - 2 * HOUR);
    subject.stage = 'approving';
    await world.pass(3 * HOUR);
    expect(subject.question?.stage).toBe('approving');
    expect(subject.done.map(({ action }) => action)).toEqual(['remind', 'escalate', 'expire']);
  });
});
